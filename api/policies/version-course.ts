/** The course of a policy's versions: drafted, submitted, returned or approved by the leading group (domain guide, section 3). */
import type { Knex } from 'knex';
import { appendAudit } from '../../db/audit';
import { listDepartments } from '../../db/organisation';
import type { PolicyDraft, PolicyTable, PolicyVersion } from '../../db/policy-versions';
import { dayOf } from '../../domain/deadlines/working-days';
import { conflict, forbidden, invalid } from '../../domain/errors';
import { isOfLeadingGroup } from '../../domain/permissions/records';
import { hasRole, type Actor, type Role } from '../../domain/roles';
import type { ApiRequest } from '../implement';

const COMMANDS = ['submit', 'return', 'approve'] as const;
type Command = (typeof COMMANDS)[number];

type Request = Pick<ApiRequest<unknown, unknown, unknown>, 'actor' | 'address' | 'requestId'>;

interface Course<Content extends object, Shown extends object> {
  /** As it is audited: `ratio-policy`. */
  subject: string;
  table: PolicyTable<Content>;
  /** Who drafts and submits, and what others are told. */
  writers: { roles: Role[]; refusal: string };
  /** What of the content the API shows. */
  shownOf: (content: Content) => Shown;
  /** Throws where the content is wrong. */
  assertContent: (trx: Knex, content: Content) => void | Promise<void>;
}

export function versionCourse<Content extends object, Shown extends object>({
  subject,
  table,
  writers,
  shownOf,
  assertContent,
}: Course<Content, Shown>) {
  const mayWrite = (actor: Actor): boolean => hasRole(actor, ...writers.roles);

  function assertPossible(command: Command, policy: PolicyVersion, actor: Actor, isDecider: boolean): void {
    if (command === 'submit' ? !isOpen(policy) : policy.status !== 'submitted')
      throw conflict('policy-status', command === 'submit' ? '该版本已经提交。' : '该版本没有待审核。');
    if (command === 'submit' ? !mayWrite(actor) : !isDecider)
      throw forbidden('not-your-policy', command === 'submit' ? writers.refusal : '由领导小组批准或退回。');
    if (command === 'approve' && policy.submitted_by === actor.id)
      throw forbidden('own-submission', '提交人不能批准自己提交的版本。');
  }

  const record = (
    trx: Knex,
    { actor, address, requestId }: Request,
    version: number,
    { action, after }: { action: string; after: object },
  ): Promise<void> =>
    appendAudit(trx, {
      ...{ actorId: actor.id, action: `${subject}.${action}`, subject: `${subject}/${version}` },
      ...{ address, requestId, after },
    });

  async function viewer(db: Knex, actor: Actor, today: string) {
    const inForce = await table.inForce(db, today);
    const isDecider = await decides(db, actor);
    return (row: PolicyVersion & Content) => ({
      ...shownOf(row),
      version: row.version,
      status: row.status,
      inForce: row.version === inForce?.version,
      reason: row.reason,
      validFrom: row.valid_from,
      author: row.author,
      submittedAt: row.submitted_at?.toISOString() ?? null,
      decidedBy: row.decider,
      decidedAt: row.decided_at?.toISOString() ?? null,
      decisionNote: row.decision_note,
      mayEdit: isOpen(row) && mayWrite(actor),
      possibleCommands: COMMANDS.filter((command) =>
        command === 'submit'
          ? isOpen(row) && mayWrite(actor)
          : row.status === 'submitted' &&
            isDecider &&
            (command === 'return' || row.submitted_by !== actor.id),
      ),
    });
  }

  const view = async (db: Knex, { actor }: Request, version: number, now: Date) =>
    (await viewer(db, actor, dayOf(now)))(await table.read(db, version));

  return {
    list: async (db: Knex, actor: Actor, now: Date) => ({
      rows: (await table.list(db)).map(await viewer(db, actor, dayOf(now))),
      mayCreate: mayWrite(actor),
    }),

    /** `body`: as it was sent, for the audit. */
    create: async (db: Knex, request: Request & { body: PolicyDraft }, content: Content, now: Date) => {
      const { body, actor } = request;
      const version = await db.transaction(async (trx) => {
        await assertContent(trx, content);
        const made = await table.insert(trx, content, body, actor.id);
        await record(trx, request, made, { action: 'create', after: body });
        return made;
      });
      return view(db, request, version, now);
    },

    edit: async (
      db: Knex,
      request: Request & { params: { version: number }; body: PolicyDraft },
      content: Content,
      now: Date,
    ) => {
      const { version } = request.params;
      await db.transaction(async (trx) => {
        if (!isOpen(await table.lock(trx, version)))
          throw conflict('policy-status', '已提交或批准的版本不能修改：请起草新版本。');
        await assertContent(trx, content);
        await table.rewrite(trx, version, content, request.body);
        await record(trx, request, version, { action: 'edit', after: request.body });
      });
      return view(db, request, version, now);
    },

    decide: async (
      db: Knex,
      request: Request & { params: { version: number }; body: { command: Command; note: string } },
      now: Date,
    ) => {
      const { params, body, actor } = request;
      const { command, note } = body;
      await db.transaction(async (trx) => {
        const policy = await table.lock(trx, params.version);
        assertPossible(command, policy, actor, await decides(trx, actor));
        if (command === 'return' && note === '')
          throw invalid('reason-missing', '退回请写明理由。', [{ field: 'note', message: '请写明理由' }]);
        // What was planned before keeps what it has: a version never begins in the past.
        if (command === 'approve' && policy.valid_from < dayOf(now))
          throw conflict('policy-date', `生效日期 ${policy.valid_from} 已过：请退回，改为今天或以后。`);
        await table.move(
          trx,
          params.version,
          command === 'submit'
            ? { status: 'submitted', submitted_by: actor.id, submitted_at: now, decided_by: null }
            : {
                status: command === 'approve' ? 'approved' : 'returned',
                // Who takes back their own submission decides nothing.
                decided_by: actor.id === policy.submitted_by ? null : actor.id,
                decided_at: now,
                decision_note: note,
              },
        );
        await record(trx, request, params.version, { action: command, after: { note } });
      });
      return view(db, request, params.version, now);
    },
  };
}

const isOpen = ({ status }: PolicyVersion): boolean => status === 'draft' || status === 'returned';

/** The leading group decides on the city's policies. */
async function decides(db: Knex, actor: Actor): Promise<boolean> {
  return isOfLeadingGroup(actor, await listDepartments(db));
}
