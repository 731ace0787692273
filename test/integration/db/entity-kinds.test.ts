/** The numbers by which a freeze tells entities apart: whatever is written, they say what the entity is. */
import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { readCampaign, readPlan } from '../../../db/campaigns';
import { connect } from '../../../db/connect';
import { openPopulation } from '../../../db/entity-runs';
import * as organisation from '../../../db/migrations/0001-organisation';
import * as registries from '../../../db/migrations/0002-registries';
import * as entityKinds from '../../../db/migrations/0015-entity-kinds';
import { CODE_BYTES, PIECE_RECORDS } from '../../../domain/draw/records';
import { buildCampaign } from '../../support/build-campaign';
import { buildCity } from '../../support/build-city';
import { databaseAt, SERVER_VARIABLE, testDatabase, type TestDatabase } from '../../support/database';

let database: TestDatabase;
let db: Knex;

beforeAll(async () => {
  database = await testDatabase();
  db = database.db;
});

afterAll(() => database.drop());

const insertEntities = (to: Knex, from: number, until: number) =>
  to.raw(
    `insert into entities (credit_code, name, region_code, tags, draw_class)
     select '92691100MA' || upper(lpad(to_hex(n::bigint * 2654435761 % 4294967296), 8, '0')), n || '号店',
            (691101 + n % 2)::text, (array['{catering}', '{catering,venue}', '{}'])[1 + n % 3]::text[],
            (array['A', 'B'])[1 + n % 2]
       from generate_series(?::int, ?) n`,
    [from, until],
  );

/** Entities whose kind is not theirs. */
const mistaken = async (from: Knex): Promise<unknown> =>
  from('entities as e')
    .leftJoin('entity_kinds as k', 'k.id', 'e.kind_id')
    .whereRaw('(k.region_code, k.draw_class, k.tags) is distinct from (e.region_code, e.draw_class, e.tags)')
    .select('e.credit_code');

test('new and changed entities have the number of their kind, and alike ones the same', async () => {
  await insertEntities(db, 1, 60);
  expect(await mistaken(db)).toEqual([]);
  expect(await db('entity_kinds').pluck('id')).toHaveLength(6);

  await db('entities')
    .where('name', 'like', '1%')
    .update({ tags: ['hotel'], draw_class: 'D' });
  await db('entities').where('name', 'like', '2%').update({ region_code: '691103' });
  // Written past the rules, it is put right.
  await db('entities').where('name', 'like', '3%').update({ kind_id: 1 });
  expect(await mistaken(db)).toEqual([]);
});

test('two at a time that meet in a new kind both get it', async () => {
  const insert = (trx: Knex, code: string) =>
    trx('entities').insert({ credit_code: code, name: 'x', region_code: '691109', tags: ['new'] });
  const [first, second] = await Promise.all([db.transaction(), db.transaction()]);
  await insert(first, '92691109MA00000001');
  const waiting = insert(second, '92691109MA00000002').then(() => second.commit());
  // The second is where it waits for the first.
  for (let waits = false; !waits;) {
    const { rows } = await db.raw<{ rows: unknown[] }>(`select 1 from pg_locks where not granted`);
    waits = rows.length > 0;
  }
  await first.commit();
  await waiting;
  expect(await mistaken(db)).toEqual([]);
  expect(await db('entity_kinds').where({ region_code: '691109' }).pluck('id')).toHaveLength(1);
});

test('kinds are neither changed nor removed', async () => {
  await expect(db('entity_kinds').update({ tags: [] })).rejects.toThrow('entity_kinds');
  await expect(db('entity_kinds').del()).rejects.toThrow('entity_kinds');
});

test('entities that were there before get their kinds by the migration', async () => {
  const server = process.env[SERVER_VARIABLE] ?? '';
  const name = `onevisit_test_${randomBytes(6).toString('hex')}`;
  const admin = connect(server, { poolMax: 1 });
  await admin.raw(`create database ${name}`);
  const old = connect(databaseAt(server, name));
  try {
    await organisation.up(old);
    await registries.up(old);
    await old.raw(
      `create statistics entities_alike (ndistinct) on region_code, draw_class, tags from entities`,
    );
    await insertEntities(old, 1, 60);
    await entityKinds.up(old);
    expect(await mistaken(old)).toEqual([]);
    expect(await old('entity_kinds').pluck('id')).toHaveLength(6);
  } finally {
    await old.destroy();
    await admin.raw(`drop database ${name} with (force)`);
    await admin.destroy();
  }
});

describe('runs', () => {
  let own: TestDatabase;

  beforeAll(async () => {
    own = await testDatabase();
    const city = await buildCity(own.db, { entities: 1 });
    await insertEntities(own.db, 1, 3 * PIECE_RECORDS);
    await buildCampaign(own.db, city);
  }, 120_000);

  afterAll(() => own.drop());

  async function codesOfRuns(): Promise<string[][]> {
    const [code] = await own.db('campaigns').pluck<string[]>('code');
    return own.db.transaction(async (trx) => {
      const campaign = await readCampaign(trx, code ?? '');
      const { items } = await readPlan(trx, campaign);
      const { nextRun } = await openPopulation(trx, campaign, items);
      const runs: string[][] = [];
      for (let run = await nextRun(); run !== null; run = await nextRun()) {
        const { codes } = run;
        expect(run.kinds.length / 4).toBe(codes.length / CODE_BYTES);
        runs.push(
          Array.from({ length: codes.length / CODE_BYTES }, (_, at) =>
            codes.slice(at * CODE_BYTES, (at + 1) * CODE_BYTES),
          ),
        );
      }
      return runs;
    });
  }

  const inOperation = () =>
    own
      .db('entities')
      .where({ status: 'active', ended_at: null })
      .orderBy('credit_code')
      .pluck('credit_code');

  test('have everybody in operation once and in order, with statistics and without', async () => {
    await own.db('entities').where('name', 'like', '7%').update({ status: 'revoked' });
    await own.db('entities').where('name', 'like', '8%').update({ ended_at: new Date() });
    await own.db.raw(`delete from pg_statistic where starelid = 'entities'::regclass`);
    const expected = await inOperation();
    const whole = await codesOfRuns();
    expect(whole).toHaveLength(1);
    expect(whole.flat()).toEqual(expected);

    await own.db.raw('analyze entities');
    const cut = await codesOfRuns();
    expect(cut.length).toBeGreaterThan(1);
    expect(cut.flat()).toEqual(expected);
  });

  test('are read from the index, whatever the size of a run', async () => {
    await own.db.raw('vacuum analyze entities');
    const { rows } = await own.db.raw<{ rows: Record<string, string>[] }>(
      `explain (costs off)
       select string_agg(credit_code, '' order by credit_code) from entities
        where ended_at is null and status = 'active' and credit_code >= '92691100MA1' and credit_code < '92691100MA8'`,
    );
    const plan = rows.map((row) => Object.values(row)[0]).join('\n');
    expect(plan).toContain('Index Only Scan using entities_by_code');
    expect(plan).not.toContain('Sort');
  });
});
