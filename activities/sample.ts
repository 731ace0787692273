import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Knex } from 'knex';
import { storeDrawn } from '../db/draw';
import { readGroups, readPieces } from '../db/frozen';
import { Sampler, type DrawnEntity, type SampledStratum } from '../domain/draw/sampler';

/** Rows stored at a time. */
const BATCH = 10_000;

/** Orders each stratum by ticket and keeps the first `sample` (draw protocol, section 3). */
export async function drawStrata(
  trx: Knex,
  ceremonyId: number,
  seed: string,
  strata: readonly SampledStratum[],
): Promise<void> {
  const sampled =
    (await sample(trx, ceremonyId, seed, strata, true)) ??
    (await sample(trx, ceremonyId, seed, strata, false));
  if (!sampled) throw new Error('a stratum has fewer entities than its sample');
  let batch: DrawnEntity[] = [];
  let stored = Promise.resolve();
  for (const one of sampled.drawn()) {
    batch.push(one);
    if (batch.length < BATCH) continue;
    await stored;
    // PostgreSQL stores these while the next are ranked here.
    stored = storeDrawn(trx, ceremonyId, batch);
    stored.catch(() => undefined);
    await nextTurn();
    batch = [];
  }
  await stored;
  await storeDrawn(trx, ceremonyId, batch);
}

/** null where the limits were too low. */
async function sample(
  trx: Knex,
  ceremonyId: number,
  seed: string,
  strata: readonly SampledStratum[],
  useLimits: boolean,
): Promise<Sampler | null> {
  const sampler = new Sampler(seed, strata, await readGroups(trx, ceremonyId), useLimits);
  for await (const records of readPieces(trx, ceremonyId)) {
    sampler.add(records);
  }
  return sampler.missed ? null : sampler;
}
