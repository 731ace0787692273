/** Sessions as the routes begin, renew and judge them. */
import type { Knex } from 'knex';
import {
  deleteSession,
  insertSession,
  readSession,
  renewToken,
  type SessionState,
  type SessionWay,
  type UserRow,
} from '../../db/sessions';
import { rememberPlaces } from '../../db/sign-in-attempts';
import { DomainError } from '../../domain/errors';
import type { Actor } from '../../domain/roles';
import type { ApiContext, ApiSettings } from '../context';
import type { ApiRequest } from '../implement';
import { deviceOf, hashToken, newToken, setDevice, setToken, tokenOf } from '../middleware/session-cookie';
import { auditOwn } from './audit-own';
import { owedBy } from './owed';

type Request = Pick<ApiRequest<unknown, unknown, unknown>, 'address' | 'requestId' | 'response'>;

export interface HowSignedIn {
  way: SessionWay;
  hasSecondFactor: boolean;
  /** When a factor was given; null where nobody says. */
  provenAt: Date | null;
}

/**
 * Signs the person in at this browser, under a token that nobody can have known before; a session that the browser had is
 * over (ASVS 7.2.4). Gives what the page is told of the person.
 */
export async function beginSession(
  user: Pick<UserRow, 'id' | 'username' | 'name'>,
  { way, hasSecondFactor, provenAt }: HowSignedIn,
  request: Request,
  { db, now, settings }: ApiContext,
  also: (trx: Knex) => Promise<void> = () => Promise.resolve(),
) {
  const { address, response } = request;
  const token = newToken();
  const device = deviceOf(response.req) ?? newToken();
  const before = tokenOf(response.req);
  await db.transaction(async (trx) => {
    await also(trx);
    await rememberPlaces(trx, user.id, { address, device: hashToken(device) }, now());
    if (before !== null) await deleteSession(trx, hashToken(before));
    await insertSession(trx, {
      tokenHash: hashToken(token),
      userId: user.id,
      way,
      hasSecondFactor,
      provenAt,
      at: now(),
      expiresAt: new Date(now().getTime() + settings.sessionHours * 3_600_000),
      address,
      browser: response.req.get('User-Agent') ?? null,
    });
    await auditOwn(trx, { ...request, actor: user }, 'session.begin', { way, secondFactor: hasSecondFactor });
  });
  setToken(response, token, settings);
  setDevice(response, device, settings);
  const begun = await readSession(db, hashToken(token), now(), settings.signIn.idleMinutes);
  if (!begun) throw new DomainError('unauthenticated', 'not-signed-in', '请先登录。');
  return meOf(begun.actor, begun.session, settings, now());
}

/** What the page is told of who is signed in. */
export const meOf = (actor: Actor, session: SessionState, { signIn }: ApiSettings, now: Date) => ({
  ...actor,
  grants: [...actor.grants],
  owes: owedBy(session, actor, signIn, now),
});

/** What was seen of the old token opens nothing any more. */
export async function renewSession(
  trx: Knex,
  session: SessionState,
  { response }: Request,
  { settings }: ApiContext,
  hasSecondFactor = session.hasSecondFactor,
): Promise<void> {
  const token = newToken();
  await renewToken(trx, session.id, hashToken(token), hasSecondFactor);
  setToken(response, token, settings);
}

/** Of a route that only who is signed in reaches. */
export function sessionOf({ session }: { session: SessionState | null }): SessionState {
  if (!session) throw new DomainError('unauthenticated', 'not-signed-in', '请先登录。');
  return session;
}
