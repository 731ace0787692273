/** The tree of regions as it is kept: names, codes that moved, and what imports met that is neither. */
import type { Knex } from 'knex';
import { RegionBook, type RegionMove } from '../domain/regions/region-book';

export async function readRegionBook(db: Knex): Promise<RegionBook> {
  const [codes, moves] = await Promise.all([
    db('regions').pluck<string[]>('code'),
    db('region_moves').select<RegionMove[]>({ from: 'old_code', to: 'new_code' }),
  ]);
  return new RegionBook(new Set(codes), moves);
}

/** `replaced`: how often an import met which replaced code. */
export async function countReplaced(trx: Knex, replaced: ReadonlyMap<string, number>): Promise<void> {
  if (replaced.size === 0) return;
  await trx.raw(
    `update region_moves m set used = m.used + n.used
       from unnest(cast(? as text[]), cast(? as bigint[])) as n(code, used) where m.old_code = n.code`,
    [[...replaced.keys()], [...replaced.values()]],
  );
}

/** Until the transaction ends nobody else changes the tree. */
export async function lockRegions(trx: Knex): Promise<void> {
  await trx.raw(`select pg_advisory_xact_lock(hashtext('onevisit.regions'))`);
}

export interface RegionRow {
  code: string;
  name: string;
  parent_code: string | null;
}

export async function findRegion(db: Knex, code: string): Promise<RegionRow | undefined> {
  return db<RegionRow>('regions').where({ code }).first();
}

export async function renameRegion(trx: Knex, code: string, name: string): Promise<void> {
  await trx('regions').where({ code }).update({ name });
}

/** Inspectors that name the region itself as one they serve. */
export async function countServing(db: Knex): Promise<Map<string, number>> {
  const { rows } = await db.raw<{ rows: { code: string; count: number }[] }>(
    `select r.code, count(*) as count from inspectors i, unnest(i.regions) as r(code)
      where i.ended_at is null group by r.code`,
  );
  return new Map(rows.map(({ code, count }) => [code, count]));
}

/** Where a region is mentioned; a kind of entities stays on record when none is of it any more. */
const USES: readonly (readonly [string, string])[] = [
  ['检查对象（含历史）', `select 1 from entity_kinds where region_code = :code`],
  ['执法人员', `select 1 from inspectors where cast(:code as text) = any (regions)`],
  ['部门', `select 1 from departments where region_code = :code`],
  ['用户权限', `select 1 from user_roles where region_code = :code`],
  ['下级区划', `select 1 from regions where parent_code = :code`],
  ['抽查事项', `select 1 from item_versions where cast(:code as text) = any (object_regions)`],
  ['抽查', `select 1 from campaigns where cast(:code as text) = any (region_codes)`],
  ['年度计划', `select 1 from annual_plan_lines where cast(:code as text) = any (region_codes)`],
  [
    '比例和频次政策',
    `select 1 from ratio_policies where rows @> jsonb_build_array(jsonb_build_object('region', cast(:code as text)))`,
  ],
  ['变更的代码', `select 1 from region_moves where new_code = :code`],
];

/** What mentions a region, in words. */
export async function usesOfRegion(db: Knex, code: string): Promise<string[]> {
  const { rows } = await db.raw<{ rows: { what: string }[] }>(
    USES.map(([what, sql]) => `select '${what}' as what where exists (${sql})`).join(' union all '),
    { code },
  );
  return rows.map(({ what }) => what);
}

export async function deleteRegion(trx: Knex, code: string): Promise<void> {
  await trx('regions').where({ code }).delete();
}

export interface RegionMoveRow {
  old_code: string;
  new_code: string;
  since: string | null;
  reason: string;
  recorded_by: number | null;
  recorded_by_name: string | null;
  recorded_at: Date;
  used: number;
}

export async function listRegionMoves(db: Knex): Promise<RegionMoveRow[]> {
  return db('region_moves as m')
    .leftJoin('users as u', 'u.id', 'm.recorded_by')
    .orderBy('m.old_code')
    .select<RegionMoveRow[]>('m.*', 'u.name as recorded_by_name');
}

export async function saveRegionMove(
  trx: Knex,
  move: Pick<RegionMoveRow, 'old_code' | 'new_code' | 'since' | 'reason' | 'recorded_by'>,
): Promise<void> {
  await trx('region_moves')
    .insert(move)
    .onConflict('old_code')
    .merge({ ...move, recorded_at: trx.fn.now() });
}

export async function deleteRegionMove(trx: Knex, oldCode: string): Promise<void> {
  await trx('region_moves').where({ old_code: oldCode }).delete();
}

export interface UnknownRegionRow {
  import_id: number;
  kind: 'entities' | 'inspectors' | 'items';
  file_name: string;
  at: Date;
  is_latest: boolean;
  /** The cell: a list of codes where the column takes one. */
  value: string;
  rows: number;
  first_row: number;
  cells: string[];
}

const REPORTING_IMPORTS = 50;
const REPORTED_VALUES = 500;

/** What the last imports refused for its region, the newest first; what was tried again since is reported there. */
export async function listUnknownRegions(db: Knex): Promise<UnknownRegionRow[]> {
  const { rows } = await db.raw<{ rows: UnknownRegionRow[] }>(
    `with reporting as (
       select i.id, i.kind, i.file_name, i.finished_at,
              not exists (select 1 from imports n where n.kind = i.kind and n.id > i.id and n.status = 'done'
                             and not n.dry_run) as is_latest
         from imports i
        where i.status = 'done' and not i.dry_run and i.refused > 0
          and exists (select 1 from import_refusals r where r.import_id = i.id and r.reason = 'unknown-region')
          and not exists (select 1 from imports n where n.retry_of = i.id and n.status in ('waiting', 'running', 'done'))
        order by i.id desc limit ${REPORTING_IMPORTS}
     ), counted as (
       select r.import_id, r.value, count(*) as rows, min(r.row_number) as first_row
         from import_refusals r join reporting i on i.id = r.import_id
        where r.reason = 'unknown-region'
        group by r.import_id, r.value
        order by r.import_id desc, count(*) desc limit ${REPORTED_VALUES}
     )
     select c.import_id, i.kind, i.file_name, i.finished_at as at, i.is_latest, c.value, c.rows, c.first_row, r.cells
       from counted c
       join reporting i on i.id = c.import_id
       join lateral (select cells from import_refusals r
                      where r.import_id = c.import_id and r.row_number = c.first_row and r.reason = 'unknown-region'
                      limit 1) r on true
      order by c.import_id desc, c.rows desc, c.value`,
  );
  return rows;
}

/** Rows that an import refused for their region, as they were, in the order of the file. */
export async function listRegionRefusals(
  db: Knex,
  importId: number,
  afterRow: number,
  limit: number,
): Promise<{ row_number: number; cells: string[] }[]> {
  const { rows } = await db.raw<{ rows: { row_number: number; cells: string[] }[] }>(
    `select distinct on (row_number) row_number, cells from import_refusals
      where import_id = :importId and reason = 'unknown-region' and row_number > :afterRow
      order by row_number limit :limit`,
    { importId, afterRow, limit },
  );
  return rows;
}
