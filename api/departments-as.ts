import type { Actor, Role } from '../domain/roles';

/** Departments in which the actor holds one of the roles. */
export const departmentsAs = (actor: Actor, ...roles: Role[]): string[] =>
  actor.grants.filter((grant) => roles.includes(grant.role)).map((grant) => grant.department);
