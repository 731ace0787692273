/** Who may on which record of the registries, plans and tasks: role × department × region, and the own person. */
import {
  areaPrefixesOf,
  departmentsOf,
  hasRole,
  hasRoleIn,
  overlaps,
  reachesRegionsIn,
  type Actor,
} from '../roles';
import { IMPORTERS, REGISTRY_KEEPERS, STATISTICS_READERS } from './groups';

/** The department's office keeps its items, inspectors, trainings and figures. */
export const actsForDepartment = (actor: Actor, department: string): boolean =>
  hasRoleIn(actor, department, 'liaison', 'lead_officer');

/** Who answers for all of a registry, not for one department's part. */
export const keepsRegistries = (actor: Actor): boolean => hasRole(actor, ...REGISTRY_KEEPERS);

export const mayImportKind = (actor: Actor, kind: string): boolean =>
  kind === 'credit'
    ? keepsRegistries(actor) || hasRole(actor, 'credit_officer')
    : hasRole(actor, ...IMPORTERS.filter((role) => role !== 'credit_officer'));

/** Whose file it was, and who answers for all of the registry: what was refused has persons in it. */
export const ownsImport = (actor: Actor, run: { startedBy: number | null; kind: string }): boolean =>
  keepsRegistries(actor) ||
  (run.startedBy === null
    ? run.kind === 'credit' && hasRole(actor, 'credit_officer')
    : run.startedBy === actor.id);

interface InspectorScope {
  userId: number | null;
  department: string;
}

/** Career, recusals, ways to reach: for the person, the department, and who oversees. */
export const seesInspectorFile = (actor: Actor, inspector: InspectorScope): boolean =>
  inspector.userId === actor.id || actsForDepartment(actor, inspector.department) || seesAllInspectors(actor);

export const seesAllInspectors = (actor: Actor): boolean => hasRole(actor, 'supervisor', 'coordinator');

export const mayDeclareExclusion = (actor: Actor, inspector: InspectorScope): boolean =>
  inspector.userId === actor.id || hasRoleIn(actor, inspector.department, 'liaison');

/** What the department ordered, the inspector can't lift. */
export const mayEndExclusion = (actor: Actor, inspector: InspectorScope, kind: string): boolean =>
  hasRoleIn(actor, inspector.department, 'liaison') || (kind === 'declared' && inspector.userId === actor.id);

/** Officials of regions that overlap with the campaign's. */
export const hasInSight = (actor: Actor, regions: readonly string[]): boolean =>
  actor.grants.some((grant) => overlaps(grant, regions));

/** Who sees to the leaves of a department's people. No administrator: who stands in has the other's rights, which is a grant. */
export const keepsLeaves = (actor: Actor, department: string): boolean =>
  hasRoleIn(actor, department, 'liaison');

/** Lines of the annual plan are written by the department whose items they are. */
export const mayWriteLine = (actor: Actor, department: string): boolean =>
  hasRoleIn(actor, department, 'liaison', 'lead_officer', 'coordinator');

/** The areas whose tasks somebody leads or oversees; none: the tasks of their departments. */
export const taskAreas = (actor: Actor): string[] => areaPrefixesOf(actor, ...STATISTICS_READERS);

/** Urging orders of the areas that somebody oversees; else of their departments. */
export function visibleOrders(actor: Actor): { areas: string[] } | { departments: string[] } {
  const areas = areaPrefixesOf(actor, 'supervisor', 'coordinator', 'lead_officer');
  return areas.length > 0 ? { areas } : { departments: departmentsOf(actor) };
}

/** The leading group decides on the year's plan and the city's policies: its members for all that the group is in charge of. */
export const isOfLeadingGroup = (
  actor: Actor,
  departments: readonly { code: string; kind: string; region_code: string }[],
): boolean =>
  departments.some(
    (one) =>
      one.kind === 'leading-group' && reachesRegionsIn(actor, [one.code], [one.region_code], 'approver'),
  );
