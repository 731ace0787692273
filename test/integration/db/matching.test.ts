import type { Knex } from 'knex';
import { storeMatching } from '../../../db/draw';
import { listVisits } from '../../../db/visit-views';
import { match, type VisitNeed } from '../../../domain/matching/match';
import { shortageWords } from '../../../domain/matching/shortage-words';
import { buildCampaign } from '../../support/build-campaign';
import { buildCity } from '../../support/build-city';
import { testDatabase, type TestDatabase } from '../../support/database';

let database: TestDatabase;
let db: Knex;

beforeAll(async () => {
  database = await testDatabase();
  db = database.db;
});

afterAll(async () => {
  await database.drop();
});

test('a visit without its whole team says who is missing, and what proves that nobody can be found', async () => {
  const city = await buildCity(db, { entities: 4 });
  const code = await buildCampaign(db, city);
  const [campaign] = await db('campaigns').where({ code }).select<{ id: number }[]>('id');
  if (!campaign) throw new Error('no campaign');
  const entities = await db('entities').orderBy('id').select<{ id: number; credit_code: string }[]>();
  await db('visits').insert(
    entities.map(({ id }, at) => ({
      campaign_id: campaign.id,
      number: at + 1,
      entity_id: id,
      ticket: `${at}`,
    })),
  );
  const needs = entities.flatMap(({ credit_code }, at): VisitNeed[] =>
    ['SCJG', 'WJW'].map((department) => ({
      ...{ visit: at + 1, code: credit_code, region: '691101', department, teamSize: 2 },
      qualifications: department === 'SCJG' ? ['special-equipment'] : [],
    })),
  );
  const pool = ['SCJG-0001', 'SCJG-0002', 'WJW-0001'].map((inspector) => ({
    ...{ inspector, department: inspector.split('-')[0] ?? '', regions: ['691101'] },
    qualifications: ['special-equipment'],
    capacity: inspector.startsWith('SCJG') ? 3 : null,
  }));

  await db.transaction((trx) => storeMatching(trx, campaign.id, match(needs, pool, [], 'seed')));

  const visits = await listVisits(db, { campaign: code, state: 'all', limit: 10 });
  const missing = visits.flatMap((visit) => visit.unfilled);
  const lacking = (department: string) =>
    missing.filter((one) => one.department === department).reduce((sum, one) => sum + one.missing, 0);
  expect([lacking('SCJG'), lacking('WJW')]).toEqual([2, 4]);
  const words = new Set(missing.map((one) => shortageWords(one.rule, one.tight_set)));
  expect([...words].sort()).toEqual([
    '人员已达工作量上限：可派往东县、具备特种设备资质的人员有 2 名，最多能派 6 人次；4 次检查各需 2 名，共需 8 人次',
    '该部门可派人员不足：可派往东县的人员有 1 名，最多能派 1 名，这次检查需 2 名',
  ]);
  const assigned = visits.flatMap((visit) => visit.inspectors.map((one) => one.code));
  expect(assigned).toHaveLength(10);

  // Visits that were matched before the proofs were kept.
  await db('unfilled_slots').update({ tight_set_id: null });
  const [before] = (await listVisits(db, { campaign: code, state: 'all', limit: 10 })).flatMap(
    (v) => v.unfilled,
  );
  expect(before && shortageWords(before.rule, before.tight_set)).toBe('该部门可派人员不足');
});
