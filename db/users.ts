import type { Knex } from 'knex';
import { conflict, invalid, notFound, type FieldProblem } from '../domain/errors';
import { togetherProblem } from '../domain/permissions/administrators';
import type { Grant } from '../domain/roles';
import { unlinkIdentities } from './provider-identities';
import { endAllSessions } from './sessions';

export interface NewUser {
  username: string;
  name: string;
  email: string | null;
  passwordHash: string;
  /** Whether it serves to choose another one and for nothing else. */
  mustChangePassword: boolean;
  grants: readonly Grant[];
  /** A machine, which calls by keys and signs in nowhere. */
  isService?: boolean;
}

export interface UserRow {
  id: number;
  username: string;
  name: string;
  email: string | null;
  createdAt: Date;
  disabledAt: Date | null;
  grants: Grant[];
}

/** Adds a person with roles; departments and regions must exist. Gives the new id. */
export async function insertUser(trx: Knex, user: NewUser): Promise<number> {
  const username = user.username.toLowerCase();
  const problem = togetherProblem(user.grants.map(({ role }) => role));
  if (problem !== null) throw invalid('roles-apart', problem, [{ field: 'role', message: problem }]);
  await assertKnownGrants(trx, user.grants);
  const [inserted] = await trx('users')
    .insert({
      username,
      name: user.name,
      email: user.email,
      password_hash: user.passwordHash,
      must_change_password: user.mustChangePassword,
      is_service: user.isService ?? false,
    })
    .onConflict('username')
    .ignore()
    .returning<{ id: number }[]>('id');
  if (!inserted) throw conflict('username-taken', `用户名 ${username} 已被使用`);
  if (user.grants.length === 0) return inserted.id;
  await trx('user_roles').insert(
    user.grants.map(({ role, department, region }) => ({
      user_id: inserted.id,
      role,
      department_code: department,
      region_code: region,
    })),
  );
  return inserted.id;
}

/** Names by id. */
export async function readUserNames(db: Knex, ids: readonly number[]): Promise<Map<number, string>> {
  const rows = await db('users')
    .whereIn('id', [...ids])
    .select<{ id: number; name: string }[]>('id', 'name');
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** Everybody, with roles, by username. */
export async function listUsers(db: Knex): Promise<UserRow[]> {
  const { rows } = await db.raw<{ rows: UserRow[] }>(`
    select u.id, u.username, u.name, u.email, u.created_at as "createdAt", u.disabled_at as "disabledAt",
           (select coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'department', r.department_code,
                     'region', r.region_code) order by r.role, r.department_code, r.region_code), '[]')
              from user_roles r where r.user_id = u.id) as grants
      from users u order by u.username`);
  return rows;
}

/** Ends the person's access at once, sessions included. History keeps the name. */
export async function disableUser(trx: Knex, username: string): Promise<number> {
  return endSessions(trx, username, { disabled_at: trx.fn.now() });
}

/**
 * Sets a new password that its owner has to change, lets a disabled person in again, and ends all sessions of the old one; who
 * knew that may have linked an account of theirs at the identity provider.
 */
export async function setPassword(trx: Knex, username: string, passwordHash: string): Promise<number> {
  const id = await endSessions(trx, username, {
    password_hash: passwordHash,
    password_changed_at: trx.fn.now(),
    must_change_password: true,
    disabled_at: null,
  });
  await unlinkIdentities(trx, id);
  return id;
}

/** By which the person's browsers encrypt what they keep. */
export async function readBrowserKey(db: Knex, id: number): Promise<string> {
  const row = await db('users').where({ id }).first<{ browser_key: string } | undefined>('browser_key');
  if (!row) throw notFound('user-not-found', `没有用户 ${id}`);
  return row.browser_key;
}

/** The owner's own choice. */
export async function changePassword(trx: Knex, id: number, passwordHash: string, at: Date): Promise<void> {
  await trx('users')
    .where({ id })
    .update({ password_hash: passwordHash, password_changed_at: at, must_change_password: false });
}

async function endSessions(trx: Knex, username: string, changes: Record<string, unknown>): Promise<number> {
  const [user] = await trx('users')
    .where({ username: username.toLowerCase() })
    .update(changes)
    .returning<{ id: number }[]>('id');
  if (!user) throw notFound('user-not-found', `没有用户 ${username}`);
  await endAllSessions(trx, user.id);
  return user.id;
}

export async function assertKnownGrants(db: Knex, grants: readonly Grant[]): Promise<void> {
  const problems: FieldProblem[] = [];
  for (const [field, table, wanted] of [
    ['department', 'departments', grants.map((grant) => grant.department)],
    ['region', 'regions', grants.map((grant) => grant.region)],
  ] as const) {
    const rows = await db(table).select<{ code: string }[]>('code').orderBy('code');
    const known = rows.map((row) => row.code);
    for (const code of new Set(wanted)) {
      if (known.includes(code)) continue;
      const some = known.slice(0, 20).join('、') || '（无）';
      problems.push({ field, message: `没有 ${code}，现有：${some}${known.length > 20 ? '…' : ''}` });
    }
  }
  if (problems.length > 0) throw invalid('unknown-grant', '部门或区划不存在', problems);
}
