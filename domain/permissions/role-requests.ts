/**
 * Roles are given by two people: who keeps the accounts asks, who guards them confirms (GB/T 22239-2019 8.1.5.1; ASVS 5.0
 * 2.3.5). Taking one away needs one person: it is safe.
 */
import { conflict, forbidden, type DomainError } from '../errors';
import { reachesRegions, ROLE_NAMES, type Actor, type Grant, type Role } from '../roles';
import { togetherProblem } from './administrators';

/** What nobody has decided on by then is asked for anew. */
export const REQUEST_DAYS = 7;

export const REQUEST_STATES = ['pending', 'confirmed', 'returned', 'withdrawn', 'expired'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

export const requestExpiry = (at: Date): Date => new Date(at.getTime() + REQUEST_DAYS * 86_400_000);

/** As it is, also before anybody has noticed that its time is over. */
export const requestState = (request: { status: RequestState; expires_at: Date }, now: Date): RequestState =>
  request.status === 'pending' && request.expires_at <= now ? 'expired' : request.status;

/** Whether all that the person may is within the regions that the actor keeps; a county keeps nobody of the city. */
export const keepsAccount = (
  actor: Actor,
  grants: readonly Pick<Grant, 'region'>[],
  ...roles: Role[]
): boolean =>
  reachesRegions(
    actor,
    grants.map(({ region }) => region),
    ...roles,
  );

const sameGrant = (a: Grant, b: Grant): boolean =>
  a.role === b.role && a.department === b.department && a.region === b.region;

/** Why this can't be asked for, or null. */
export function askRefusal(
  actor: Actor,
  target: { id: number; grants: readonly Grant[]; isDisabled: boolean },
  wanted: Grant,
): DomainError | null {
  if (target.id === actor.id) return forbidden('own-grant', '不能为自己申请角色。');
  if (!reachesRegions(actor, [wanted.region], 'admin'))
    return forbidden('other-region', `您不负责地区 ${wanted.region}，不能申请那里的角色。`);
  if (target.isDisabled) return conflict('user-disabled', '账号已停用：请先恢复。');
  if (target.grants.some((held) => sameGrant(held, wanted)))
    return conflict('role-held', `该用户已经是这个部门和地区的${ROLE_NAMES[wanted.role]}。`);
  return apart([...target.grants, wanted]);
}

/** Why the actor can't decide on it, or null. */
export function decisionRefusal(
  actor: Actor,
  request: { requested_by: number; user_id: number; region: string; status: RequestState; expires_at: Date },
  now: Date,
): DomainError | null {
  if (request.requested_by === actor.id)
    return forbidden('own-submission', '申请人不能核准自己的申请，请由另一人核准。');
  if (request.user_id === actor.id) return forbidden('own-grant', '不能核准给自己的角色。');
  if (!reachesRegions(actor, [request.region], 'security_admin'))
    return forbidden('other-region', `您不负责地区 ${request.region}，不能核准那里的角色。`);
  const state = requestState(request, now);
  if (state === 'expired')
    return conflict('request-expired', `申请超过 ${REQUEST_DAYS} 天没有核准，已经失效：请重新申请。`);
  return state === 'pending' ? null : conflict('request-decided', '这项申请已经处理。');
}

/** Why these can't be one person's roles, or null. */
export function apart(grants: readonly Pick<Grant, 'role'>[]): DomainError | null {
  const problem = togetherProblem(grants.map(({ role }) => role));
  return problem === null ? null : conflict('roles-apart', problem);
}
