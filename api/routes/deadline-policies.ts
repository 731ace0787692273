import type { Knex } from 'knex';
import { appendAudit } from '../../db/audit';
import {
  deadlinePolicyInForce,
  insertDeadlinePolicy,
  listDeadlinePolicies,
  lockDeadlinePolicy,
  moveDeadlinePolicy,
  readDeadlinePolicy,
  rewriteDeadlinePolicy,
  type DeadlinePolicyRow,
} from '../../db/deadline-policies';
import { listDepartments } from '../../db/organisation';
import { CITY_POLICY, type DeadlinePolicy } from '../../domain/deadlines/policy';
import { policyProblems } from '../../domain/deadlines/policy-problems';
import { dayOf } from '../../domain/deadlines/working-days';
import { conflict, forbidden, invalid } from '../../domain/errors';
import { areaPrefixesOf, hasRole, hasRoleIn, type Actor } from '../../domain/roles';
import { deadlinePoliciesContract as contract } from '../contract/deadline-policies';
import { decodeCursor, isId, pageOf } from '../cursor';
import { implement, type ApiRequest } from '../implement';
import { csvAnswer } from '../tables';
import { PREVIEW_TABLE, previewOf } from '../tasks/preview';

type Command = 'submit' | 'return' | 'approve';

export const deadlinePolicyRoutes = [
  implement(contract.listDeadlinePolicies, async ({ actor }, { db, now }) => {
    const viewOf = await viewer(db, actor, dayOf(now()));
    return {
      rows: (await listDeadlinePolicies(db)).map(viewOf),
      preset: CITY_POLICY,
      mayCreate: mayWrite(actor),
    };
  }),

  implement(contract.createDeadlinePolicy, async (request, { db, now }) => {
    assertPolicy(request.body.policy);
    const version = await db.transaction(async (trx) => {
      const made = await insertDeadlinePolicy(trx, request.body, request.actor.id);
      await record(trx, request, made, 'create', request.body);
      return made;
    });
    return (await viewer(db, request.actor, dayOf(now())))(await readDeadlinePolicy(db, version));
  }),

  implement(contract.editDeadlinePolicy, async (request, { db, now }) => {
    const { version } = request.params;
    assertPolicy(request.body.policy);
    await db.transaction(async (trx) => {
      const before = await lockDeadlinePolicy(trx, version);
      if (!isOpen(before)) throw conflict('policy-status', '已提交或批准的版本不能修改：请起草新版本。');
      await rewriteDeadlinePolicy(trx, version, request.body);
      await record(trx, request, version, 'edit', request.body);
    });
    return (await viewer(db, request.actor, dayOf(now())))(await readDeadlinePolicy(db, version));
  }),

  implement(contract.decideDeadlinePolicy, async (request, { db, now }) => {
    const { params, body, actor } = request;
    const { version } = params;
    const at = now();
    await db.transaction(async (trx) => {
      const policy = await lockDeadlinePolicy(trx, version);
      assertPossible(body.command, policy, actor, await decides(trx, actor));
      if (body.command === 'return' && body.note === '')
        throw invalid('reason-missing', '退回请写明理由。', [{ field: 'note', message: '请写明理由' }]);
      if (body.command === 'approve' && policy.valid_from < dayOf(at))
        throw conflict('policy-date', `生效日期 ${policy.valid_from} 已过：请退回，改为今天或以后。`);
      await moveDeadlinePolicy(
        trx,
        version,
        body.command === 'submit'
          ? { status: 'submitted', submitted_by: actor.id, submitted_at: at, decided_by: null }
          : {
              status: body.command === 'approve' ? 'approved' : 'returned',
              decided_by: actor.id === policy.submitted_by ? null : actor.id,
              decided_at: at,
              decision_note: body.note,
            },
      );
      await record(trx, request, version, body.command, { note: body.note });
    });
    return (await viewer(db, actor, dayOf(at)))(await readDeadlinePolicy(db, version));
  }),

  implement(contract.previewReminders, async ({ query, actor }, { db, now }) => {
    const from = decodeCursor(query.cursor, isId) ?? 0;
    const rows = (await preview(db, actor, query, now())).map((row, at) => ({ ...row, position: at + 1 }));
    const page = pageOf(rows.slice(from, from + query.limit + 1), query.limit, (row) => row.position);
    return {
      ...page,
      rows: page.rows.map(({ at, dueAt, position: _, ...row }) => ({
        ...row,
        at: at.toISOString(),
        dueAt: dueAt.toISOString(),
      })),
    };
  }),

  implement(contract.downloadReminderPreview, async ({ query, actor }, { db, now }) =>
    csvAnswer(PREVIEW_TABLE, await preview(db, actor, query, now()), 'onevisit-reminders.csv'),
  ),
];

async function preview(
  db: Knex,
  actor: Actor,
  { version, person }: { version?: number | undefined; person?: string | undefined },
  now: Date,
) {
  const draft = version === undefined ? null : (await readDeadlinePolicy(db, version)).policy;
  const areas = areaPrefixesOf(actor, 'supervisor', 'coordinator', 'lead_officer', 'approver', 'admin');
  const rows = await previewOf(db, { areas, draft, now });
  return person === undefined ? rows : rows.filter((row) => row.person.includes(person));
}

const mayWrite = (actor: Actor): boolean => hasRole(actor, 'supervisor', 'admin');
const isOpen = ({ status }: Pick<DeadlinePolicyRow, 'status'>): boolean =>
  status === 'draft' || status === 'returned';

/** The leading group decides on the city's policy. */
async function decides(db: Knex, actor: Actor): Promise<boolean> {
  return (await listDepartments(db)).some(
    (one) => one.kind === 'leading-group' && hasRoleIn(actor, one.code, 'approver'),
  );
}

function assertPossible(command: Command, policy: DeadlinePolicyRow, actor: Actor, isDecider: boolean): void {
  if (command === 'submit' ? !isOpen(policy) : policy.status !== 'submitted')
    throw conflict('policy-status', command === 'submit' ? '该版本已经提交。' : '该版本没有待审核。');
  if (command === 'submit' ? !mayWrite(actor) : !isDecider)
    throw forbidden(
      'not-your-policy',
      command === 'submit' ? '由督查人员或管理员提交。' : '由领导小组批准或退回。',
    );
  if (command === 'approve' && policy.submitted_by === actor.id)
    throw forbidden('own-submission', '提交人不能批准自己提交的版本。');
}

function assertPolicy(policy: DeadlinePolicy): void {
  const problems = policyProblems(policy);
  if (problems.length > 0)
    throw invalid('deadline-policy', problems.map((problem) => problem.message).join(''), problems);
}

const record = (
  trx: Knex,
  { actor, address, requestId }: ApiRequest<unknown, unknown, unknown>,
  version: number,
  action: string,
  after: object,
): Promise<void> =>
  appendAudit(trx, {
    ...{ actorId: actor.id, action: `deadline-policy.${action}`, subject: `deadline-policy/${version}` },
    ...{ address, requestId, after },
  });

async function viewer(db: Knex, actor: Actor, today: string) {
  const inForce = await deadlinePolicyInForce(db, today);
  const isDecider = await decides(db, actor);
  return (row: DeadlinePolicyRow) => ({
    version: row.version,
    status: row.status,
    inForce: row.version === inForce?.version,
    policy: row.policy,
    reason: row.reason,
    validFrom: row.valid_from,
    author: row.author,
    submittedAt: row.submitted_at?.toISOString() ?? null,
    decidedBy: row.decider,
    decidedAt: row.decided_at?.toISOString() ?? null,
    decisionNote: row.decision_note,
    mayEdit: isOpen(row) && mayWrite(actor),
    possibleCommands: (['submit', 'return', 'approve'] as const).filter((command) =>
      command === 'submit'
        ? isOpen(row) && mayWrite(actor)
        : row.status === 'submitted' && isDecider && (command === 'return' || row.submitted_by !== actor.id),
    ),
  });
}
