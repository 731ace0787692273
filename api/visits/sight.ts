import type { VisitFilter } from '../../db/visit-views';
import { areaPrefixesOf, departmentsOf, hasRole, type Actor, type Role } from '../../domain/roles';

const OVERVIEW: Role[] = [
  'lead_officer',
  'coordinator',
  'supervisor',
  'approver',
  'credit_officer',
  'budget_officer',
];

/** Inspectors see their own visits, liaisons their department's in their areas, those who lead or oversee all of their areas. */
export function sightOf(
  actor: Actor,
  mine: boolean,
): Pick<VisitFilter, 'assignedTo' | 'departments' | 'within'> {
  if (mine) return { assignedTo: actor.id };
  const areas = areaPrefixesOf(actor, ...OVERVIEW);
  if (areas.length > 0) return { within: { areas, userId: actor.id } };
  return hasRole(actor, 'liaison')
    ? {
        departments: departmentsOf(actor),
        within: { areas: areaPrefixesOf(actor, 'liaison'), userId: actor.id },
      }
    : { assignedTo: actor.id };
}
