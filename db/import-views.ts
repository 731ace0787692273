import type { Knex } from 'knex';

export interface ImportRow {
  id: number;
  kind: 'entities' | 'inspectors' | 'items';
  mode: 'full' | 'changes';
  dry_run: boolean;
  file_name: string;
  encoding: string | null;
  status: 'running' | 'done' | 'failed';
  rows_read: number;
  added: number;
  changed: number;
  ended: number;
  unchanged: number;
  refused: number;
  failure: string | null;
  started_at: Date;
  finished_at: Date | null;
}

/** Newest first. */
export async function listImports(
  db: Knex,
  filter: { id?: number; beforeId?: number; limit: number },
): Promise<ImportRow[]> {
  const query = db<ImportRow>('imports').orderBy('id', 'desc').limit(filter.limit);
  if (filter.id !== undefined) void query.where('id', filter.id);
  if (filter.beforeId !== undefined) void query.where('id', '<', filter.beforeId);
  return query.select('*');
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
