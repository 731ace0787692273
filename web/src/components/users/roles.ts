import type { Role } from '../../api/types';

/** In the order of the table of permissions. */
export const ROLES = [
  'coordinator',
  'lead_officer',
  'liaison',
  'inspector',
  'approver',
  'list_registrar',
  'credit_officer',
  'budget_officer',
  'supervisor',
  'admin',
  'security_admin',
  'audit_admin',
] as const satisfies readonly Role[];
