/** Roles that may the same. */
import { ROLES, type Role } from '../roles';
import { isAdministrator, isApart } from './administrators';

/** Everybody with a post in the city's work: not who only guards the system (GB/T 22239-2019 8.1.5: what the post needs). */
export const OFFICIALS: readonly Role[] = ROLES.filter((role) => !isApart(role));
/** Of them who does the city's work: not who runs the system. */
export const POSTS: readonly Role[] = ROLES.filter((role) => !isAdministrator(role));
/** Who keeps the accounts. */
export const ACCOUNT_KEEPERS = ['admin'] as const satisfies Role[];
/** Who confirms what the keepers of accounts ask for, and helps who can't sign in. */
export const SECURITY_KEEPERS = ['security_admin'] as const satisfies Role[];
export const ACCOUNT_READERS = ['admin', 'security_admin'] as const satisfies Role[];
export const REGISTRY_KEEPERS = ['coordinator', 'admin'] as const satisfies Role[];
export const IMPORTERS = [
  'coordinator',
  'lead_officer',
  'liaison',
  'credit_officer',
  'admin',
] as const satisfies Role[];
export const DEPARTMENT_OFFICE = ['liaison', 'lead_officer'] as const satisfies Role[];
export const INSPECTORS_READERS = [
  'liaison',
  'lead_officer',
  'coordinator',
  'supervisor',
] as const satisfies Role[];
export const FILE_READERS = [
  'liaison',
  'lead_officer',
  'coordinator',
  'supervisor',
  'inspector',
] as const satisfies Role[];
export const LEADERS = ['lead_officer', 'coordinator'] as const satisfies Role[];
/** Who goes through the audit log. */
export const AUDITORS = ['audit_admin'] as const satisfies Role[];
/** Who makes keys for machines. */
export const KEY_KEEPERS = ['admin'] as const satisfies Role[];
export const APPROVERS = ['approver'] as const satisfies Role[];
export const LIAISONS = ['liaison'] as const satisfies Role[];
export const REGISTRARS = ['list_registrar'] as const satisfies Role[];
export const PLANNERS = ['liaison', 'lead_officer', 'coordinator'] as const satisfies Role[];
export const COORDINATORS = ['coordinator'] as const satisfies Role[];
export const PAYERS = ['budget_officer', 'supervisor', 'coordinator'] as const satisfies Role[];
export const VISITORS = ['inspector', 'liaison'] as const satisfies Role[];
export const INSPECTORS = ['inspector'] as const satisfies Role[];
export const CORRECTORS = ['inspector', 'liaison', 'lead_officer', 'coordinator'] as const satisfies Role[];
/** Not the administrators: those who keep a registry need not know how its changes are watched. */
export const STATISTICS_READERS = [
  'supervisor',
  'coordinator',
  'lead_officer',
  'approver',
] as const satisfies Role[];
export const SUPERVISORS = ['supervisor'] as const satisfies Role[];
export const SIMULATORS = [
  'lead_officer',
  'coordinator',
  'approver',
  'budget_officer',
] as const satisfies Role[];
/** Not the administrators: ratios say how many are drawn. */
export const POLICY_TRIERS = [
  'coordinator',
  'approver',
  'lead_officer',
  'budget_officer',
] as const satisfies Role[];
export const TERMS_KEEPERS = ['supervisor', 'admin'] as const satisfies Role[];
export const CONNECTION_KEEPERS = ['credit_officer', 'admin'] as const satisfies Role[];
export const CREDIT_OFFICERS = ['credit_officer'] as const satisfies Role[];
export const TEMPLATE_KEEPERS = ['liaison', 'admin'] as const satisfies Role[];
