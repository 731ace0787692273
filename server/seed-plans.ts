/** Writes two plans of the invented city: this year's, published and under way, and next year's, for the adviser to try. */
import type { Knex } from 'knex';
import {
  insertAnnualPlan,
  insertPlanLine,
  joinLines,
  listPlanLines,
  readAnnualPlan,
  updateAnnualPlan,
} from '../db/annual-plans';
import { publishPlanVersion } from '../db/annual-plan-versions';
import { PLAN_POLICY } from '../domain/annual-plan/policy';
import { EXAMPLE_PLAN, type PlanLineSketch } from '../examples/annual-plan';

interface Officials {
  coordinator: number;
  approver: number;
  /** Who writes a department's lines. */
  liaisonOf: (department: string) => number;
}

export async function seedPlans(
  trx: Knex,
  { region, year, now, officials }: { region: string; year: number; now: Date; officials: Officials },
): Promise<void> {
  // Windows last until the end of the year: whenever somebody tries the city, nothing is late yet.
  const current = await seedLines(trx, year, region, officials, (sketch) => ({ ...sketch, to: 12 }));
  await joinLines(trx, year, {
    lines: (await listPlanLines(trx, year, 1)).filter(({ id }) => current.slice(0, 2).includes(id)),
    version: 1,
    lead: departmentOf(EXAMPLE_PLAN[0]?.item ?? ''),
    createdBy: officials.coordinator,
  });
  await updateAnnualPlan(trx, year, {
    stage: 'approved',
    submitted_by: officials.coordinator,
    approved_by: officials.approver,
  });
  await publishPlanVersion(trx, await readAnnualPlan(trx, year), now);
  await seedLines(trx, year + 1, region, officials, (sketch) => sketch);
}

async function seedLines(
  trx: Knex,
  year: number,
  region: string,
  { coordinator, liaisonOf }: Officials,
  asPlanned: (sketch: PlanLineSketch) => PlanLineSketch,
): Promise<number[]> {
  await insertAnnualPlan(trx, { year, deadlinePolicy: PLAN_POLICY, createdBy: coordinator });
  const ids: number[] = [];
  for (const { item, from, to, note = '' } of EXAMPLE_PLAN.map(asPlanned)) {
    const department = departmentOf(item);
    const line = {
      ...{ department, item, regions: [region], ratioPpm: null, note },
      windowFrom: new Date(Date.UTC(year, from - 1, 1)).toISOString().slice(0, 10),
      windowTo: new Date(Date.UTC(year, to, 0)).toISOString().slice(0, 10),
    };
    ids.push(await insertPlanLine(trx, year, 1, line, liaisonOf(department)));
  }
  return ids;
}

const departmentOf = (item: string): string => item.split('-')[0] ?? '';
