import { migrate } from '../../../db/migrate';
import { testDatabase, type TestDatabase } from '../../support/database';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await database.drop();
});

test('every foreign key has an index that begins with its columns', async () => {
  const { rows } = await database.db.raw<{ rows: { missing: string }[] }>(`
    select c.conrelid::regclass || ' (' || (
        select string_agg(a.attname, ', ' order by k.position)
        from unnest(c.conkey) with ordinality as k (number, position)
        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.number
      ) || ')' as missing
    from pg_constraint c
    where c.contype = 'f' and not exists (
      select from pg_index i
      where i.indrelid = c.conrelid
        -- The order among the key's own columns doesn't matter to a lookup by all of them.
        and (i.indkey::int2[])[0:cardinality(c.conkey) - 1] @> c.conkey
    )
    order by 1`);
  expect(rows.map((row) => row.missing)).toEqual([]);
});

test('every column with a time carries its zone', async () => {
  const { rows } = await database.db.raw<{ rows: { name: string }[] }>(`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'public' and data_type = 'timestamp without time zone'`);
  expect(rows).toEqual([]);
});

test('migrating again changes nothing', async () => {
  expect(await migrate(database.db)).toEqual([]);
});
