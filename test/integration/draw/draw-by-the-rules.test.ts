/** The draw and its merging against the rules as the domain puts them, on populations of any kind. */
import fc from 'fast-check';
import { insertCeremony } from '../../../db/ceremonies';
import { readCampaign } from '../../../db/campaigns';
import { drawStrata } from '../../../activities/sample';
import { mergeVisits } from '../../../db/draw';
import { storeGroups, storePiece } from '../../../db/frozen';
import { hash } from '../../../domain/draw/hash';
import { sampleSize } from '../../../domain/draw/sample-size';
import { entityTicket } from '../../../domain/draw/tickets';
import { merge, type DrawnRow } from '../../../domain/visits/merge';
import { buildCampaign } from '../../support/build-campaign';
import { buildCity, type City } from '../../support/build-city';
import { testDatabase, type TestDatabase } from '../../support/database';
import { populationOf } from '../../support/population-of';

const ITEMS = ['SCJG-001', 'WJW-001', 'XFJ-001'];
const STRATA = ['A', 'D'];

let database: TestDatabase;
let city: City;
let entities: { id: number; code: string }[];

beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database.db, { entities: 40 });
  entities = await database
    .db('entities')
    .orderBy('credit_code')
    .select<{ id: number; code: string }[]>({ id: 'id', code: 'credit_code' });
});

afterAll(() => database.drop());

const scene = fc.record({
  mode: fc.constantFrom('joint' as const, 'per_item' as const),
  /** By entity: no population at all, or its stratum and items. */
  population: fc.array(
    fc.option(
      fc.record({ stratum: fc.constantFrom(...STRATA), items: fc.subarray(ITEMS, { minLength: 1 }) }),
      { freq: 5 },
    ),
    { minLength: 40, maxLength: 40 },
  ),
  ratios: fc.array(fc.integer({ min: 0, max: 700_000 }), { minLength: 6, maxLength: 6 }),
  minimum: fc.integer({ min: 0, max: 3 }),
  seed: fc.nat().map((n) => hash(String(n))),
});

type Scene = typeof scene extends fc.Arbitrary<infer S> ? S : never;

interface Frozen {
  code: string;
  stratum: string;
  items: string[];
}

const frozenOf = ({ population }: Scene): Frozen[] =>
  population.flatMap((one, at) => (one ? [{ ...one, code: entities[at]?.code ?? '' }] : []));

/** The strata of the manifest (protocol, section 1), with their populations. */
function strataOf({ mode, ratios, minimum }: Scene, frozen: readonly Frozen[]) {
  const items = mode === 'joint' ? ['*'] : ITEMS;
  return items.flatMap((item, i) =>
    STRATA.map((stratum, s) => {
      const population = frozen.filter(
        (one) => one.stratum === stratum && (item === '*' || one.items.includes(item)),
      );
      const sample = sampleSize(population.length, ratios[i * STRATA.length + s] ?? 0, minimum);
      return { item, stratum, sample, population, size: population.length };
    }),
  );
}

type Drawn = DrawnRow & { stratum: string; rank: number };

/** Protocol, section 3. */
function drawnByRules(scene: Scene, frozen: readonly Frozen[]): Drawn[] {
  return strataOf(scene, frozen).flatMap(({ item, stratum, sample, population }) =>
    population
      .map(({ code }) => ({ item, stratum, code, ticket: entityTicket(scene.seed, code) }))
      .sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
      .slice(0, sample)
      .map((row, at) => ({ ...row, rank: at + 1 })),
  );
}

/** Draws and merges in a transaction that is taken back; what it made. */
async function drawnByUs(scene: Scene, frozen: readonly Frozen[]) {
  const trx = await database.db.transaction();
  try {
    const code = await buildCampaign(trx, city, { mode: scene.mode });
    const { id } = await readCampaign(trx, code);
    const version = trx('item_versions').whereRaw('item_code = campaign_items.item_code').select('id');
    const form = trx('check_forms').whereRaw('item_code = campaign_items.item_code').select('id');
    await trx('campaign_items')
      .where({ campaign_id: id })
      .update({ item_version_id: version, check_form_id: form });
    const ceremony = await insertCeremony(trx, id, '2026-04-01T01:00:00Z');
    const { population, pieces } = populationOf(frozen.map((one) => ({ ...one, region: '691101' })));
    await storeGroups(trx, ceremony, population.groups);
    let number = 0;
    for (const piece of pieces) await storePiece(trx, ceremony, (number += 1), piece);
    await drawStrata(trx, ceremony, scene.seed, strataOf(scene, frozen));
    await mergeVisits(trx, id, ceremony);
    const drawn = await trx('drawn')
      .where({ ceremony_id: ceremony })
      .orderBy(['item', 'stratum', 'rank'])
      .select<Drawn[]>('item', 'stratum', 'rank', 'ticket', { code: 'credit_code' });
    const { rows: visits } = await trx.raw<{ rows: unknown[] }>(
      `select v.number as visit, e.credit_code as code, array_agg(vi.item_code order by vi.item_code) as items
         from visits v join entities e on e.id = v.entity_id join visit_items vi on vi.visit_id = v.id
        where v.campaign_id = ? group by v.number, e.credit_code order by v.number`,
      [id],
    );
    return { drawn, visits };
  } finally {
    await trx.rollback();
  }
}

test('draws and merges as the protocol says, in both modes', async () => {
  await fc.assert(
    fc.asyncProperty(scene, async (one) => {
      const frozen = frozenOf(one);
      fc.pre(frozen.length > 0);
      const { drawn, visits } = await drawnByUs(one, frozen);
      const expected = drawnByRules(one, frozen);
      expect(drawn).toEqual(expected);
      const itemsOf = (code: string) => frozen.find((entity) => entity.code === code)?.items ?? [];
      expect(visits).toEqual(merge(expected, itemsOf));
    }),
    { numRuns: 60 },
  );
});

test('a second visit to the same entity in a campaign is impossible', async () => {
  const { db } = database;
  const { id } = await readCampaign(db, await buildCampaign(db, city));
  const visit = (number: number) =>
    db('visits').insert({
      campaign_id: id,
      number,
      entity_id: entities[0]?.id,
      ticket: hash(String(number)),
    });
  await visit(1);
  await expect(visit(2)).rejects.toThrow('one_visit_per_entity');
});
