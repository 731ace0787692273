import type { Knex } from 'knex';
import { readInspectorLoads } from '../../db/inspector-loads';
import { listDepartments } from '../../db/organisation';
import { readPastDraws } from '../../db/past-draws';
import { inspectorCounts } from '../../domain/statistics/workloads';
import type { Scope } from './scope';

/** Inspectors belong to departments: those whose seat lies in the area. */
export async function inspectorsOf(db: Knex, scope: Scope) {
  const [past, departments] = await Promise.all([readPastDraws(db), listDepartments(db)]);
  const asked = past.filter((draw) => scope.isAsked(draw.campaign, draw.frozenAt));
  const own = new Map(
    departments
      .filter((one) => scope.isInArea(one.region_code))
      .map((one) => [one.code, one.short_name] as const),
  );
  const loads = (
    await readInspectorLoads(
      db,
      asked.map((draw) => draw.ceremonyId),
    )
  ).filter((load) => own.has(load.department));
  const names = new Map(loads.map((load) => [load.inspector, load.name]));
  return {
    draws: asked.length,
    rows: inspectorCounts(loads).map(({ department, ...row }) => ({
      ...row,
      name: names.get(row.inspector) ?? row.inspector,
      department: { code: department, name: own.get(department) ?? department },
    })),
  };
}
