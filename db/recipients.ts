import type { Knex } from 'knex';
import { prefixOf } from '../domain/regions/covers';
import type { Role } from '../domain/roles';

/** Users of a role, in a department or of any kind of department, who are not disabled. */
export async function usersWith(
  db: Knex,
  who: { role: Role; department?: string; kind?: string; regions?: readonly string[] },
): Promise<number[]> {
  const query = db('user_roles as r')
    .join('users as u', 'u.id', 'r.user_id')
    .join('departments as d', 'd.code', 'r.department_code')
    .where('r.role', who.role)
    .whereNull('u.disabled_at')
    .distinct('u.id')
    .orderBy('u.id');
  if (who.department !== undefined) void query.where('r.department_code', who.department);
  if (who.kind !== undefined) void query.where('d.kind', who.kind);
  const rows = await query.select<{ id: number; region_code: string }[]>('r.region_code');
  const reaching = rows.filter((row) =>
    (who.regions ?? []).every((region) => region.startsWith(prefixOf(row.region_code))),
  );
  return [...new Set(reaching.map((row) => row.id))];
}
