import type { Knex } from 'knex';
import type { z } from 'zod';
import { readLaunched, readPublishedItems, type PlanRow } from '../db/campaigns';
import { deadlinePolicies } from '../db/deadline-policies';
import { listDepartments, listRegions } from '../db/organisation';
import { CITY_POLICY } from '../domain/deadlines/policy';
import { dayOf } from '../domain/deadlines/working-days';
import type { FieldProblem } from '../domain/errors';
import { assertComplete, planProblems } from '../domain/plan-rules';
import { planStrata } from '../domain/policies/plan-strata';
import { PRESET } from '../domain/policies/ratio-rows';
import { ratioPolicies } from '../db/ratio-policies';
import type { campaignPlan } from './schemas/campaigns';

/** The plan as it is stored; throws with every problem of it. */
export async function planOf(
  trx: Knex,
  body: z.output<typeof campaignPlan>,
  now: Date,
  except: number | null,
): Promise<PlanRow> {
  const known = await readPublishedItems(trx, body.items);
  const departments = [...new Set(known.map((item) => item.department))].sort();
  const problems: FieldProblem[] = planProblems(
    {
      mode: body.mode,
      items: body.items,
      visitTo: body.visitTo,
      contributors: departments.length + (body.publicContributor === null ? 0 : 1),
      launched: await readLaunched(trx, { ...body, except }),
    },
    known,
    dayOf(now),
  );
  if (body.visitFrom > body.visitTo)
    problems.push({ field: 'visitTo', message: '检查结束日期早于开始日期。' });
  if (body.visitFrom < dayOf(now)) {
    problems.push({
      field: 'visitFrom',
      message: `检查开始日期 ${body.visitFrom} 已过，请改为 ${dayOf(now)} 或以后。`,
    });
  }
  const regions = new Map((await listRegions(trx)).map((region) => [region.code, region.name]));
  body.regions.forEach((region, at) => {
    if (!regions.has(region))
      problems.push({ field: `regions.${at}`, message: `没有行政区划代码“${region}”。` });
  });
  const lead = (await listDepartments(trx)).find((department) => department.code === body.leadDepartment);
  if (lead?.kind !== 'inspecting') {
    problems.push({ field: 'leadDepartment', message: `“${body.leadDepartment}”不是有执法检查职责的部门。` });
  }
  body.items.forEach((item, at) => {
    if (body.items.indexOf(item) < at)
      problems.push({ field: `items.${at}`, message: `事项“${item}”重复。` });
  });
  const inForce = await ratioPolicies.inForce(trx, dayOf(now));
  const table = inForce ?? PRESET;
  const { strata, problems: unknown } = planStrata(table, body.regions, body.ratios, regions);
  assertComplete([...problems, ...unknown]);
  return {
    name: body.name,
    leadDepartment: body.leadDepartment,
    regions: [...new Set(body.regions)].sort(),
    mode: body.mode,
    items: body.items,
    teams: departments.map((department) => ({
      department,
      size: body.teams.find((team) => team.department === department)?.size ?? 2,
    })),
    strata: strata.map(({ stratum, ratioPpm, minimum }) => ({ stratum, ratio_ppm: ratioPpm, minimum })),
    industries: table.industries,
    deadlinePolicy:
      body.deadlinePolicy ?? (await deadlinePolicies.inForce(trx, dayOf(now)))?.policy ?? CITY_POLICY,
    yearlyCap: {
      ...Object.fromEntries(strata.map(({ stratum, cap }) => [stratum, cap])),
      ...body.yearlyCap,
    },
    policyVersion: inForce?.version ?? null,
    publicContributor: body.publicContributor,
    rotation: body.rotation,
    demandsApproval: body.demandsApproval,
    visitFrom: body.visitFrom,
    visitTo: body.visitTo,
  };
}
