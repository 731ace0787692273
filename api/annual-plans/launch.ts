import type { Knex } from 'knex';
import {
  freeCancelledLines,
  launchLines,
  listPlanLines,
  lockAnnualPlan,
  type PlanLineRow,
} from '../../db/annual-plans';
import { ratioPolicies } from '../../db/ratio-policies';
import { insertCampaign } from '../../db/campaigns';
import { launchUnits, type LaunchUnit } from '../../domain/annual-plan/launch-units';
import { dayOf, shift } from '../../domain/deadlines/working-days';
import { conflict, forbidden, notFound } from '../../domain/errors';
import { PRESET, strataFor, type PolicyTable } from '../../domain/policies/ratio-rows';
import { mayLead } from '../../domain/permissions/rules';
import type { Actor } from '../../domain/roles';
import { planOf } from '../plan-of';

/** Days that a campaign has which is launched when its window is all but over. */
const LATE_DAYS = 30;

/** The campaign's draft as the line, and those it was joined with, lay it down. */
export async function launch(
  trx: Knex,
  { year, id, actor, now }: { year: number; id: number; actor: Actor; now: Date },
): Promise<string> {
  const plan = await lockAnnualPlan(trx, year);
  await freeCancelledLines(trx, year);
  const unit = launchUnits(await listPlanLines(trx, year, Math.max(plan.version, 1))).find(({ lines }) =>
    lines.some((line) => line.id === id),
  );
  if (!unit) throw notFound('plan-line-not-found', '年度计划里没有这项安排。');
  if (plan.version === 0) {
    throw conflict('annual-plan-stage', '年度计划尚未公布，公布后才能按计划启动。');
  }
  const [{ campaign_code: launched }] = unit.lines;
  if (launched !== null) throw conflict('plan-line-launched', `该安排已经启动：任务 ${launched}。`);
  if (unit.lines.some((line) => line.until_version !== null)) {
    throw conflict('plan-line-amended', '该安排正在修订：请等修订公布，或恢复该安排后再启动。');
  }
  const regions = [...new Set(unit.lines.flatMap((line) => line.region_codes))].sort();
  if (!mayLead(actor, unit.lead, regions)) {
    throw forbidden('not-lead', `该安排由 ${unit.lead} 的牵头人员或统筹协调人员启动。`);
  }
  const policy = (await ratioPolicies.inForce(trx, dayOf(now))) ?? PRESET;
  const row = await planOf(trx, prefilled(unit, { regions, year, today: dayOf(now), policy }), now, null);
  const code = await insertCampaign(trx, row, actor.id, dayOf(now).slice(0, 4));
  await launchLines(
    trx,
    unit.lines.map((line) => line.id),
    code,
    { at: now, by: actor.id },
  );
  return code;
}

function prefilled(
  unit: LaunchUnit<PlanLineRow>,
  { regions, year, today, policy }: { regions: string[]; year: number; today: string; policy: PolicyTable },
) {
  const [first, ...others] = unit.lines;
  const visitFrom = unit.windowFrom > today ? unit.windowFrom : today;
  const soonest = shift(today, LATE_DAYS);
  const open = unit.lines.filter((line) => line.fixed_ppm === null);
  return {
    name: `${year} 年度${first.item_name}${others.length === 0 ? '抽查' : `等 ${unit.lines.length} 项联合抽查`}`,
    leadDepartment: unit.lead,
    regions,
    mode: 'per_item' as const,
    items: unit.lines.map((line) => line.item),
    teams: [],
    // Where every item has its own ratio, the strata's are never asked for.
    ratios: strataFor(policy, regions).map(({ stratum, ratioPpm }) => ({
      stratum,
      ratioPpm: Math.max(0, ...open.map((line) => line.ratio_ppm ?? ratioPpm)),
      minimum: 0,
    })),
    visitFrom,
    visitTo: unit.windowTo > visitFrom ? unit.windowTo : soonest,
    publicContributor: 'public:dice',
    rotation: true,
    demandsApproval: true,
  };
}
