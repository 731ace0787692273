import type { Knex } from 'knex';
import type { Names } from '../domain/oversight/report';

export interface DepartmentRow {
  code: string;
  name: string;
  short_name: string;
  region_code: string;
  kind: 'inspecting' | 'list-registrar' | 'credit' | 'budget' | 'supervision' | 'leading-group';
}

export async function listRegions(
  db: Knex,
): Promise<{ code: string; name: string; parentCode: string | null }[]> {
  return db('regions').orderBy('code').select({ code: 'code', name: 'name', parentCode: 'parent_code' });
}

/** Full names by code. */
export async function readDepartmentNames(db: Knex): Promise<Map<string, string>> {
  const rows = await db('departments').select<{ code: string; name: string }[]>('code', 'name');
  return new Map(rows.map((row) => [row.code, row.name]));
}

export async function listDepartments(db: Knex): Promise<DepartmentRow[]> {
  return db<DepartmentRow>('departments')
    .orderBy('code')
    .select('code', 'name', 'short_name', 'region_code', 'kind');
}

/** What people call a department; its code where there is none of that name. */
export async function departmentName(db: Knex, code: string): Promise<string> {
  const row = await db<DepartmentRow>('departments').where({ code }).first('short_name');
  return row?.short_name ?? code;
}

/** What people call departments and regions, by code. */
export async function readNames(db: Knex): Promise<Names> {
  const departments = await listDepartments(db);
  const regions = await listRegions(db);
  return {
    departments: Object.fromEntries(departments.map((one) => [one.code, one.short_name])),
    regions: Object.fromEntries(regions.map((one) => [one.code, one.name])),
  };
}
