import type { Knex } from 'knex';
import { listPlanLines, readAnnualPlan, type AnnualPlanRow } from '../../db/annual-plans';
import { listDepartments, type DepartmentRow } from '../../db/organisation';
import { isPlanCommandPossible, isPlanOpen, PLAN_COMMANDS } from '../../domain/annual-plan/stages';
import type { PlanCommand } from '../../domain/annual-plan/stages';
import { mayLead } from '../../domain/permissions';
import { hasRole, hasRoleIn, type Actor } from '../../domain/roles';
import { lineStatus } from './line-status';
import { regionNamer } from './region-namer';

/** The plan as the asking person sees it, with what they may do. */
export async function planDetail(db: Knex, year: number, actor: Actor, today: string) {
  const plan = await readAnnualPlan(db, year);
  const departments = await listDepartments(db);
  const regionOf = await regionNamer(db);
  const isOpen = isPlanOpen(plan.stage);
  const rows = await listPlanLines(db, year);
  return {
    year,
    stage: plan.stage,
    stageReason: plan.stage_reason,
    publishedAt: plan.published_at?.toISOString() ?? null,
    lines: rows.map((row) => {
      const status = lineStatus(row, today);
      const regions = rows
        .filter((one) => one.id === row.id || (row.joint_id !== null && one.joint_id === row.joint_id))
        .flatMap((one) => one.region_codes);
      return {
        id: row.id,
        department: { code: row.department, name: row.department_name },
        item: { code: row.item, name: row.item_name },
        objectTags: row.object_tags,
        regions: row.region_codes.map(regionOf),
        ratioPpm: row.ratio_ppm,
        fixedPpm: row.fixed_ppm,
        windowFrom: row.window_from,
        windowTo: row.window_to,
        note: row.note,
        joint: row.joint_id === null ? null : { id: row.joint_id, lead: row.lead_department ?? '' },
        status,
        campaign: row.campaign_code,
        mayEdit: isOpen && row.joint_id === null && mayWrite(actor, row.department),
        mayLaunch:
          plan.stage === 'published' &&
          ['planned', 'open', 'late'].includes(status) &&
          mayLead(actor, row.lead_department ?? row.department, regions),
      };
    }),
    possibleCommands: PLAN_COMMANDS.filter(
      (command) =>
        isPlanCommandPossible(command, plan.stage) && mayCommandPlan(actor, command, plan, departments),
    ),
    mayJoin: isOpen && hasRole(actor, 'coordinator'),
    writesFor: isOpen
      ? departments
          .filter((one) => one.kind === 'inspecting' && mayWrite(actor, one.code))
          .map((one) => ({ code: one.code, name: one.short_name }))
      : [],
  };
}

export const mayWrite = (actor: Actor, department: string): boolean =>
  hasRoleIn(actor, department, 'liaison', 'lead_officer', 'coordinator');

/** The coordinator hands in and publishes; the leading group decides, nobody on what they handed in. */
export function mayCommandPlan(
  actor: Actor,
  command: PlanCommand,
  plan: Pick<AnnualPlanRow, 'submitted_by'>,
  departments: readonly DepartmentRow[],
): boolean {
  if (command === 'submit' || command === 'publish') return hasRole(actor, 'coordinator');
  return (
    (command === 'return' || plan.submitted_by !== actor.id) &&
    departments.some((one) => one.kind === 'leading-group' && hasRoleIn(actor, one.code, 'approver'))
  );
}
