import { up } from '../../../db/migrations/0050-industry-risk';
import { ratioPolicies } from '../../../db/ratio-policies';
import { rowOf, strataFor } from '../../../domain/policies/ratio-rows';
import { buildCity } from '../../support/build-city';
import { testDatabase, type TestDatabase } from '../../support/database';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(() => database.drop());

test('rows of a version from before levels are about any level, in their old order', async () => {
  const { db } = database;
  const { users } = await buildCity(db, { entities: 1 });
  await db.raw(
    `alter table ratio_policies drop column industries; alter table campaigns drop column industries`,
  );
  const rows = ['D', 'A', 'B', 'C'].map((drawClass, at) => ({
    region: null,
    drawClass,
    ratioPpm: at,
    cap: at,
  }));
  await db('ratio_policies').insert({
    ...{ status: 'approved', reason: '旧版本', valid_from: '2026-01-01', created_by: users['coordinator'] },
    rows: JSON.stringify(rows),
  });
  await up(db);
  const policy = await ratioPolicies.inForce(db, '2026-06-01');
  if (!policy) throw new Error('the version is in force');
  expect(policy.rows).toEqual(rows.map((row) => ({ ...row, level: null })));
  expect(policy.industries).toEqual([]);
  expect(strataFor(policy, ['691100']).map(({ stratum }) => stratum)).toEqual(['A', 'B', 'C', 'D']);
  expect(rowOf(policy, { region: '691101', drawClass: 'B', tags: ['catering'] })?.ratioPpm).toBe(2);
});
