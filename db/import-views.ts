import type { Knex } from 'knex';

export interface ImportRow {
  id: number;
  kind: 'entities' | 'credit' | 'inspectors' | 'trainings' | 'items';
  /** An undo takes back what another import did. */
  mode: 'full' | 'changes' | 'undo';
  dry_run: boolean;
  file_name: string;
  encoding: string | null;
  status: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  phase: 'reading' | 'comparing' | 'writing' | null;
  /** In a hundred. */
  progress: number;
  rows_read: number;
  added: number;
  changed: number;
  ended: number;
  unchanged: number;
  refused: number;
  failure: string | null;
  departments: string[] | null;
  header: string[];
  file_sha256: string | null;
  undo_of: number | null;
  /** The import whose rows, refused for their region, this one tries again. */
  retry_of: number | null;
  reason: string | null;
  /** The undo that took it back, or is about to. */
  undone_by: number | null;
  /** No other import of its kind was carried out after it. */
  is_latest: boolean;
  started_by: number | null;
  started_by_name: string | null;
  cancelled_by: number | null;
  started_at: Date;
  finished_at: Date | null;
}

/** Newest first. */
export async function listImports(
  db: Knex,
  filter: { id?: number; kind?: ImportRow['kind']; beforeId?: number; limit: number },
): Promise<ImportRow[]> {
  const query = db('imports as i')
    .leftJoin('users as u', 'u.id', 'i.started_by')
    .orderBy('i.id', 'desc')
    .limit(filter.limit);
  if (filter.id !== undefined) void query.where('i.id', filter.id);
  if (filter.kind !== undefined) void query.where('i.kind', filter.kind);
  if (filter.beforeId !== undefined) void query.where('i.id', '<', filter.beforeId);
  return query.select<ImportRow[]>(
    'i.*',
    'u.name as started_by_name',
    db.raw(
      `(select n.id from imports n
         where n.undo_of = i.id and n.status in ('waiting', 'running', 'done')) as undone_by`,
    ),
    db.raw(
      `not exists (select 1 from imports n where ${registryOf('n')} = ${registryOf('i')} and n.id > i.id and n.status = 'done'
                      and not n.dry_run) as is_latest`,
    ),
  );
}

/** What is said of entities' credit goes into the registry of entities. */
const registryOf = (row: string): string =>
  `case ${row}.kind when 'credit' then 'entities' else ${row}.kind end`;

export async function readImport(db: Knex, id: number): Promise<ImportRow | null> {
  const [row] = await listImports(db, { id, limit: 1 });
  return row ?? null;
}

export interface RefusalRow {
  row_number: number;
  column_name: string;
  value: string;
  reason: string;
  message: string;
  cells: string[];
}

/** Why rows were refused, by row and column. */
export async function listRefusals(
  db: Knex,
  importId: number,
  after: [number, string, string] | null,
  limit: number,
): Promise<RefusalRow[]> {
  const query = db('import_refusals')
    .where({ import_id: importId })
    .orderBy(['row_number', 'column_name', 'reason'])
    .limit(limit);
  if (after) void query.whereRaw('(row_number, column_name, reason) > (?, ?, ?)', after);
  return await query.select<RefusalRow[]>('row_number', 'column_name', 'value', 'reason', 'message', 'cells');
}
