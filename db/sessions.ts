import type { Knex } from 'knex';
import { dayOf } from '../domain/deadlines/working-days';
import { ADMINISTRATORS } from '../domain/permissions/administrators';
import type { Actor } from '../domain/roles';
import { DELEGABLE_ROLES } from '../domain/tasks/holders';
import { beyondSight } from './acting';
import { DELEGATION_IN_FORCE } from './delegations';

export interface UserRow {
  id: number;
  username: string;
  name: string;
  password_hash: string;
  disabled_at: Date | null;
}

export async function findUser(db: Knex, username: string): Promise<UserRow | null> {
  const row = await db('users')
    // Machines call by keys; nobody signs in as one.
    .where({ username: username.toLowerCase(), is_service: false })
    .first<UserRow | undefined>('id', 'username', 'name', 'password_hash', 'disabled_at');
  return row ?? null;
}

export type SessionWay = 'password' | 'provider' | 'demo';

export interface NewSession {
  tokenHash: string;
  userId: number;
  way: SessionWay;
  hasSecondFactor?: boolean;
  /** When the person gave a factor; null where nobody says. */
  provenAt?: Date | null;
  at: Date;
  expiresAt: Date;
  address?: string | null;
  /** As it names itself. */
  browser?: string | null;
}

const LONGEST_BROWSER = 300;

export async function insertSession(trx: Knex, session: NewSession): Promise<void> {
  await trx('sessions').insert({
    token_hash: session.tokenHash,
    user_id: session.userId,
    way: session.way,
    has_second_factor: session.hasSecondFactor ?? false,
    proven_at: session.provenAt ?? null,
    created_at: session.at,
    last_used_at: session.at,
    expires_at: session.expiresAt,
    address: session.address ?? null,
    browser: session.browser?.slice(0, LONGEST_BROWSER) ?? null,
  });
}

/** What is known of a session on each request. */
export interface SessionState {
  id: string;
  way: SessionWay;
  passwordChangedAt: Date;
  mustChangePassword: boolean;
  /** Whether the session began with a second factor, or got it since. */
  hasSecondFactor: boolean;
  /** When its person last gave a factor. */
  provenAt: Date | null;
}

/** Within this time a session's last use need not be written again. */
const USE_NOTED_MS = 60_000;

/**
 * The person of a session that has not run out, with their grants; and, of those whom they stand in for today, the roles
 * in which tasks of the department are done; an administrator stands in for nobody. A session that nobody used for `idleMinutes` has run out too.
 */
export async function readSession(
  db: Knex,
  tokenHash: string,
  now: Date,
  idleMinutes: number,
): Promise<{ actor: Actor; session: SessionState } | null> {
  const { rows } = await db
    .raw<{ rows: (Actor & { session: SessionState; lastUsedAt: Date })[] }>(
      `select u.id, u.username, u.name, s.last_used_at as "lastUsedAt",
            jsonb_build_object('id', s.id, 'way', s.way, 'passwordChangedAt', u.password_changed_at,
              'mustChangePassword', u.must_change_password,
              'hasSecondFactor', s.has_second_factor, 'provenAt', s.proven_at) as session,
            (select coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'department', r.department_code,
                      'region', r.region_code) order by r.role, r.department_code), '[]')
               from (select o.role, o.department_code, o.region_code from user_roles o where o.user_id = u.id
                     union
                     select o.role, o.department_code, o.region_code
                       from delegations g join user_roles o
                         on o.user_id = g.user_id and o.department_code = g.department_code
                      where g.delegate_id = u.id and o.role = any (cast(:delegable as text[])) and ${DELEGATION_IN_FORCE}
                        and not exists (select 1 from user_roles a where a.user_id = u.id and a.role = any (cast(:apart as text[])))
                    ) r) as grants
       from sessions s join users u on u.id = s.user_id
      where s.token_hash = :tokenHash and s.expires_at > :now and s.last_used_at > :usedSince and u.disabled_at is null
        and not u.is_service`,
      {
        tokenHash,
        now,
        usedSince: new Date(now.getTime() - idleMinutes * 60_000),
        day: dayOf(now),
        delegable: [...DELEGABLE_ROLES],
        apart: [...ADMINISTRATORS],
      },
    )
    // Asked by every request: planned once by each connection.
    .options({ name: 'session' });
  if (!rows[0]) return null;
  const { session, lastUsedAt, ...actor } = rows[0];
  if (now.getTime() - lastUsedAt.getTime() > USE_NOTED_MS) {
    await db('sessions').where({ token_hash: tokenHash }).update({ last_used_at: now });
  }
  const { passwordChangedAt, provenAt } = session;
  return {
    actor,
    session: {
      ...session,
      passwordChangedAt: new Date(passwordChangedAt),
      provenAt: provenAt && new Date(provenAt),
    },
  };
}

export interface OwnSession {
  id: string;
  way: SessionWay;
  address: string | null;
  browser: string | null;
  createdAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
}

/** A person's sessions that have not run out, last used first. */
export async function listSessions(
  db: Knex,
  userId: number,
  now: Date,
  idleMinutes: number,
): Promise<OwnSession[]> {
  return db('sessions')
    .where({ user_id: userId })
    .where('expires_at', '>', now)
    .where('last_used_at', '>', new Date(now.getTime() - idleMinutes * 60_000))
    .orderBy('last_used_at', 'desc')
    .select({
      id: 'id',
      way: 'way',
      address: 'address',
      browser: 'browser',
      createdAt: 'created_at',
      lastUsedAt: 'last_used_at',
      expiresAt: 'expires_at',
    });
}

/** Ends one session of the person; whether there was such a one. */
export async function endSession(trx: Knex, userId: number, id: string): Promise<boolean> {
  return (await trx('sessions').where({ user_id: userId, id }).delete()) > 0;
}

/** Ends all sessions of the person but one; how many. */
export const endOtherSessions = (trx: Knex, userId: number, keptId: string): Promise<number> =>
  trx('sessions').where({ user_id: userId }).whereNot({ id: keptId }).delete();

/** Whoever asks for it, the person or an administrator; how many. */
export const endAllSessions = (trx: Knex, userId: number): Promise<number> =>
  beyondSight(trx, (all) => all('sessions').where({ user_id: userId }).delete());

/** The same session under a new token: one that was seen before does not open what came after. */
export async function renewToken(
  trx: Knex,
  id: string,
  tokenHash: string,
  hasSecondFactor: boolean,
): Promise<void> {
  await trx('sessions').where({ id }).update({ token_hash: tokenHash, has_second_factor: hasSecondFactor });
}

/** The person of the session gave a factor once more. */
export async function noteProof(trx: Knex, id: string, at: Date): Promise<void> {
  await trx('sessions').where({ id }).update({ proven_at: at });
}

export async function deleteSession(db: Knex, tokenHash: string): Promise<void> {
  await db('sessions').where({ token_hash: tokenHash }).delete();
}

export async function countFailures(db: Knex, username: string, since: Date): Promise<number> {
  const [row] = await db('login_failures')
    .where({ username: username.toLowerCase() })
    .where('at', '>', since)
    .count<{ count: number }[]>({ count: '*' });
  return row?.count ?? 0;
}

export async function recordFailure(db: Knex, username: string, at: Date): Promise<void> {
  await db('login_failures').insert({ username: username.toLowerCase(), at });
}
