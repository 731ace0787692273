import type { Knex } from 'knex';
import { appendAudit } from '../../db/audit';
import { readCampaign, type CampaignRow } from '../../db/campaigns';
import {
  addEffort,
  countVisitsDone,
  listEfforts,
  listYearEfforts,
  readEffortPlans,
  storeEffortPlan,
  withdrawEffort,
  type EffortRow,
} from '../../db/efforts';
import { listDepartments } from '../../db/organisation';
import { dayOf } from '../../domain/deadlines/working-days';
import { effortProblems, effortsSeen, mayKeepEffort, totalOf, type Effort } from '../../domain/efforts';
import { conflict, forbidden, invalid, notFound } from '../../domain/errors';
import { areaPrefixesOf, type Actor } from '../../domain/roles';
import { effortsContract as contract } from '../contract/efforts';
import { implement } from '../implement';
import { columnsOf, csvAnswer } from '../tables';
import { scopeOf } from './campaign-detail';

export const effortRoutes = [
  implement(contract.readEfforts, async ({ params, actor }, { db }) =>
    effortsOf(db, await readCampaign(db, params.code), actor),
  ),

  implement(contract.planEffort, async ({ params, body, actor, address, requestId }, { db, now }) => {
    const campaign = await readKept(db, params, actor);
    const key = { campaignId: campaign.id, department: params.department };
    await db.transaction(async (trx) => {
      const before = (await readEffortPlans(trx, campaign.id)).find(
        (plan) => plan.department === params.department,
      );
      await storeEffortPlan(trx, key, { ...body, by: actor.id, at: now() });
      await appendAudit(trx, {
        ...{ actorId: actor.id, action: 'effort.plan', subject: `campaign/${campaign.code}` },
        ...{ address, requestId, after: { department: params.department, ...body } },
        ...(before && { before: { ...amountsOf(before), note: before.note } }),
      });
    });
    return effortsOf(db, campaign, actor);
  }),

  implement(contract.addEffort, async ({ params, body, actor, address, requestId }, { db, now }) => {
    const campaign = await readKept(db, params, actor);
    const problems = effortProblems(body, dayOf(now()));
    if (problems.length > 0) throw invalid('effort-invalid', '登记的内容有问题，请改正后再提交。', problems);
    await db.transaction(async (trx) => {
      const { department } = params;
      const id = await addEffort(trx, {
        ...body,
        ...{ campaignId: campaign.id, department, by: actor.id, at: now() },
      });
      await appendAudit(trx, {
        ...{ actorId: actor.id, action: 'effort.add', subject: `campaign/${campaign.code}` },
        ...{ address, requestId, after: { id, department, ...body } },
      });
    });
    return effortsOf(db, campaign, actor);
  }),

  implement(contract.withdrawEffort, async ({ params, body, actor, address, requestId }, { db, now }) => {
    const campaign = await readCampaign(db, params.code);
    const [entry] = await listEfforts(db, { campaignId: campaign.id, id: params.id });
    if (!entry) throw notFound('effort-not-found', `这个任务没有编号为 ${params.id} 的登记。`);
    assertKeeps(actor, entry.department);
    await db.transaction(async (trx) => {
      if (!(await withdrawEffort(trx, entry.id, { by: actor.id, at: now(), reason: body.reason }))) {
        throw conflict('effort-withdrawn', '这笔登记已经撤销。');
      }
      await appendAudit(trx, {
        ...{ actorId: actor.id, action: 'effort.withdraw', subject: `campaign/${campaign.code}` },
        ...{ address, requestId, after: { id: entry.id, reason: body.reason } },
      });
    });
    return effortsOf(db, campaign, actor);
  }),

  implement(contract.readYearEfforts, ({ query, actor }, { db }) => yearOf(db, query.year, actor)),

  implement(contract.downloadYearEfforts, async ({ query, actor }, { db }) => {
    const { rows } = await yearOf(db, query.year, actor);
    return csvAnswer(
      CSV_COLUMNS,
      rows.map(({ campaign, department, planned, spent }) => ({
        ...{ code: campaign.code, campaign: campaign.name, department: department.name },
        ...{ plannedDays: planned?.personDays ?? null, plannedCost: planned && planned.cost / 100 },
        ...{ spentDays: spent.personDays, spentCost: spent.cost / 100 },
      })),
      `经费与工作量-${query.year}.csv`,
    );
  }),
];

const CSV_COLUMNS = columnsOf({
  code: '任务编号',
  campaign: '任务',
  department: '部门',
  plannedDays: '计划人日',
  plannedCost: '计划经费（元）',
  spentDays: '实际人日',
  spentCost: '实际经费（元）',
});

/** The campaign, for whoever keeps the figures of one of its departments. */
async function readKept(
  db: Knex,
  { code, department }: { code: string; department: string },
  actor: Actor,
): Promise<CampaignRow> {
  const campaign = await readCampaign(db, code);
  const { departments } = await scopeOf(db, campaign);
  if (!departments.includes(department)) {
    throw notFound('not-participating', `部门 ${department} 没有参加这个任务。`);
  }
  assertKeeps(actor, department);
  return campaign;
}

function assertKeeps(actor: Actor, department: string): void {
  if (!mayKeepEffort(actor, department)) {
    throw forbidden('not-own-department', '只能填报本部门的经费与工作量。');
  }
}

const amountsOf = ({ personDays, cost }: Effort): Effort => ({ personDays, cost });

async function effortsOf(db: Knex, campaign: CampaignRow, actor: Actor) {
  const seen = effortsSeen(actor, await scopeOf(db, campaign));
  if (seen.length === 0) {
    throw forbidden('not-your-campaign', '只有参加这个任务的部门、统筹、财政和督查人员可以查看。');
  }
  const [plans, entries, done, departments] = await Promise.all([
    readEffortPlans(db, campaign.id),
    listEfforts(db, { campaignId: campaign.id }),
    countVisitsDone(db, campaign.id),
    listDepartments(db),
  ]);
  const rows = seen.map((code) => {
    const own = entries.filter((entry) => entry.department === code);
    const plan = plans.find((one) => one.department === code);
    const visits = done.find((one) => one.department === code);
    return {
      department: { code, name: departments.find((one) => one.code === code)?.short_name ?? code },
      mayEdit: mayKeepEffort(actor, code),
      planned: plan
        ? { ...amountsOf(plan), note: plan.note, by: plan.updatedBy, at: plan.updatedAt.toISOString() }
        : null,
      spent: totalOf(own.filter((entry) => entry.withdrawnAt === null)),
      ...{ visits: visits?.visits ?? 0, personVisits: visits?.personVisits ?? 0 },
      entries: own.map(entryOf),
    };
  });
  return {
    campaign: campaign.code,
    departments: rows,
    planned: totalOf(rows.flatMap(({ planned }) => planned ?? [])),
    spent: totalOf(rows.map(({ spent }) => spent)),
  };
}

const entryOf = (row: EffortRow) => ({
  ...{ id: row.id, spentOn: row.spentOn, ...amountsOf(row), purpose: row.purpose },
  ...{ enteredBy: row.enteredBy, enteredAt: row.enteredAt.toISOString() },
  withdrawn:
    row.withdrawnAt === null
      ? null
      : {
          ...{ by: row.withdrawnBy ?? '', at: row.withdrawnAt.toISOString() },
          reason: row.withdrawnReason ?? '',
        },
});

async function yearOf(db: Knex, year: string, actor: Actor) {
  const areas = areaPrefixesOf(actor, 'budget_officer', 'supervisor', 'coordinator');
  const rows = (await listYearEfforts(db, year, areas)).map((row) => ({
    campaign: { code: row.campaign, name: row.name },
    department: { code: row.department, name: row.departmentName },
    planned: row.plannedDays === null ? null : { personDays: row.plannedDays, cost: row.plannedCost ?? 0 },
    spent: { personDays: row.spentDays, cost: row.spentCost },
  }));
  return {
    rows,
    planned: totalOf(rows.flatMap(({ planned }) => planned ?? [])),
    spent: totalOf(rows.map(({ spent }) => spent)),
  };
}
