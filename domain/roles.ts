import { covers, prefixOf } from './regions/covers';

/** Roles of the domain guide, section 2. Permission = role × department × region subtree. */
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
] as const;

export type Role = (typeof ROLES)[number];

export const ROLE_NAMES: Record<Role, string> = {
  coordinator: '统筹协调',
  lead_officer: '牵头人员',
  liaison: '部门联络员',
  inspector: '执法检查人员',
  approver: '审批领导',
  list_registrar: '编办',
  credit_officer: '信用管理',
  budget_officer: '财政',
  supervisor: '督查',
  admin: '系统管理员',
  security_admin: '安全管理员',
  audit_admin: '审计管理员',
};

export interface Grant {
  role: Role;
  department: string;
  region: string;
}

/** The person a request acts for. */
export interface Actor {
  id: number;
  username: string;
  name: string;
  grants: readonly Grant[];
}

export const hasRole = (actor: Actor, ...roles: Role[]): boolean =>
  actor.grants.some((grant) => roles.includes(grant.role));

export const hasRoleIn = (actor: Actor, department: string, ...roles: Role[]): boolean =>
  actor.grants.some((grant) => grant.department === department && roles.includes(grant.role));

/** Whether one of the actor's grants of these roles reaches every one of the regions. */
export const reachesRegions = (actor: Actor, regions: readonly string[], ...roles: Role[]): boolean =>
  actor.grants.some(
    (grant) => roles.includes(grant.role) && regions.every((region) => covers(grant.region, region)),
  );

/** Whether one grant of these roles is in one of the departments and reaches every one of the regions. */
export const reachesRegionsIn = (
  actor: Actor,
  departments: readonly string[],
  regions: readonly string[],
  ...roles: Role[]
): boolean =>
  reachesRegions(
    { ...actor, grants: actor.grants.filter((grant) => departments.includes(grant.department)) },
    regions,
    ...roles,
  );

/** Whether the grant's area and the regions overlap: it reaches one of them, or lies within one. */
export const overlaps = ({ region: own }: Grant, regions: readonly string[]): boolean =>
  regions.some((region) => covers(own, region) || covers(region, own));

/** What the region codes begin with that grants of these roles reach. */
export const areaPrefixesOf = (actor: Actor, ...roles: Role[]): string[] =>
  actor.grants.filter((grant) => roles.includes(grant.role)).map((grant) => prefixOf(grant.region));

export const departmentsOf = (actor: Actor): string[] => [
  ...new Set(actor.grants.map((grant) => grant.department)),
];
