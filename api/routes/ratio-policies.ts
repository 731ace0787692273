import type { Knex } from 'knex';
import { appendAudit } from '../../db/audit';
import { readCountedKinds } from '../../db/counted-kinds';
import { listDepartments, listRegions } from '../../db/organisation';
import {
  insertRatioPolicy,
  listRatioPolicies,
  lockRatioPolicy,
  policyInForce,
  readRatioPolicy,
  updateRatioPolicy,
  type RatioPolicyRow,
} from '../../db/ratio-policies';
import { dayOf } from '../../domain/deadlines/working-days';
import { conflict, forbidden, invalid } from '../../domain/errors';
import { comparePolicies, type RowEffect } from '../../domain/policies/compare-policies';
import { PRESET_ROWS, rowProblems, type PolicyRow } from '../../domain/policies/ratio-rows';
import { covers } from '../../domain/regions/covers';
import { hasRole, hasRoleIn, type Actor } from '../../domain/roles';
import { regionNamer } from '../annual-plans/region-namer';
import { areasOf } from '../areas-of';
import { cappedCsv, cappedPage, cappedWorkbook, type CapScope } from '../capped/capped-entities';
import { ratioPoliciesContract as contract } from '../contract/ratio-policies';
import { implement, type ApiRequest } from '../implement';
import { askedItems, capScopeOf, outcomeOf, rounded, rowsOf } from '../policies/outcome-of';

type Command = 'submit' | 'return' | 'approve';

export const ratioPolicyRoutes = [
  implement(contract.listRatioPolicies, async ({ actor }, { db, now }) => {
    const viewOf = await viewer(db, actor, dayOf(now()));
    return {
      rows: (await listRatioPolicies(db)).map(viewOf),
      preset: [...PRESET_ROWS],
      mayCreate: mayWrite(actor),
    };
  }),

  implement(contract.createRatioPolicy, async (request, { db, now }) => {
    const version = await db.transaction(async (trx) => {
      await assertRows(trx, request.body.rows);
      const made = await insertRatioPolicy(trx, { ...request.body, createdBy: request.actor.id });
      await record(trx, request, made, 'create', request.body);
      return made;
    });
    return (await viewer(db, request.actor, dayOf(now())))(await readRatioPolicy(db, version));
  }),

  implement(contract.editRatioPolicy, async (request, { db, now }) => {
    const { version } = request.params;
    await db.transaction(async (trx) => {
      const policy = await lockRatioPolicy(trx, version);
      if (!isOpen(policy)) throw conflict('policy-status', '已提交或批准的版本不能修改：请起草新版本。');
      const { rows, trainingRequired, reason, validFrom } = request.body;
      await assertRows(trx, rows);
      await updateRatioPolicy(trx, version, {
        rows,
        training_required: trainingRequired,
        reason,
        valid_from: validFrom,
      });
      await record(trx, request, version, 'edit', request.body);
    });
    return (await viewer(db, request.actor, dayOf(now())))(await readRatioPolicy(db, version));
  }),

  implement(contract.decideRatioPolicy, async (request, { db, now }) => {
    const { params, body, actor } = request;
    const { version } = params;
    await db.transaction(async (trx) => {
      const policy = await lockRatioPolicy(trx, version);
      const isDecider = await decides(trx, actor);
      assertPossible(body.command, policy, actor, isDecider);
      if (body.command === 'return' && body.note === '')
        throw invalid('reason-missing', '退回请写明理由。', [{ field: 'note', message: '请写明理由' }]);
      // Campaigns that were made before keep what they have: a version never begins in the past.
      if (body.command === 'approve' && policy.valid_from < dayOf(now()))
        throw conflict('policy-date', `生效日期 ${policy.valid_from} 已过：请退回，改为今天或以后。`);
      const at = now();
      await updateRatioPolicy(
        trx,
        version,
        body.command === 'submit'
          ? { status: 'submitted', submitted_by: actor.id, submitted_at: at, decided_by: null }
          : {
              status: body.command === 'approve' ? 'approved' : 'returned',
              decided_by: body.command === 'approve' || actor.id !== policy.submitted_by ? actor.id : null,
              decided_at: at,
              decision_note: body.note,
            },
      );
      await record(trx, request, version, body.command, { note: body.note });
    });
    return (await viewer(db, actor, dayOf(now())))(await readRatioPolicy(db, version));
  }),

  implement(contract.tryRatioPolicy, async ({ params, body }, { db, now }) => {
    const rows = await rowsOf(db, params.version);
    const question = { items: await askedItems(db, body.items), regions: body.regions };
    return outcomeOf(db, question, rows, { today: dayOf(now()), kinds: await readCountedKinds(db) });
  }),

  implement(contract.compareRatioPolicies, async ({ params, body }, { db, now }) => {
    const versions = {
      before: await rowsOf(db, params.version),
      after: await rowsOf(db, body.other),
    };
    const question = { items: await askedItems(db, body.items), regions: body.regions };
    const facts = { today: dayOf(now()), kinds: await readCountedKinds(db) };
    const regionOf = await regionNamer(db);
    const shown = (effect: RowEffect) => ({ ...effect, visits: rounded(effect.visits) });
    return {
      before: await outcomeOf(db, question, versions.before, facts),
      after: await outcomeOf(db, question, versions.after, facts),
      differences: comparePolicies(facts.kinds, question.items, body.regions, versions).map((one) => ({
        ...one,
        region: one.region === null ? null : regionOf(one.region),
        before: shown(one.before),
        after: shown(one.after),
      })),
    };
  }),

  implement(contract.listPolicyCapped, async ({ params, query, actor }, { db, now }) => {
    const { cursor, limit, ...asked } = query;
    return cappedPage(db, await cappedBy(db, params.version, asked, actor, now()), { cursor, limit });
  }),

  implement(contract.downloadPolicyCapped, async ({ params, query, actor }, { db, now }) =>
    cappedCsv(db, await cappedBy(db, params.version, query, actor, now()), cappedFile(params.version)),
  ),

  implement(contract.downloadPolicyCappedWorkbook, async ({ params, query, actor }, { db, now }) =>
    cappedWorkbook(db, await cappedBy(db, params.version, query, actor, now()), cappedFile(params.version)),
  ),
];

const cappedFile = (version: number): string => `达到年度上限-政策第${version}版`;

/** Names, where a trial gives numbers: of the areas only that the asking person answers for. */
async function cappedBy(
  db: Knex,
  version: number,
  { items, regions }: { items: readonly string[]; regions: readonly string[] },
  actor: Actor,
  now: Date,
): Promise<CapScope> {
  const foreign = regions.filter((region) => !areasOf(actor).some((area) => covers(area, region)));
  if (foreign.length > 0)
    throw forbidden('other-region', `您不负责地区 ${foreign.join('、')}，不能查看那里的名单。`);
  const rows = await rowsOf(db, version);
  return capScopeOf({ items: await askedItems(db, items), regions }, rows, dayOf(now));
}

const mayWrite = (actor: Actor): boolean => hasRole(actor, 'coordinator', 'admin');
const isOpen = ({ status }: Pick<RatioPolicyRow, 'status'>): boolean =>
  status === 'draft' || status === 'returned';

/** The leading group decides on the city's policy. */
async function decides(db: Knex, actor: Actor): Promise<boolean> {
  return (await listDepartments(db)).some(
    (one) => one.kind === 'leading-group' && hasRoleIn(actor, one.code, 'approver'),
  );
}

function assertPossible(command: Command, policy: RatioPolicyRow, actor: Actor, isDecider: boolean): void {
  if (command === 'submit' ? !isOpen(policy) : policy.status !== 'submitted')
    throw conflict('policy-status', command === 'submit' ? '该版本已经提交。' : '该版本没有待审核。');
  if (command === 'submit' ? !mayWrite(actor) : !isDecider)
    throw forbidden(
      'not-your-policy',
      command === 'submit' ? '由统筹协调人员或管理员提交。' : '由领导小组批准或退回。',
    );
  if (command === 'approve' && policy.submitted_by === actor.id)
    throw forbidden('own-submission', '提交人不能批准自己提交的版本。');
}

async function assertRows(trx: Knex, rows: readonly PolicyRow[]): Promise<void> {
  const problems = rowProblems(rows, new Set((await listRegions(trx)).map((region) => region.code)));
  if (problems.length > 0)
    throw invalid('policy-rows', problems.map((problem) => problem.message).join(''), problems);
}

const record = (
  trx: Knex,
  { actor, address, requestId }: ApiRequest<unknown, unknown, unknown>,
  version: number,
  action: string,
  after: object,
): Promise<void> =>
  appendAudit(trx, {
    actorId: actor.id,
    action: `ratio-policy.${action}`,
    subject: `ratio-policy/${version}`,
    address,
    requestId,
    after,
  });

async function viewer(db: Knex, actor: Actor, today: string) {
  const inForce = await policyInForce(db, today);
  const isDecider = await decides(db, actor);
  return (row: RatioPolicyRow) => ({
    version: row.version,
    status: row.status,
    inForce: row.version === inForce?.version,
    rows: row.rows,
    trainingRequired: row.training_required,
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
