import type { Knex } from 'knex';
import type { Actor, Grant } from '../domain/roles';
import type { KeyScope } from '../domain/permissions/key-scopes';

export interface NewKey {
  userId: number;
  name: string;
  prefix: string;
  hash: string;
  scopes: readonly KeyScope[];
  replaces: string | null;
  createdBy: number;
  createdAt: Date;
  expiresAt: Date;
}

export interface KeyRow {
  id: string;
  userId: number;
  username: string;
  userName: string;
  name: string;
  prefix: string;
  scopes: KeyScope[];
  replaces: string | null;
  isReplaced: boolean;
  creator: string;
  createdAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
  lastUsedAddress: string | null;
}

export interface ServiceUser {
  id: number;
  username: string;
  name: string;
  grants: Grant[];
}

/** What a call by a key is known by. */
export interface KeyCaller {
  actor: Actor;
  keyId: string;
  scopes: KeyScope[];
}

const GRANTS = `(select coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'department', r.department_code,
  'region', r.region_code) order by r.role, r.department_code, r.region_code), '[]') from user_roles r where r.user_id = u.id)`;

/** Within this time a key's last use need not be written again. */
const USE_NOTED_MS = 60_000;

/** Whose key it is, with what it is good for; null: nobody's, or one that is over. */
export async function readKey(
  db: Knex,
  hash: string,
  now: Date,
  address: string | null,
): Promise<KeyCaller | null> {
  const { rows } = await db.raw<{
    rows: (Actor & { keyId: string; scopes: KeyScope[]; lastUsedAt: Date | null })[];
  }>(
    `select u.id, u.username, u.name, ${GRANTS} as grants, k.id as "keyId", k.scopes, k.last_used_at as "lastUsedAt"
       from api_keys k join users u on u.id = k.user_id
      where k.hash = :hash and k.expires_at > :now and k.revoked_at is null and u.disabled_at is null and u.is_service`,
    { hash, now },
  );
  if (!rows[0]) return null;
  const { keyId, scopes, lastUsedAt, ...actor } = rows[0];
  if (lastUsedAt === null || now.getTime() - lastUsedAt.getTime() > USE_NOTED_MS) {
    await db('api_keys').where({ id: keyId }).update({ last_used_at: now, last_used_address: address });
  }
  return { actor, keyId, scopes };
}

export async function insertKey(trx: Knex, key: NewKey): Promise<string> {
  const [row] = await trx('api_keys')
    .insert({
      user_id: key.userId,
      name: key.name,
      prefix: key.prefix,
      hash: key.hash,
      scopes: [...key.scopes],
      replaces: key.replaces,
      created_by: key.createdBy,
      created_at: key.createdAt,
      expires_at: key.expiresAt,
    })
    .returning<{ id: string }[]>('id');
  if (!row) throw new Error('no key was inserted');
  return row.id;
}

const listed = (db: Knex) =>
  db('api_keys as k')
    .join('users as u', 'u.id', 'k.user_id')
    .join('users as c', 'c.id', 'k.created_by')
    .select(db.raw('exists (select 1 from api_keys n where n.replaces = k.id) as "isReplaced"'))
    .select<KeyRow[]>({
      id: 'k.id',
      userId: 'k.user_id',
      username: 'u.username',
      userName: 'u.name',
      name: 'k.name',
      prefix: 'k.prefix',
      scopes: 'k.scopes',
      replaces: 'k.replaces',
      creator: 'c.name',
      createdAt: 'k.created_at',
      expiresAt: 'k.expires_at',
      revokedAt: 'k.revoked_at',
      lastUsedAt: 'k.last_used_at',
      lastUsedAddress: 'k.last_used_address',
    });

/** All keys, the newest first. */
export const listKeys = async (db: Knex): Promise<KeyRow[]> => listed(db).orderBy('k.created_at', 'desc');

/** One key, which nobody else changes until the transaction ends. */
export async function lockKey(trx: Knex, id: string): Promise<KeyRow | null> {
  await trx('api_keys').where({ id }).forUpdate().select('id');
  // Read only now: what was done while this waited is seen.
  const rows: KeyRow[] = await listed(trx).where('k.id', id);
  return rows[0] ?? null;
}

export async function endKeyAt(trx: Knex, id: string, expiresAt: Date): Promise<void> {
  await trx('api_keys').where({ id }).update({ expires_at: expiresAt });
}

export async function revokeKey(trx: Knex, id: string, by: number, at: Date): Promise<void> {
  await trx('api_keys').where({ id }).update({ revoked_at: at, revoked_by: by });
}

/** Who keys can be made for. */
export async function listServiceUsers(db: Knex): Promise<ServiceUser[]> {
  const { rows } = await db.raw<{ rows: ServiceUser[] }>(
    `select u.id, u.username, u.name, ${GRANTS} as grants
       from users u where u.is_service and u.disabled_at is null order by u.username`,
  );
  return rows;
}
