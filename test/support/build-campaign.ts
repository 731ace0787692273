/** A draft campaign of the town's three departments, ready for its workflow. */
import type { Knex } from 'knex';
import { insertCampaign, type PlanRow } from '../../db/campaigns';
import { CITY_POLICY } from '../../domain/deadlines/policy';
import type { City } from './build-city';

export async function buildCampaign(db: Knex, city: City, plan: Partial<PlanRow> = {}): Promise<string> {
  return insertCampaign(
    db,
    {
      name: '餐饮场所联合抽查',
      leadDepartment: 'SCJG',
      regions: ['691100'],
      mode: 'joint',
      items: ['SCJG-001', 'WJW-001', 'XFJ-001'],
      teams: ['SCJG', 'WJW', 'XFJ'].map((department) => ({ department, size: 2 })),
      strata: ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 100_000, minimum: 1 })),
      deadlinePolicy: CITY_POLICY,
      yearlyCap: { A: 1, B: 1, C: 2, D: null },
      publicContributor: 'public:dice',
      // The town has two or three people a department, and its campaigns follow each other.
      rotation: false,
      demandsApproval: false,
      visitFrom: '2026-01-01',
      visitTo: '2099-12-31',
      ...plan,
    },
    city.users['lead'] ?? 0,
    '2026',
  );
}
