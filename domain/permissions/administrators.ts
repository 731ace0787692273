/**
 * Three kinds of administrators apart (三员分立; GB/T 22239-2019 8.1.5): who runs the system, who guards it and who looks at
 * what was done. None of them holds a post in the city's work, so that none can touch a draw or a result.
 */
import { ROLE_NAMES, type Role } from '../roles';

export const ADMINISTRATORS = ['admin', 'security_admin', 'audit_admin'] as const satisfies Role[];

export const isAdministrator = (role: Role): boolean => ADMINISTRATORS.some((one) => one === role);

/** Those of them that need none of the city's records for what they do. */
export const isApart = (role: Role): boolean => role === 'security_admin' || role === 'audit_admin';

/** Why one person can't hold these roles together; null where they can. The database refuses the same. */
export function togetherProblem(roles: readonly Role[]): string | null {
  const held = [...new Set(roles)];
  const administrator = held.find(isAdministrator);
  const other = held.find((role) => role !== administrator);
  if (administrator === undefined || other === undefined) return null;
  return `${ROLE_NAMES[administrator]}不能同时是${ROLE_NAMES[other]}：三类管理员由不同的人担任，也不办理抽查业务。`;
}
