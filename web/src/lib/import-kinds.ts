import type { ImportKind, Me } from '../api/types';
import { hasRole } from '../session/use-session';

/** Kinds that somebody may import, in the order of their use. */
export function kindsFor(me: Me | null | undefined): ImportKind[] {
  const forAll = hasRole(me, 'coordinator', 'admin');
  const forDepartment = forAll || hasRole(me, 'lead_officer', 'liaison');
  const all: [ImportKind, boolean][] = [
    ['entities', forDepartment],
    ['credit', forAll || hasRole(me, 'credit_officer')],
    ['inspectors', forDepartment],
    ['items', forDepartment],
  ];
  return all.flatMap(([kind, isAllowed]) => (isAllowed ? [kind] : []));
}
