/** The second wall: what the roles of API and worker may do, and whose rows PostgreSQL shows (docs/security/row-level-security.md). */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Knex } from 'knex';
import { actingAs, beyondSight } from '../../../db/acting';
import { reachedAs, testDatabase, type TestDatabase } from '../../support/database';

const DOCUMENT = path.resolve(__dirname, '../../../docs/security/row-level-security.md');

let database: TestDatabase;
let api: Knex;
let worker: Knex;

beforeAll(async () => {
  database = await testDatabase();
  api = reachedAs('onevisit_api', database.db);
  worker = reachedAs('onevisit_worker', database.db);
});

afterAll(async () => {
  await Promise.all([api.destroy(), worker.destroy()]);
  await database.drop();
});

const namesOf = async (sql: string): Promise<string[]> => {
  const { rows } = await database.db.raw<{ rows: { name: string }[] }>(sql);
  return rows.map(({ name }) => name);
};

/** The names in the first column of the table below a heading of the document. */
function listedUnder(heading: string): string[] {
  const [, section = ''] = readFileSync(DOCUMENT, 'utf8').split(`\n## ${heading}\n`);
  const rows = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| `'));
  return rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
  );
}

test('each table has its policies or a reason why it has none, and the document says which', async () => {
  const walled = await namesOf(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relrowsecurity`,
  );
  const open = await namesOf(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and not relrowsecurity`,
  );
  expect(listedUnder('Tables with policies').sort()).toEqual(walled.sort());
  expect(listedUnder('Tables without, and why').sort()).toEqual(open.sort());
});

test('API and worker own nothing, can sign in nowhere by themselves, and pass no wall', async () => {
  const { rows } = await database.db.raw<{ rows: Record<string, unknown>[] }>(
    `select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin,
            exists (select from pg_class where relowner = r.oid) as owns
       from pg_roles r where rolname in ('onevisit_api', 'onevisit_worker') order by 1`,
  );
  const nothing = {
    ...{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false },
    ...{ rolcanlogin: false, owns: false },
  };
  expect(rows).toEqual([
    { rolname: 'onevisit_api', ...nothing },
    { rolname: 'onevisit_worker', ...nothing },
  ]);
});

test.each([
  'update audit_log set action = action',
  'delete from audit_log',
  'truncate audit_log',
  'insert into drawn select * from drawn',
  'update frozen_pieces set ceremony_id = ceremony_id',
  'update ceremonies set seed = seed',
  'update contributions set value = value',
  'delete from draw_records',
  'update assignments set inspector_id = inspector_id',
  'delete from visits',
  'alter table visits disable row level security',
  'drop policy api_seen on visits',
  'create table of_mine ()',
  'select * from knex_migrations',
])('the API may not: %s', async (statement) => {
  await expect(api.raw(statement)).rejects.toMatchObject({ code: '42501' });
});

test('the worker may not change what is on record, nor pass the schema', async () => {
  for (const statement of [
    'delete from audit_log',
    'update draw_records set ceremony_id = ceremony_id',
    'drop table visits',
  ])
    await expect(worker.raw(statement)).rejects.toMatchObject({ code: '42501' });
});

test('a connection is for whom it was taken, and for nobody else after that', async () => {
  const one = reachedAs('onevisit_api', database.db, 1);
  const whoIn = async (db: Knex): Promise<unknown> => {
    const { rows } = await db.raw<{ rows: [{ who: number | null; beyond: boolean }] }>(
      'select acting_user() as who, acting_beyond() as beyond',
    );
    return rows[0];
  };
  const day = '2026-01-01';
  const first = actingAs(one, { userId: 1, day });
  const second = actingAs(first, { userId: 2, day });
  expect(await whoIn(one)).toEqual({ who: null, beyond: false });
  expect(await whoIn(first)).toEqual({ who: 1, beyond: false });
  expect(await whoIn(second)).toEqual({ who: 2, beyond: false });
  expect(await first.transaction(whoIn)).toEqual({ who: 1, beyond: false });
  expect(await beyondSight(first, whoIn)).toEqual({ who: 1, beyond: true });
  expect(await whoIn(first)).toEqual({ who: 1, beyond: false });
  await first.transaction(async (trx) => {
    expect(await beyondSight(trx, whoIn)).toEqual({ who: 1, beyond: true });
    expect(await whoIn(trx)).toEqual({ who: 1, beyond: false });
    await expect(beyondSight(trx, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await whoIn(trx)).toEqual({ who: 1, beyond: false });
  });
  await expect(first.transaction((trx) => beyondSight(trx, (all) => all.raw('select 1/0')))).rejects.toThrow(
    'division',
  );
  expect(await whoIn(second)).toEqual({ who: 2, beyond: false });
  expect(await whoIn(actingAs(one, { userId: null, day }))).toEqual({ who: null, beyond: false });
  await one.destroy();
});
