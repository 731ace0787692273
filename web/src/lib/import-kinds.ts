import type { ImportKind, Me } from '../api/types';
import { hasRole } from '../session/use-session';

/** In the order of their use. */
export const IMPORT_KINDS = [
  'entities',
  'credit',
  'inspectors',
  'trainings',
  'items',
] as const satisfies ImportKind[];

/** Those that somebody may import. */
export function kindsFor(me: Me | null | undefined): ImportKind[] {
  const forAll = hasRole(me, 'coordinator', 'admin');
  const forDepartment = forAll || hasRole(me, 'lead_officer', 'liaison');
  const mayImport: Record<ImportKind, boolean> = {
    entities: forDepartment,
    credit: forAll || hasRole(me, 'credit_officer'),
    inspectors: forDepartment,
    trainings: forDepartment,
    items: forDepartment,
  };
  return IMPORT_KINDS.filter((kind) => mayImport[kind]);
}
