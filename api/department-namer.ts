import type { Knex } from 'knex';
import { listDepartments } from '../db/organisation';

/** Departments by code and short name. */
export async function departmentNamer(db: Knex): Promise<(code: string) => { code: string; name: string }> {
  const names = new Map((await listDepartments(db)).map((one) => [one.code, one.short_name]));
  return (code) => ({ code, name: names.get(code) ?? code });
}
