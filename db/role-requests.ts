/** Roles that one administrator asked for and another decides on. */
import type { Knex } from 'knex';
import { requestExpiry, type RequestState } from '../domain/permissions/role-requests';
import type { Grant, Role } from '../domain/roles';

export interface RoleRequestRow {
  id: number;
  user_id: number;
  username: string;
  name: string;
  role: Role;
  department: string;
  region: string;
  reason: string;
  requested_by: number;
  requester: string;
  requested_at: Date;
  expires_at: Date;
  status: RequestState;
  decider: string | null;
  decided_at: Date | null;
  note: string;
}

export interface RequestFilter {
  id?: number;
  userId?: number;
  /** Open ones, whose time is not over at `now`; or all others. */
  isOpen?: boolean;
  now: Date;
  /** What the region codes begin with. */
  areas?: readonly string[];
  beforeId?: number;
  limit: number;
}

/** The latest first. */
export async function listRoleRequests(db: Knex, filter: RequestFilter): Promise<RoleRequestRow[]> {
  const { rows } = await db.raw<{ rows: RoleRequestRow[] }>(
    `select q.id, q.user_id, u.username, u.name, q.role, q.department_code as department, q.region_code as region,
            q.reason, q.requested_by, a.name as requester, q.requested_at, q.expires_at, q.status, d.name as decider,
            q.decided_at, q.note
       from role_requests q
       join users u on u.id = q.user_id
       join users a on a.id = q.requested_by
       left join users d on d.id = q.decided_by
      where (cast(:id as bigint) is null or q.id = :id)
        and (cast(:user as bigint) is null or q.user_id = :user)
        and (cast(:open as boolean) is null or (q.status = 'pending' and q.expires_at > :now) = :open)
        and (cast(:areas as text[]) is null or q.region_code like any (cast(:areas as text[])))
        and q.id < coalesce(cast(:before as bigint), 9223372036854775807)
      order by q.id desc limit :limit`,
    {
      id: filter.id ?? null,
      user: filter.userId ?? null,
      open: filter.isOpen ?? null,
      now: filter.now,
      areas: filter.areas?.map((prefix) => `${prefix}%`) ?? null,
      before: filter.beforeId ?? null,
      limit: filter.limit,
    },
  );
  return rows;
}

/** Held until the transaction ends: of two who decide at once the second sees what the first decided. */
export async function lockRoleRequest(trx: Knex, id: number, now: Date): Promise<RoleRequestRow | null> {
  await trx('role_requests').where({ id }).forUpdate().first('id');
  const [row] = await listRoleRequests(trx, { id, now, limit: 1 });
  return row ?? null;
}

/** null: the same was asked for already and waits. */
export async function insertRoleRequest(
  trx: Knex,
  wanted: Grant & { userId: number; reason: string; actorId: number; at: Date },
): Promise<number | null> {
  const { userId, role, department, region, reason, actorId, at } = wanted;
  await trx('role_requests')
    .where({ user_id: userId, status: 'pending' })
    .where('expires_at', '<=', at)
    .update({ status: 'expired' });
  const [row] = await trx('role_requests')
    .insert({
      ...{ user_id: userId, role, department_code: department, region_code: region, reason },
      ...{ requested_by: actorId, requested_at: at, expires_at: requestExpiry(at) },
    })
    .onConflict(trx.raw(`(user_id, role, department_code, region_code) where status = 'pending'`))
    .ignore()
    .returning<{ id: number }[]>('id');
  return row?.id ?? null;
}

export async function closeRoleRequest(
  trx: Knex,
  id: number,
  decision: { status: 'confirmed' | 'returned' | 'withdrawn'; actorId: number; at: Date; note: string },
): Promise<void> {
  const { status, actorId, at, note } = decision;
  await trx('role_requests').where({ id }).update({ status, decided_by: actorId, decided_at: at, note });
}

/** What was confirmed holds from now on. */
export async function grantRole(trx: Knex, request: RoleRequestRow, at: Date): Promise<void> {
  await trx('user_roles')
    .insert({
      ...{ user_id: request.user_id, role: request.role, department_code: request.department },
      ...{ region_code: request.region, request_id: request.id, granted_at: at },
    })
    .onConflict(['user_id', 'role', 'department_code', 'region_code'])
    .ignore();
}

/** False where the person did not have it. */
export async function endRole(
  trx: Knex,
  userId: number,
  { role, department, region }: Grant,
): Promise<boolean> {
  const ended = await trx('user_roles')
    .where({ user_id: userId, role, department_code: department, region_code: region })
    .delete();
  return ended > 0;
}
