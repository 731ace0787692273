/** Whom a campaign covers now, stored in pieces and digested. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { CampaignRow, PlannedItem } from '../db/campaigns';
import { openPopulation } from '../db/entity-runs';
import { storeGroups, storePiece } from '../db/frozen';
import { readSideBySide } from '../db/side-by-side';
import { CodeSearch } from '../domain/draw/code-search';
import { FrozenDigests } from '../domain/draw/frozen-lines';
import { RECORD_BYTES, type PopulationGroup } from '../domain/draw/records';

export interface FrozenPopulation {
  size: number;
  capped: number;
  digests: FrozenDigests;
  /** Those of `asked` that are in it. */
  found: ReadonlySet<string>;
}

export const itemKey = (item: string): string => item;
export const stratumKey = (item: string, stratum: string): string => `${item}/${stratum}`;

export function freezePopulation(
  db: Knex,
  trx: Knex,
  ceremonyId: number,
  campaign: CampaignRow,
  items: readonly PlannedItem[],
  asked: Iterable<string>,
): Promise<FrozenPopulation> {
  return readSideBySide(db, trx, async (reader) => {
    const { population, nextRun } = await openPopulation(reader, campaign, items);
    const digests = new FrozenDigests(filesIn(campaign.mode));
    const search = new CodeSearch(asked);
    const found = new Set<string>();
    let number = 0;
    const store = async (pieces: readonly Buffer[]): Promise<void> => {
      for (const piece of pieces) await storePiece(trx, ceremonyId, (number += 1), piece);
    };
    const digest = (pieces: readonly Buffer[]): void => {
      for (const piece of pieces) {
        digests.add(piece, population.groups);
        for (const { code } of search.in(piece, RECORD_BYTES)) found.add(code);
      }
    };

    let next = nextRun();
    let stored = Promise.resolve();
    for (let run = await next; run !== null; run = await next) {
      // One run is put together and digested here while PostgreSQL gathers the next and stores the one before;
      // both are asked in a turn of their own.
      next = nextRun();
      next.catch(() => undefined);
      await nextTurn();
      const pieces = population.add(run);
      digest(pieces);
      await stored;
      stored = store(pieces);
      stored.catch(() => undefined);
    }
    await stored;
    const last = population.end();
    digest(last);
    await store(last);
    await storeGroups(trx, ceremonyId, population.groups);
    return { size: population.size, capped: population.capped, digests, found };
  });
}

/** The frozen files that have a line for each entity of a group. */
const filesIn =
  (mode: CampaignRow['mode']) =>
  ({ stratum, items }: PopulationGroup): string[] => [
    ...items.map(itemKey),
    ...(mode === 'joint' ? ['*'] : items).map((item) => stratumKey(item, stratum)),
  ];
