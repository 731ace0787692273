/** Which simulations were run, by whom, on which plan, and what they showed. */
import type { Knex } from 'knex';
import type { SimulationResult } from '../domain/simulation/summary';

export interface SimulationRow {
  id: number;
  campaign_id: number;
  value: string;
  plan_hash: string;
  runs: number;
  runs_done: number;
  visits_per_day: number;
  status: 'running' | 'done' | 'failed';
  result: SimulationResult | null;
  failure: string | null;
  started_by: number;
  started_by_name: string;
  started_at: Date;
  finished_at: Date | null;
}

/** At once in the whole system: each takes a core of the database for as long as it runs. */
const SLOTS = 2;

/**
 * Held until the transaction ends: the campaign's own simulation, and one of the system's slots. Says which of the two was
 * not to be had; null: both were.
 */
export async function lockSimulation(trx: Knex, campaignId: number): Promise<'campaign' | 'slots' | null> {
  if (!(await tryLock(trx, 'onevisit.simulation', campaignId))) return 'campaign';
  for (let slot = 1; slot <= SLOTS; slot += 1) {
    if (await tryLock(trx, 'onevisit.simulation.slot', slot)) return null;
  }
  return 'slots';
}

async function tryLock(trx: Knex, name: string, number: number): Promise<boolean> {
  const { rows } = await trx.raw<{ rows: [{ locked: boolean }] }>(
    `select pg_try_advisory_xact_lock(hashtext(?), ?) as locked`,
    [name, number],
  );
  return rows[0].locked;
}

/** For the holder of the campaign's lock: whatever else says it is running has died with its process. */
async function failAbandoned(db: Knex, campaignId: number): Promise<void> {
  await db('simulations').where({ campaign_id: campaignId, status: 'running' }).update({
    status: 'failed',
    failure: '模拟中断，请重新模拟。',
    finished_at: db.fn.now(),
  });
}

/** For the holder of the campaign's lock. */
export async function insertSimulation(
  db: Knex,
  run: {
    campaignId: number;
    value: string;
    planHash: string;
    runs: number;
    visitsPerDay: number;
    startedBy: number;
  },
): Promise<number> {
  await failAbandoned(db, run.campaignId);
  const [row] = await db('simulations')
    .insert({
      campaign_id: run.campaignId,
      value: run.value,
      plan_hash: run.planHash,
      runs: run.runs,
      visits_per_day: run.visitsPerDay,
      started_by: run.startedBy,
    })
    .returning<{ id: number }[]>('id');
  if (!row) throw new Error('the simulation was not recorded');
  return row.id;
}

export async function updateRuns(db: Knex, id: number, runsDone: number): Promise<void> {
  await db('simulations').where({ id }).update({ runs_done: runsDone });
}

export async function finishSimulation(trx: Knex, id: number, result: SimulationResult): Promise<void> {
  await trx('simulations')
    .where({ id })
    .update({
      status: 'done',
      runs_done: result.runs,
      result: JSON.stringify(result),
      finished_at: trx.fn.now(),
    });
}

export async function failSimulation(db: Knex, id: number, failure: string): Promise<void> {
  await db('simulations')
    .where({ id, status: 'running' })
    .update({ status: 'failed', failure, finished_at: db.fn.now() });
}

/** Newest first. */
export async function listSimulations(
  db: Knex,
  filter: { campaignId: number; id?: number; beforeId?: number; limit: number },
): Promise<SimulationRow[]> {
  await settleAbandoned(db, filter.campaignId);
  const query = db('simulations as s')
    .join('users as u', 'u.id', 's.started_by')
    .where('s.campaign_id', filter.campaignId)
    .orderBy('s.id', 'desc')
    .limit(filter.limit);
  if (filter.id !== undefined) void query.where('s.id', filter.id);
  if (filter.beforeId !== undefined) void query.where('s.id', '<', filter.beforeId);
  return query.select<SimulationRow[]>('s.*', { started_by_name: 'u.name' });
}

/** One that says it is running while nobody holds its lock would be waited for in vain. */
async function settleAbandoned(db: Knex, campaignId: number): Promise<void> {
  const running = await db('simulations')
    .where({ campaign_id: campaignId, status: 'running' })
    .first<{ id: number } | undefined>('id');
  if (!running) return;
  await db.transaction(async (trx) => {
    if (await tryLock(trx, 'onevisit.simulation', campaignId)) await failAbandoned(trx, campaignId);
  });
}
