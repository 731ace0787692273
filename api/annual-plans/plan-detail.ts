import type { Knex } from 'knex';
import { listPlanLines, readAnnualPlan, type AnnualPlanRow, type PlanLineRow } from '../../db/annual-plans';
import { listDepartments, type DepartmentRow } from '../../db/organisation';
import { compareLines } from '../../domain/annual-plan/compare-lines';
import {
  isPlanCommandPossible,
  isPlanOpen,
  PLAN_COMMANDS,
  workingVersion,
  type PlanCommand,
} from '../../domain/annual-plan/stages';
import { isOfLeadingGroup, mayWriteLine } from '../../domain/permissions/records';
import { mayLead } from '../../domain/permissions/rules';
import { hasRole, type Actor } from '../../domain/roles';
import { isLaunched, lineStatus } from './line-status';
import { regionNamer } from '../region-namer';

/** The plan as the asking person sees it, with what they may do: the version in the making, where there is one. */
export async function planDetail(db: Knex, year: number, actor: Actor, today: string) {
  const plan = await readAnnualPlan(db, year);
  const departments = await listDepartments(db);
  const regionOf = await regionNamer(db);
  const isOpen = isPlanOpen(plan.stage);
  const rows = await listPlanLines(db, year, workingVersion(plan));
  const before = plan.amendment_reason === null ? rows : await listPlanLines(db, year, plan.version);
  const changes = compareLines(before, rows);
  const mayChange = (row: PlanLineRow) =>
    isOpen && row.joint_id === null && !isLaunched(row) && mayWriteLine(actor, row.department);
  const lineOf = (row: PlanLineRow, among: readonly PlanLineRow[]) => ({
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
    status: lineStatus(row, today),
    campaign: row.campaign_code,
    mayEdit: mayChange(row),
    mayLaunch:
      row.until_version === null &&
      plan.version >= row.since_version &&
      ['planned', 'open', 'late'].includes(lineStatus(row, today)) &&
      mayLead(actor, row.lead_department ?? row.department, regionsWith(row, among)),
  });
  const mayRestore = (row: PlanLineRow) => isOpen && mayRestoreLines(actor, togetherWith(row, before));
  return {
    year,
    stage: plan.stage,
    stageReason: plan.stage_reason,
    version: plan.version,
    publishedAt: plan.published_at?.toISOString() ?? null,
    amendment:
      plan.amendment_reason === null
        ? null
        : {
            reason: plan.amendment_reason,
            added: changes.added.map(({ id }) => id),
            changed: changes.changed.map((change) => ({
              id: change.after.id,
              fields: change.fields,
              before: lineOf(change.before, before),
              mayRestore: mayRestore(change.before),
            })),
            withdrawn: changes.withdrawn.map((row) => ({
              line: lineOf(row, before),
              mayRestore: mayRestore(row),
            })),
          },
    lines: rows.map((row) => lineOf(row, rows)),
    possibleCommands: PLAN_COMMANDS.filter(
      (command) =>
        isPlanCommandPossible(command, plan.stage, plan.version > 0) &&
        mayCommandPlan(actor, command, plan, departments),
    ),
    mayJoin: isOpen && hasRole(actor, 'coordinator'),
    writesFor: isOpen
      ? departments
          .filter((one) => one.kind === 'inspecting' && mayWriteLine(actor, one.code))
          .map((one) => ({ code: one.code, name: one.short_name }))
      : [],
  };
}

/** It, and those it is joined with: they are launched, and restored, together. */
export const togetherWith = (row: PlanLineRow, among: readonly PlanLineRow[]): PlanLineRow[] =>
  among.filter((one) => one.id === row.id || (row.joint_id !== null && one.joint_id === row.joint_id));

const regionsWith = (row: PlanLineRow, among: readonly PlanLineRow[]): string[] =>
  togetherWith(row, among).flatMap((one) => one.region_codes);

/** What was joined is the coordinator's. */
export const mayRestoreLines = (actor: Actor, lines: readonly PlanLineRow[]): boolean =>
  lines.length > 1
    ? hasRole(actor, 'coordinator')
    : lines.every(({ department }) => hasRole(actor, 'coordinator') || mayWriteLine(actor, department));

const COORDINATORS: readonly PlanCommand[] = ['submit', 'publish', 'amend', 'discard'];
export const isForCoordinator = (command: PlanCommand): boolean => COORDINATORS.includes(command);

/** The coordinator hands in, publishes and amends; the leading group decides, nobody on what they handed in. */
export function mayCommandPlan(
  actor: Actor,
  command: PlanCommand,
  plan: Pick<AnnualPlanRow, 'submitted_by'>,
  departments: readonly DepartmentRow[],
): boolean {
  if (isForCoordinator(command)) return hasRole(actor, 'coordinator');
  return (command === 'return' || plan.submitted_by !== actor.id) && isOfLeadingGroup(actor, departments);
}
