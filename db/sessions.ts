import type { Knex } from 'knex';
import { dayOf } from '../domain/deadlines/working-days';
import type { Actor, Grant } from '../domain/roles';
import { DELEGABLE_ROLES } from '../domain/tasks/holders';
import { DELEGATION_IN_FORCE } from './delegations';

export interface UserRow {
  id: number;
  username: string;
  name: string;
  password_hash: string;
  disabled_at: Date | null;
}

export async function findUser(db: Knex, username: string): Promise<UserRow | null> {
  const row = await db<UserRow>('users')
    .where({ username: username.toLowerCase() })
    .first('id', 'username', 'name', 'password_hash', 'disabled_at');
  return (row as UserRow | undefined) ?? null;
}

export async function readGrants(db: Knex, userId: number): Promise<Grant[]> {
  return db('user_roles')
    .where({ user_id: userId })
    .orderBy(['role', 'department_code'])
    .select({ role: 'role', department: 'department_code', region: 'region_code' });
}

export async function insertSession(
  trx: Knex,
  session: { tokenHash: string; userId: number; expiresAt: Date },
): Promise<void> {
  await trx('sessions').insert({
    token_hash: session.tokenHash,
    user_id: session.userId,
    expires_at: session.expiresAt,
  });
}

/**
 * The person of a session that has not run out, with their grants; and, of those whom they stand in for today, the roles
 * in which tasks of the department are done.
 */
export async function readActor(db: Knex, tokenHash: string, now: Date): Promise<Actor | null> {
  const { rows } = await db.raw<{ rows: Actor[] }>(
    `select u.id, u.username, u.name,
            (select coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'department', r.department_code,
                      'region', r.region_code) order by r.role, r.department_code), '[]')
               from (select o.role, o.department_code, o.region_code from user_roles o where o.user_id = u.id
                     union
                     select o.role, o.department_code, o.region_code
                       from delegations g join user_roles o
                         on o.user_id = g.user_id and o.department_code = g.department_code
                      where g.delegate_id = u.id and o.role = any (cast(:delegable as text[])) and ${DELEGATION_IN_FORCE}
                    ) r) as grants
       from sessions s join users u on u.id = s.user_id
      where s.token_hash = :tokenHash and s.expires_at > :now and u.disabled_at is null`,
    { tokenHash, now, day: dayOf(now), delegable: [...DELEGABLE_ROLES] },
  );
  return rows[0] ?? null;
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
