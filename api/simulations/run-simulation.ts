/** Carries a simulation out, beside the request that asked for it: its progress and its end are in its record. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import { appendAudit } from '../../db/audit';
import { readPlan, type CampaignRow, type PlannedItem } from '../../db/campaigns';
import { openPopulation } from '../../db/entity-runs';
import { readEligibleExclusions, readEligibleInspectors } from '../../db/pool';
import { sample } from '../../db/sampling';
import {
  analyzeSimulated,
  createSimulated,
  readRunCounts,
  readSimulatedVisits,
  SIMULATED,
  storeSimulated,
} from '../../db/simulation';
import {
  failSimulation,
  finishSimulation,
  insertSimulation,
  lockSimulation,
  updateRuns,
} from '../../db/simulation-records';
import type { Population } from '../../domain/draw/population';
import { sampledLines } from '../../domain/draw/sampled-lines';
import { conflict, DomainError } from '../../domain/errors';
import { match } from '../../domain/matching/match';
import { emptyPopulation } from '../../domain/plan-rules';
import { visitNeeds } from '../../domain/simulation/needs';
import { simulatedTicketPrefix, simulationSeed } from '../../domain/simulation/seed';
import { summarise, type RunCounts } from '../../domain/simulation/summary';
import { workloadOf } from '../../domain/simulation/workload';

export interface SimulationOrder {
  campaign: CampaignRow;
  /** Made up; the same value on the same registries gives the same numbers. */
  value: string;
  runs: number;
  visitsPerDay: number;
  planHash: string;
  actorId: number;
  address: string | null;
  requestId: string;
}

/** After this no further run begins; the result says how many there were. */
const TIME_FOR_RUNS_MS = 60_000;
const TIME_FOR_A_STATEMENT_MS = 180_000;
/** Slots that may be matched with inspectors in all runs together; a first run is matched whatever its size. */
const SLOTS_TO_MATCH = 200_000;

/** Returns when the simulation is recorded and on its way; `ended` is fulfilled at its end, well or not. */
export async function startSimulation(
  db: Knex,
  log: Logger,
  order: SimulationOrder,
): Promise<{ id: number; ended: Promise<void> }> {
  const trx = await db.transaction();
  try {
    const taken = await lockSimulation(trx, order.campaign.id);
    if (taken !== null) throw conflict('simulation-running', TAKEN[taken]);
    // Outside the run's transaction: seen while it runs, and kept when it fails.
    const id = await db.transaction(async (record) => {
      const inserted = await insertSimulation(record, {
        campaignId: order.campaign.id,
        value: order.value,
        planHash: order.planHash,
        runs: order.runs,
        visitsPerDay: order.visitsPerDay,
        startedBy: order.actorId,
      });
      await appendAudit(record, {
        actorId: order.actorId,
        action: 'simulation.run',
        subject: `simulation/${order.campaign.code}/${inserted}`,
        address: order.address,
        requestId: order.requestId,
        after: { runs: order.runs, value: order.value, planHash: order.planHash },
      });
      return inserted;
    });
    return { id, ended: carryOut(db, trx, log, id, order) };
  } catch (error) {
    await trx.rollback();
    throw error;
  }
}

const TAKEN = {
  campaign: '这个任务的模拟正在进行，请等它结束后再试。',
  slots: '系统正在进行其他模拟，请稍后再试。',
};

async function carryOut(
  db: Knex,
  trx: Knex.Transaction,
  log: Logger,
  id: number,
  order: SimulationOrder,
): Promise<void> {
  try {
    await simulate(db, trx, id, order);
    await trx.commit();
  } catch (error) {
    if (!(error instanceof DomainError)) log.error({ err: error, simulation: id }, 'simulation failed');
    // While the lock is held still: nobody takes it for abandoned and writes another reason.
    await failSimulation(db, id, failureText(error)).catch((unrecorded: unknown) => {
      log.error({ err: unrecorded, simulation: id }, 'failure of a simulation not recorded');
    });
    await trx.rollback().catch(() => undefined);
  }
}

const failureText = (error: unknown): string =>
  error instanceof DomainError
    ? error.message
    : '模拟时出现意外错误，没有改动任何数据；请重试，或把日志交给管理员。';

async function simulate(db: Knex, trx: Knex.Transaction, id: number, order: SimulationOrder): Promise<void> {
  const { campaign, value, visitsPerDay } = order;
  await trx.raw(`set local statement_timeout = ${TIME_FOR_A_STATEMENT_MS}`);
  const { items, teams } = await readPlan(trx, campaign);
  const { groups: cells, capped } = await storePopulation(trx, campaign, items);
  const lines = sampledLines({ mode: campaign.mode, items, strata: campaign.strata }, cells);
  const pool = await readEligibleInspectors(trx, campaign);
  const exclusions = await readEligibleExclusions(trx, campaign);

  const runs: RunCounts[] = [];
  let slots = 0;
  for (const until = performance.now() + TIME_FOR_RUNS_MS; runs.length < order.runs;) {
    const seed = simulationSeed(campaign.code, value, runs.length + 1);
    await sample(trx, SIMULATED, simulatedTicketPrefix(seed), lines);
    const counts = await readRunCounts(trx, items);
    let workload: RunCounts['workload'] = null;
    if (slots < SLOTS_TO_MATCH) {
      const needs = visitNeeds(await readSimulatedVisits(trx), items, teams);
      workload = workloadOf(match(needs, pool, exclusions, seed), pool);
      slots += needs.reduce((sum, need) => sum + need.teamSize, 0);
    }
    runs.push({ ...counts, workload });
    await updateRuns(db, id, runs.length);
    await nextTurn();
    if (performance.now() > until) break;
  }
  await finishSimulation(
    trx,
    id,
    summarise({ mode: campaign.mode, items, teams, cells, lines, capped, pool, visitsPerDay }, runs),
  );
}

/** Whom the plan covers now, for all runs. */
async function storePopulation(
  trx: Knex,
  campaign: CampaignRow,
  items: readonly PlannedItem[],
): Promise<Population> {
  await createSimulated(trx);
  const { population, nextRun } = await openPopulation(trx, campaign, items);
  const store = async (pieces: readonly Buffer[]): Promise<void> => {
    for (const piece of pieces) await storeSimulated(trx, piece, population.groups);
  };
  for (let run = await nextRun(); run !== null; run = await nextRun()) await store(population.add(run));
  await store(population.end());
  if (population.size === 0) throw emptyPopulation();
  await analyzeSimulated(trx);
  return population;
}
