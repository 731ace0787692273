import { judgedColumns, personalColumns, TABLES } from '../../../db/personal-data';
import { testDatabase, type TestDatabase } from '../../support/database';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(() => database.drop());

test('of every column of the schema it is said whose data it is, or that it is nobody’s', async () => {
  const { rows } = await database.db.raw<{ rows: { name: string }[] }>(
    `select c.relname || '.' || a.attname as name
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname not like 'knex%'`,
  );
  expect(rows.length).toBeGreaterThan(900);
  // Once each: what is judged twice would have two periods.
  expect([...judgedColumns()].sort()).toEqual(rows.map(({ name }) => name).sort());
});

test('a column that refers to a person is marked, whatever its name', async () => {
  const { rows } = await database.db.raw<{ rows: { name: string }[] }>(
    `select c.relname || '.' || a.attname as name
       from pg_constraint k join pg_class c on c.oid = k.conrelid
       join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)
      where k.contype = 'f' and k.confrelid in ('users'::regclass, 'inspectors'::regclass)`,
  );
  const marked = new Set(personalColumns().map(({ table, column }) => `${table}.${column}`));
  expect(rows.length).toBeGreaterThan(100);
  expect(rows.filter(({ name }) => !marked.has(name))).toEqual([]);
});

test('what is erased on request is erased by its period too: no table keeps both for ever', () => {
  const forEver = personalColumns().filter(
    ({ kind, keep }) => ['phone', 'mail'].includes(kind) && ['records', 'registry', 'account'].includes(keep),
  );
  expect(forEver.map(({ table, column }) => `${table}.${column}`)).toEqual(['bounce_mailboxes.mailbox']);
  expect(Object.keys(TABLES).length).toBeGreaterThan(100);
});
