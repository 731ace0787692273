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
    .where({ 'u.disabled_at': null, 'u.is_service': false })
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

/** Whether somebody works for the department. */
export async function worksFor(db: Knex, userId: number, department: string): Promise<boolean> {
  const found: unknown = await db('user_roles')
    .where({ user_id: userId, department_code: department })
    .first('user_id');
  return found !== undefined;
}

/** Who oversees these regions, from the supervision office in charge of the smallest area around all of them. */
export async function supervisorOf(
  db: Knex,
  regions: readonly string[],
): Promise<{ userId: number; department: string } | null> {
  const rows = await db('user_roles as r')
    .join('users as u', 'u.id', 'r.user_id')
    .where('r.role', 'supervisor')
    .where({ 'u.disabled_at': null, 'u.is_service': false })
    .orderBy(['r.department_code', 'u.id'])
    .select<{ id: number; department: string; region: string }[]>({
      id: 'u.id',
      department: 'r.department_code',
      region: 'r.region_code',
    });
  const [nearest] = rows
    .filter((row) => regions.every((region) => region.startsWith(prefixOf(row.region))))
    .sort((a, b) => prefixOf(b.region).length - prefixOf(a.region).length);
  return nearest ? { userId: nearest.id, department: nearest.department } : null;
}
