/** Accounts as administrators see and keep them. */
import type { Knex } from 'knex';
import type { Grant } from '../domain/roles';
import { beyondSight } from './acting';
import { unlinkIdentities } from './provider-identities';
import { endAllSessions } from './sessions';

export interface HeldGrant extends Grant {
  /** As text of the database. */
  since: string;
}

export interface AccountRow {
  id: number;
  username: string;
  name: string;
  email: string | null;
  created_at: Date;
  disabled_at: Date | null;
  must_change_password: boolean;
  password_changed_at: Date;
  grants: HeldGrant[];
  second_factor: boolean;
  /** Roles that wait to be confirmed. */
  pending: number;
  /** Places where the person is signed in, and when one was last used. */
  sessions: number;
  last_used_at: Date | null;
}

export interface AccountFilter {
  id?: number;
  search?: string;
  role?: string;
  department?: string;
  isDisabled?: boolean;
  /** What the region codes of their grants begin with; who has none is seen by all keepers. */
  areas: readonly string[];
  now: Date;
  after?: string;
  limit: number;
}

/** By username; machines' accounts are the operator's. */
export async function listAccounts(db: Knex, filter: AccountFilter): Promise<AccountRow[]> {
  // How many sessions they have is all that is told of these.
  const { rows } = await beyondSight(db, (all) =>
    all.raw<{ rows: AccountRow[] }>(
      `select u.id, u.username, u.name, u.email, u.created_at, u.disabled_at, u.must_change_password, u.password_changed_at,
            (select coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'department', r.department_code,
                      'region', r.region_code, 'since', r.granted_at) order by r.role, r.department_code, r.region_code), '[]')
               from user_roles r where r.user_id = u.id) as grants,
            (select cast(count(*) as int) from role_requests q
              where q.user_id = u.id and q.status = 'pending' and q.expires_at > :now) as pending,
            s.sessions, s.last_used_at,
            exists (select from second_factors f where f.user_id = u.id and f.confirmed_at is not null) as second_factor
       from users u
      cross join lateral (select cast(count(*) as int) as sessions, max(last_used_at) as last_used_at from sessions
                           where user_id = u.id and expires_at > :now) s
      where (cast(:id as bigint) is null or u.id = :id)
        and not u.is_service
        and (cast(:search as text) is null or u.username ilike :search or u.name ilike :search)
        and (cast(:disabled as boolean) is null or (u.disabled_at is not null) = :disabled)
        and (cast(:role as text) is null
             or exists (select 1 from user_roles r where r.user_id = u.id and r.role = :role))
        and (cast(:department as text) is null
             or exists (select 1 from user_roles r where r.user_id = u.id and r.department_code = :department))
        and (not exists (select 1 from user_roles r where r.user_id = u.id)
             or exists (select 1 from user_roles r
                         where r.user_id = u.id and r.region_code like any (cast(:areas as text[]))))
        and u.username > coalesce(:after, '')
      order by u.username limit :limit`,
      {
        id: filter.id ?? null,
        search: filter.search === undefined ? null : `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`,
        role: filter.role ?? null,
        department: filter.department ?? null,
        disabled: filter.isDisabled ?? null,
        areas: filter.areas.map((prefix) => `${prefix}%`),
        now: filter.now,
        after: filter.after ?? null,
        limit: filter.limit,
      },
    ),
  );
  return rows;
}

/** Held until the transaction ends, so that what is checked of the person is so when it is acted on; by whoever keeps it. */
export async function lockAccount(
  trx: Knex,
  id: number,
  scope: Pick<AccountFilter, 'areas' | 'now'>,
): Promise<(AccountRow & { isHeld: boolean }) | null> {
  const held: unknown = await trx('users').where({ id }).forNoKeyUpdate().first('id');
  const [row] = await listAccounts(trx, { ...scope, id, limit: 1 });
  return row ? { ...row, isHeld: held !== undefined } : null;
}

/** Access ends at once, sessions included, or is given back; the roles stay. */
export async function setDisabled(trx: Knex, id: number, at: Date | null): Promise<void> {
  await trx('users').where({ id }).update({ disabled_at: at });
  if (at !== null) await endAllSessions(trx, id);
}

/**
 * A password that its owner has to change; what was open under the old one is over, and so are links to the identity provider,
 * which somebody who knew it may have made.
 */
export async function issuePassword(trx: Knex, id: number, passwordHash: string, at: Date): Promise<void> {
  await trx('users')
    .where({ id })
    .update({ password_hash: passwordHash, password_changed_at: at, must_change_password: true });
  await endAllSessions(trx, id);
  await beyondSight(trx, (all) => unlinkIdentities(all, id));
}
