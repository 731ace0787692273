/** The audit log as an auditor goes through it. */
import type { Knex } from 'knex';
import { everyRow, type RowsAfter } from './every-row';

export interface AuditFilter {
  /** Username; null: what the system did by itself. */
  actor?: string | null;
  /** A whole action or subject, or with `*` at its end what it begins with. */
  action?: string;
  subject?: string;
  address?: string;
  from?: Date;
  before?: Date;
}

export interface AuditRow {
  seq: number;
  place: number | null;
  at: Date;
  username: string | null;
  name: string | null;
  action: string;
  subject: string;
  address: string | null;
  request_id: string | null;
  before: unknown;
  after: unknown;
  hash: string | null;
}

/** The newest first, before the entry `before`. */
export function listAudit(
  db: Knex,
  filter: AuditFilter,
  before: number | null,
  limit: number,
): Promise<AuditRow[]> {
  const query = db('audit_log as a')
    .leftJoin('users as u', 'u.id', 'a.actor_id')
    .leftJoin('audit_links as l', 'l.seq', 'a.seq')
    .orderBy('a.seq', 'desc')
    .limit(limit)
    .select<AuditRow[]>(
      ...['a.seq', 'l.place', 'a.at', 'u.username', 'u.name', 'a.action', 'a.subject', 'a.address'],
      ...['a.request_id', 'a.before', 'a.after', 'l.hash'],
    );
  if (before !== null) query.where('a.seq', '<', before);
  if (filter.actor === null) query.whereNull('a.actor_id');
  else if (filter.actor !== undefined)
    query.where('a.actor_id', db('users').where({ username: filter.actor }).select('id'));
  for (const column of ['action', 'subject'] as const) {
    const wanted = filter[column];
    if (wanted === undefined) continue;
    if (wanted.endsWith('*')) query.whereRaw('starts_with(??, ?)', [`a.${column}`, wanted.slice(0, -1)]);
    else query.where(`a.${column}`, wanted);
  }
  if (filter.address !== undefined) query.where('a.address', filter.address);
  if (filter.from) query.where('a.at', '>=', filter.from);
  if (filter.before) query.where('a.at', '<', filter.before);
  return query;
}

/** All of them, piece by piece. */
export const streamAudit = (db: Knex, filter: AuditFilter): AsyncGenerator<AuditRow> =>
  everyRow(
    ({ limit, after = null }: RowsAfter<number | null>) => listAudit(db, filter, after, limit),
    (row) => row.seq,
  );
