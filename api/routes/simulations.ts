import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { readCampaign, readPlan, type CampaignRow } from '../../db/campaigns';
import { listSimulations, type SimulationRow } from '../../db/simulation-records';
import { isSimulated, STAGE_LABELS } from '../../domain/campaigns';
import { dayOf } from '../../domain/deadlines/working-days';
import { hash } from '../../domain/draw/hash';
import { conflict, forbidden, notFound } from '../../domain/errors';
import { maySimulate } from '../../domain/permissions/rules';
import { assertComplete, planProblems } from '../../domain/plan-rules';
import type { Actor } from '../../domain/roles';
import { SIMULATION_MARKING } from '../../domain/simulation/seed';
import { cappedCsv, cappedPage, cappedWorkbook, type CapScope } from '../capped/capped-entities';
import { simulationsContract as contract } from '../contract/simulations';
import { decodeCursor, isId, pageOf } from '../cursor';
import { implement } from '../implement';
import { startSimulation } from '../simulations/run-simulation';
import { scopeOf } from './campaign-detail';

export const simulationRoutes = [
  implement(contract.startSimulation, async (request, { db, log, now }) => {
    const { params, body, actor, address, requestId } = request;
    const campaign = await readUnfrozen(db, params.code, actor);
    const { plan, items } = await readPlan(db, campaign);
    assertComplete(planProblems(plan, items, dayOf(now())));
    const { id } = await startSimulation(db, log, {
      ...{ campaign, address, requestId },
      value: body.value ?? randomBytes(8).toString('hex'),
      runs: body.runs,
      visitsPerDay: body.visitsPerDay,
      planHash: await planHashOf(db, campaign),
      actorId: actor.id,
    });
    return readOne(db, campaign, id);
  }),

  implement(contract.listSimulations, async ({ params, query, actor }, { db }) => {
    const campaign = await readSimulated(db, params.code, actor);
    const beforeId = decodeCursor(query.cursor, isId);
    const rows = await listSimulations(db, {
      campaignId: campaign.id,
      limit: query.limit + 1,
      ...(beforeId === undefined ? {} : { beforeId }),
    });
    const planHash = await planHashOf(db, campaign);
    const page = pageOf(rows, query.limit, (row) => row.id);
    return { ...page, rows: page.rows.map((row) => summaryOf(row, campaign, planHash)) };
  }),

  implement(contract.readSimulation, async ({ params, actor }, { db }) =>
    readOne(db, await readSimulated(db, params.code, actor), params.id),
  ),

  implement(contract.listCapped, async ({ params, query, actor }, { db }) =>
    cappedPage(db, await cappedBy(db, params.code, actor), query),
  ),

  implement(contract.downloadCapped, async ({ params, actor }, { db }) =>
    cappedCsv(db, await cappedBy(db, params.code, actor), `达到年度上限-${params.code}`),
  ),

  implement(contract.downloadCappedWorkbook, async ({ params, actor }, { db }) =>
    cappedWorkbook(db, await cappedBy(db, params.code, actor), `达到年度上限-${params.code}`),
  ),
];

async function cappedBy(db: Knex, code: string, actor: Actor): Promise<CapScope> {
  const campaign = await readUnfrozen(db, code, actor);
  const { items } = await readPlan(db, campaign);
  return { items, plan: campaign, day: campaign.visit_from };
}

/** What a freeze would find now is asked for before there is one. */
async function readUnfrozen(db: Knex, code: string, actor: Actor): Promise<CampaignRow> {
  const campaign = await readSimulated(db, code, actor);
  if (isSimulated(campaign.stage)) return campaign;
  throw conflict(
    'campaign-stage',
    `任务当前为“${STAGE_LABELS[campaign.stage]}”，不能模拟；名录冻结之前可以模拟。`,
  );
}

async function readSimulated(db: Knex, code: string, actor: Actor): Promise<CampaignRow> {
  const campaign = await readCampaign(db, code);
  if (!maySimulate(actor, await scopeOf(db, campaign))) {
    throw forbidden(
      'not-your-campaign',
      '只有这个任务的牵头人员、统筹协调人员、审批领导和财政人员可以模拟。',
    );
  }
  return campaign;
}

async function readOne(db: Knex, campaign: CampaignRow, id: number) {
  const [row] = await listSimulations(db, { campaignId: campaign.id, id, limit: 1 });
  if (!row) throw notFound('simulation-not-found', `这个任务没有编号为 ${id} 的模拟。`);
  return { ...summaryOf(row, campaign, await planHashOf(db, campaign)), result: row.result };
}

/** Changes with whatever of the plan and the published items a simulation depends on. */
async function planHashOf(db: Knex, campaign: CampaignRow): Promise<string> {
  const { plan, items, teams } = await readPlan(db, campaign);
  const { region_codes, strata, industries, yearly_cap, visit_from } = campaign;
  const versions = items.map((item) => [item.code, item.version_id]);
  return hash(
    JSON.stringify({ plan, versions, teams, region_codes, strata, industries, yearly_cap, visit_from }),
  );
}

const summaryOf = (row: SimulationRow, campaign: CampaignRow, planHash: string) => ({
  marking: SIMULATION_MARKING,
  id: row.id,
  campaign: campaign.code,
  status: row.status,
  runs: row.runs,
  runsDone: row.runs_done,
  value: row.value,
  visitsPerDay: row.visits_per_day,
  startedBy: row.started_by_name,
  startedAt: row.started_at.toISOString(),
  finishedAt: row.finished_at?.toISOString() ?? null,
  failure: row.failure,
  isCurrent: row.plan_hash === planHash,
});
