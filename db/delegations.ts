/** Who stands in for whom, on which days. */
import type { Knex } from 'knex';
import { ADMINISTRATORS } from '../domain/permissions/administrators';
import { beyondSight } from './acting';

export interface DelegationRow {
  id: number;
  user_id: number;
  person: string;
  delegate_id: number;
  delegate: string;
  department: string;
  from_day: string;
  until_day: string;
  reason: string;
  created_by: string;
  created_at: Date;
  ended_by: string | null;
  ended_at: Date | null;
}

/** The delegation `g` is in force on a day, given as SQL. */
export const delegationInForce = (day: string): string =>
  `g.ended_at is null and cast(${day} as date) between g.from_day and g.until_day`;

export const DELEGATION_IN_FORCE = delegationInForce(':day');

/** The latest first; of a person, on either side, and of departments. */
export async function listDelegations(
  db: Knex,
  filter: { id?: number; userId?: number; departments?: readonly string[] },
): Promise<DelegationRow[]> {
  const { rows } = await db.raw<{ rows: DelegationRow[] }>(
    `select g.id, g.user_id, u.name as person, g.delegate_id, d.name as delegate, g.department_code as department,
            g.from_day, g.until_day, g.reason, c.name as created_by, g.created_at, e.name as ended_by, g.ended_at
       from delegations g
       join users u on u.id = g.user_id
       join users d on d.id = g.delegate_id
       join users c on c.id = g.created_by
       left join users e on e.id = g.ended_by
      where (cast(:id as bigint) is null or g.id = :id)
        and (cast(:user as bigint) is null or g.user_id = :user or g.delegate_id = :user
             or g.department_code = any (cast(:departments as text[])))
      order by g.from_day desc, g.id desc limit 200`,
    {
      id: filter.id ?? null,
      user: filter.userId ?? null,
      departments: [...(filter.departments ?? [])],
    },
  );
  return rows;
}

/** People of departments who can sign in; no administrator, whose rights nobody takes over and who takes over nobody's. */
export async function listColleagues(
  db: Knex,
  departments: readonly string[],
): Promise<{ id: number; name: string; department: string }[]> {
  return db('user_roles as r')
    .join('users as u', 'u.id', 'r.user_id')
    .whereIn('r.department_code', [...departments])
    .where({ 'u.disabled_at': null, 'u.is_service': false })
    .whereNotIn('r.role', [...ADMINISTRATORS])
    .orderBy(['u.name', 'u.id'])
    .distinct<{ id: number; name: string; department: string }[]>({
      id: 'u.id',
      name: 'u.name',
      department: 'r.department_code',
    });
}

/** Delegations of these people, as who is away or who stands in, that touch a period. */
export async function findOverlapping(
  trx: Knex,
  { people, from, until }: { people: readonly number[]; from: string; until: string },
): Promise<DelegationRow[]> {
  await beyondSight(trx, async (all) =>
    all('users')
      .whereIn('id', [...people])
      .orderBy('id')
      .forNoKeyUpdate()
      .select('id'),
  );
  const own = await beyondSight(trx, (all) =>
    Promise.all(people.map((userId) => listDelegations(all, { userId }))),
  );
  return own.flat().filter((row) => row.ended_at === null && row.from_day <= until && row.until_day >= from);
}

export async function insertDelegation(
  trx: Knex,
  made: {
    userId: number;
    delegateId: number;
    department: string;
    from: string;
    until: string;
    reason: string;
    actorId: number;
    at: Date;
  },
): Promise<number> {
  const [row] = await trx('delegations')
    .insert({
      user_id: made.userId,
      delegate_id: made.delegateId,
      department_code: made.department,
      from_day: made.from,
      until_day: made.until,
      reason: made.reason,
      created_by: made.actorId,
      created_at: made.at,
    })
    .returning<{ id: number }[]>('id');
  return row?.id ?? 0;
}

/** False where it was ended before. */
export async function endDelegation(
  trx: Knex,
  id: number,
  { actorId, at }: { actorId: number; at: Date },
): Promise<boolean> {
  const changed = await trx('delegations')
    .where({ id })
    .whereNull('ended_at')
    .update({ ended_by: actorId, ended_at: at });
  return changed > 0;
}

/** Whose tasks a person sees as their own on a day. */
export async function listStoodInFor(db: Knex, delegateId: number, day: string): Promise<number[]> {
  const { rows } = await db.raw<{ rows: { id: number }[] }>(
    `select distinct g.user_id as id from delegations g where g.delegate_id = :delegate and ${DELEGATION_IN_FORCE} order by 1`,
    { delegate: delegateId, day },
  );
  return rows.map((row) => row.id);
}

/** Who stands in on a day for whom of these people. */
export async function listStandIns(
  db: Knex,
  people: readonly number[],
  day: string,
): Promise<{ person: number; delegate: number; name: string }[]> {
  const { rows } = await beyondSight(db, async (all) =>
    all.raw<{ rows: { person: number; delegate: number; name: string }[] }>(
      `select distinct g.user_id as person, g.delegate_id as delegate, u.name
       from delegations g join users u on u.id = g.delegate_id
      where g.user_id = any (cast(:people as bigint[])) and ${DELEGATION_IN_FORCE} order by 1, 2`,
      { people: [...people], day },
    ),
  );
  return rows;
}

/** Who stands in for whom on days of a period. */
export async function listStandInsBetween(
  db: Knex,
  from: string,
  until: string,
): Promise<{ person: number; delegate: number; from: string; until: string }[]> {
  return db('delegations')
    .whereNull('ended_at')
    .where('from_day', '<=', until)
    .where('until_day', '>=', from)
    .orderBy('id')
    .select({ person: 'user_id', delegate: 'delegate_id', from: 'from_day', until: 'until_day' });
}

/** Open results of a person that the delegate, who is not of those visits' teams, can't enter. */
export async function countBeyond(
  db: Knex,
  { userId, delegateId }: { userId: number; delegateId: number },
): Promise<number> {
  const { rows } = await beyondSight(db, async (all) =>
    all.raw<{ rows: [{ count: number }] }>(
      `select count(*) as count from tasks t
      where t.assignee_id = :userId and t.kind = 'results' and t.done_at is null and t.cancelled_at is null
        and not exists (select 1 from assignments a join inspectors i on i.id = a.inspector_id
                         where a.visit_id = t.visit_id and a.department_code = t.department_code
                           and i.user_id = :delegateId)`,
      { userId, delegateId },
    ),
  );
  return rows[0].count;
}
