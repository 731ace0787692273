import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client';
import { Problem } from '../api/problem';
import type { Me, Role } from '../api/types';

export const SESSION_KEY = ['session'];

/** Who is signed in; null: nobody. */
export function useSession() {
  return useQuery({
    queryKey: SESSION_KEY,
    staleTime: 60_000,
    queryFn: async (): Promise<Me | null> => {
      try {
        return await answerOf(api.GET('/api/v1/session'));
      } catch (error) {
        if (error instanceof Problem && error.status === 401) return null;
        throw error;
      }
    },
  });
}

export const hasRole = (me: Me | null | undefined, ...roles: Role[]): boolean =>
  me?.grants.some((grant) => roles.includes(grant.role)) ?? false;

/** Whether somebody works with the city's records; who only guards the system, or has no role yet, does not. */
export const hasPost = (me: Me | null | undefined): boolean =>
  me?.grants.some(({ role }) => role !== 'security_admin' && role !== 'audit_admin') ?? false;

/** Departments the person acts for in one of the roles. */
export const departmentsOf = (me: Me | null | undefined, ...roles: Role[]): string[] => [
  ...new Set(me?.grants.filter((grant) => roles.includes(grant.role)).map((grant) => grant.department)),
];
