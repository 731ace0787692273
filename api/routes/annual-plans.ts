import type { Knex } from 'knex';
import type { z } from 'zod';
import {
  deletePlanLine,
  insertAnnualPlan,
  insertPlanLine,
  joinLines,
  listAnnualPlans,
  listPlanLines,
  lockAnnualPlan,
  readAnnualPlan,
  readPlanStep,
  restorePlanLines,
  splitJoint,
  updatePlanLine,
  type AnnualPlanRow,
  type PlanLineRow,
} from '../../db/annual-plans';
import { appendAudit } from '../../db/audit';
import { deadlinePolicies } from '../../db/deadline-policies';
import { readPublishedItems } from '../../db/campaigns';
import { listDepartments, listRegions } from '../../db/organisation';
import { meet } from '../../domain/annual-plan/adviser';
import { lineProblems } from '../../domain/annual-plan/lines';
import { isPlanOpen, PLAN_COMMAND_LABELS, planClosed, workingVersion } from '../../domain/annual-plan/stages';
import { PLAN_POLICY, planPolicyOf } from '../../domain/annual-plan/policy';
import { dayOf } from '../../domain/deadlines/working-days';
import { conflict, forbidden, invalid, notFound } from '../../domain/errors';
import { mayWriteLine } from '../../domain/permissions/records';
import { adviceOf } from '../annual-plans/advice-of';
import { launch } from '../annual-plans/launch';
import { isLaunched } from '../annual-plans/line-status';
import {
  isForCoordinator,
  mayCommandPlan,
  mayRestoreLines,
  planDetail,
  togetherWith,
} from '../annual-plans/plan-detail';
import type { ApiContext } from '../context';
import { annualPlansContract as contract } from '../contract/annual-plans';
import { implement, type ApiRequest } from '../implement';
import type { planLineBody } from '../schemas/annual-plans';

type LineBody = z.output<typeof planLineBody>;
type PlanRequest = ApiRequest<unknown, unknown, unknown>;

export const annualPlanRoutes = [
  implement(contract.listAnnualPlans, async (_request, { db }) => ({
    rows: (await listAnnualPlans(db)).map(({ published_at, ...plan }) => ({
      ...plan,
      publishedAt: published_at?.toISOString() ?? null,
    })),
  })),

  implement(contract.createAnnualPlan, async (request, { db, now }) => {
    const { year } = request.body;
    await db.transaction(async (trx) => {
      const inForce = await deadlinePolicies.inForce(trx, dayOf(now()));
      const isNew = await insertAnnualPlan(trx, {
        year,
        deadlinePolicy: inForce ? planPolicyOf(inForce.policy) : PLAN_POLICY,
        createdBy: request.actor.id,
      });
      if (!isNew) throw conflict('annual-plan-exists', `${year} 年度抽查计划已经有了。`);
      await record(trx, request, year, 'create', {});
    });
    return planDetail(db, year, request.actor, dayOf(now()));
  }),

  implement(contract.readAnnualPlan, ({ params, actor }, { db, now }) =>
    planDetail(db, params.year, actor, dayOf(now())),
  ),

  implement(contract.addPlanLine, (request, context) =>
    change(request, request.params.year, context, async (trx, { plan, version }) => {
      await assertLine(trx, request, plan, context.now());
      const id = await insertPlanLine(trx, plan.year, version, request.body, request.actor.id);
      return { action: 'add-line', after: { line: id, ...request.body } };
    }),
  ),

  implement(contract.editPlanLine, (request, context) =>
    change(request, request.params.year, context, async (trx, { plan, version, lines }) => {
      const before = ownLine(lines, request);
      await assertLine(trx, request, plan, context.now());
      await updatePlanLine(trx, before, version, request.body);
      return { action: 'edit-line', after: { line: before.id, ...request.body } };
    }),
  ),

  implement(contract.removePlanLine, (request, context) =>
    change(request, request.params.year, context, async (trx, { version, lines }) => {
      const line = ownLine(lines, request);
      const { id, department, item } = line;
      await deletePlanLine(trx, line, version);
      return { action: 'remove-line', after: { line: id, department, item } };
    }),
  ),

  implement(contract.restorePlanLine, (request, context) =>
    change(request, request.params.year, context, async (trx, { plan, version, lines }) => {
      const published = await listPlanLines(trx, plan.year, plan.version);
      const line = published.find((one) => one.id === request.params.id);
      if (!line) throw notFound('plan-line-not-found', '现行版本里没有这项安排。');
      const together = togetherWith(line, published);
      if (!mayRestoreLines(request.actor, together))
        throw forbidden(
          'other-department',
          '该安排由编报部门或统筹协调人员恢复；联合安排由统筹协调人员恢复。',
        );
      const origins = together.map(({ origin }) => origin);
      const joined = lines.find(
        (one) => one.since_version === version && one.joint_id !== null && origins.includes(one.origin),
      );
      if (joined)
        throw conflict('plan-line-joined', `“${joined.item_name}”在修订中已并入联合抽查：请先拆分，再恢复。`);
      await restorePlanLines(trx, plan.year, version, origins);
      return { action: 'restore-line', after: { lines: together.map(({ id }) => id) } };
    }),
  ),

  implement(contract.adviseAnnualPlan, async ({ params }, { db, now }) => {
    return adviceOf(db, await readAnnualPlan(db, params.year), dayOf(now()));
  }),

  implement(contract.joinPlanLines, (request, context) =>
    change(request, request.params.year, context, async (trx, { version, lines }) => {
      const { year } = request.params;
      const chosen = request.body.lines.map((id) => lines.find((line) => line.id === id));
      const found = chosen.filter((line) => line !== undefined);
      if (found.length < chosen.length)
        throw notFound('plan-line-not-found', '其中有的安排已不在年度计划里，请刷新。');
      assertJoinable(found);
      const joint = await joinLines(trx, year, {
        ...{ lines: found, version },
        lead: found[0]?.department ?? '',
        createdBy: request.actor.id,
      });
      return { action: 'join', after: { joint, lines: request.body.lines } };
    }),
  ),

  implement(contract.splitPlanLines, (request, context) =>
    change(request, request.params.year, context, async (trx, { version, lines }) => {
      const { id } = request.params;
      const joined = lines.filter((line) => line.joint_id === id);
      if (joined.length === 0) throw notFound('joint-not-found', '没有这项联合安排，可能已经拆分，请刷新。');
      assertNotLaunched(joined);
      await splitJoint(trx, joined, version);
      return { action: 'split', after: { joint: id } };
    }),
  ),

  implement(contract.commandAnnualPlan, async (request, context) => {
    const { params, body, actor, key, address, requestId } = request;
    const { year, command } = params;
    const plan = await readAnnualPlan(context.db, year);
    if (!mayCommandPlan(actor, command, plan, await listDepartments(context.db))) {
      if (command === 'approve' && plan.submitted_by === actor.id)
        throw forbidden('own-submission', '提交人不能批准自己提交的年度计划。');
      throw forbidden(
        'not-your-plan',
        `您不能${PLAN_COMMAND_LABELS[command]}年度计划：由${isForCoordinator(command) ? '统筹协调人员' : '领导小组'}办理。`,
      );
    }
    if ((command === 'return' || command === 'amend') && body.reason === '') {
      const message = `${PLAN_COMMAND_LABELS[command]}请写明理由。`;
      throw invalid('reason-missing', message, [{ field: 'reason', message: '请写明理由' }]);
    }
    if ((await readPlanStep(context.db, year, key)) === null) {
      await context.campaigns.commandPlan(
        { year, command, key, actorId: actor.id, address, requestId, reason: body.reason || null },
        plan,
      );
    }
    return planDetail(context.db, year, actor, dayOf(context.now()));
  }),

  implement(contract.launchPlanLine, async (request, { db, now, campaigns }) => {
    const { year, id } = request.params;
    const code = await db.transaction(async (trx) => {
      const launched = await launch(trx, { year, id, actor: request.actor, now: now() });
      await record(trx, request, year, 'launch', { line: id, campaign: launched });
      return launched;
    });
    const { stage } = await readAnnualPlan(db, year);
    request.afterwards(() => campaigns.planChanged({ year, stage }));
    return { code };
  }),
];

interface OpenPlan {
  plan: AnnualPlanRow;
  /** In the making. */
  version: number;
  lines: PlanLineRow[];
}

/** One change of an open plan with its audit entry, in one transaction; then the plan as it is. */
async function change(
  request: PlanRequest,
  year: number,
  { db, now }: ApiContext,
  work: (trx: Knex, open: OpenPlan) => Promise<{ action: string; after: object }>,
) {
  await db.transaction(async (trx) => {
    const plan = await lockAnnualPlan(trx, year);
    if (!isPlanOpen(plan.stage)) throw conflict('annual-plan-stage', planClosed(plan.stage));
    const version = workingVersion(plan);
    const lines = await listPlanLines(trx, year, version);
    const { action, after } = await work(trx, { plan, version, lines });
    await record(trx, request, year, action, after);
  });
  return planDetail(db, year, request.actor, dayOf(now()));
}

const record = (
  trx: Knex,
  { actor, address, requestId }: PlanRequest,
  year: number,
  action: string,
  after: object,
): Promise<void> =>
  appendAudit(trx, {
    actorId: actor.id,
    action: `annual-plan.${action}`,
    subject: `annual-plan/${year}`,
    address,
    requestId,
    after,
  });

async function assertLine(
  trx: Knex,
  { actor, body }: Pick<ApiRequest<unknown, unknown, LineBody>, 'actor' | 'body'>,
  { year, amendment_reason: reason }: AnnualPlanRow,
  now: Date,
): Promise<void> {
  if (!mayWriteLine(actor, body.department))
    throw forbidden('other-department', `只有 ${body.department} 的人员可以编报该部门的安排。`);
  const [item] = await readPublishedItems(trx, [body.item]);
  const regions = new Set((await listRegions(trx)).map((region) => region.code));
  const problems = lineProblems(body, {
    ...{ year, department: body.department, item, regions },
    amendedOn: reason === null ? null : dayOf(now),
  });
  if (problems.length > 0)
    throw invalid('plan-line', problems.map((problem) => problem.message).join(''), problems);
}

/** A line that the asking person may change. */
function ownLine(
  lines: readonly PlanLineRow[],
  { params, actor }: ApiRequest<{ id: number }, unknown, unknown>,
): PlanLineRow {
  const line = lines.find((one) => one.id === params.id);
  if (!line) throw notFound('plan-line-not-found', '年度计划里没有这项安排。');
  if (!mayWriteLine(actor, line.department))
    throw forbidden('other-department', `该安排由${line.department_name}编报。`);
  assertNotLaunched([line]);
  if (line.joint_id !== null)
    throw conflict('plan-line-joined', '该安排已并入联合抽查：请统筹协调人员先拆分，再修改。');
  return line;
}

/** What is under way is carried out as it was published. */
function assertNotLaunched(lines: readonly PlanLineRow[]): void {
  const launched = lines.find(isLaunched);
  if (launched)
    throw conflict(
      'plan-line-launched',
      `“${launched.item_name}”已启动（任务 ${launched.campaign_code ?? ''}），不能再修改、撤销或调整联合方式；任务取消后才可以。`,
    );
}

function assertJoinable(lines: readonly PlanLineRow[]): void {
  assertNotLaunched(lines);
  const joined = lines.find((line) => line.joint_id !== null);
  if (joined) throw conflict('plan-line-joined', `“${joined.item_name}”已并入联合抽查：请先拆分。`);
  if (new Set(lines.map((line) => line.id)).size < lines.length)
    throw invalid('plan-line-twice', '同一项安排不能选两次。');
  const items = lines.map((line) => line.item);
  const twice = items.find((item, at) => items.indexOf(item) < at);
  if (twice !== undefined)
    throw invalid('item-twice', `事项“${twice}”在所选安排中不止一次，一个任务只能抽查一次。`);
  if (!meet(lines.map((line) => ({ windowFrom: line.window_from, windowTo: line.window_to }))))
    throw invalid('windows-apart', '所选安排的实施时间没有 14 天以上的重叠：请先与部门商定时间。');
}
