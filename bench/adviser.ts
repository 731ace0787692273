import type { Knex } from 'knex';
import { advise, type AdvisedLine } from '../domain/annual-plan/adviser';
import { cellsOf } from '../domain/annual-plan/cells';
import { ExpectedVisits } from '../domain/annual-plan/expected-visits';
import { readPublishedItems, type PlannedItem } from '../db/campaigns';
import { readCountedKinds } from '../db/counted-kinds';
import { timed, type Bench } from './support/bench';
import { ITEMS, startRegistries, STRATA } from './support/draw-registry';

const LINES = 200;

export const bench: Bench = {
  about: `what the merge adviser needs of ${LINES} lines of a plan, beside a join of entities and lines`,
  sizeOf: 'entities',
  defaultSize: 1_000_000,
  async prepare(size) {
    const { registries, close } = await startRegistries([size]);
    const [registry] = registries;
    if (!registry) throw new Error('one registry was asked for');
    const { db } = registry;
    const items = await readPublishedItems(db, await db('items').pluck<string[]>('code'));
    const lines = planOf(items);
    return {
      ours: {
        name: 'OneVisit, all visits and common entities of pairs, on kinds',
        run: () => timed(async () => commonByKinds(items, lines, await readCountedKinds(db))),
      },
      peers: [
        {
          name: 'the same, and the whole advice',
          run: () =>
            timed(async () => {
              const kinds = await readCountedKinds(db);
              advise(lines, new ExpectedVisits(cellsOf(kinds, items, ({ drawClass }) => drawClass)));
              return commonByKinds(items, lines, kinds);
            }),
        },
        {
          name: 'PostgreSQL, entities joined with the items of pairs',
          run: () => timed(() => commonByJoin(db)),
        },
      ],
      check: sameCounts,
      close,
    };
  },
};

/** Lines of the registry's items by turns, each in one of ten counties or in the city. */
const planOf = (items: readonly PlannedItem[]): AdvisedLine[] =>
  Array.from({ length: LINES }, (_, id) => ({
    id,
    department: `D${id % 20}`,
    item: items[id % items.length]?.code ?? '',
    regions: [id % 3 === 0 ? '691100' : String(691_101 + (id % 10))],
    fixedPpm: null,
    ratios: Object.fromEntries(STRATA.map((stratum, at) => [stratum, 10_000 * (at + 1)])),
    windowFrom: `2027-${String(1 + (id % 6)).padStart(2, '0')}-01`,
    windowTo: `2027-${String(7 + (id % 6)).padStart(2, '0')}-28`,
  }));

/** Entities that two items of the plan have in common, by pair. */
function commonByKinds(
  items: readonly PlannedItem[],
  lines: readonly AdvisedLine[],
  kinds: Awaited<ReturnType<typeof readCountedKinds>>,
): string {
  const counter = new ExpectedVisits(cellsOf(kinds, items, ({ drawClass }) => drawClass));
  const ofItem = new Map(lines.map((line) => [line.item, { ...line, regions: ['691100'] }]));
  const codes = [...ofItem.keys()].sort();
  const counts = codes.flatMap((one, at) =>
    codes.slice(at + 1).map((other) => {
      const pair = [ofItem.get(one), ofItem.get(other)].filter((line) => line !== undefined);
      return `${one} ${other} ${counter.of(pair).common}`;
    }),
  );
  return counts.join('\n');
}

async function commonByJoin(db: Knex): Promise<string> {
  const { rows } = await db.raw<{ rows: { one: string; other: string; common: number }[] }>(
    `select a.item_code as one, b.item_code as other,
            (select count(*) from entities e
              where e.ended_at is null and e.status = 'active'
                and e.tags && a.object_tags and e.tags && b.object_tags) as common
       from item_versions a join item_versions b on a.item_code < b.item_code
      where a.status = 'published' and b.status = 'published'
      order by a.item_code collate "C", b.item_code collate "C"`,
  );
  return rows.map(({ one, other, common }) => `${one} ${other} ${common}`).join('\n');
}

function sameCounts(outcomes: ReadonlyMap<string, unknown>): string {
  if (new Set(outcomes.values()).size > 1) throw new Error('the counts differ');
  return `the entities in common of ${(ITEMS * (ITEMS - 1)) / 2} pairs of items: the same for all`;
}
