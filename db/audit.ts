import type { Knex } from 'knex';

export interface AuditEntry {
  actorId: number | null;
  action: string;
  /** What was acted on, as `kind/code`. */
  subject: string;
  address?: string | null;
  requestId?: string | null;
  before?: unknown;
  after?: unknown;
}

/** Appends to the hash-chained log inside the transaction of the command it records. */
export async function appendAudit(trx: Knex, entry: AuditEntry): Promise<void> {
  await trx('audit_log').insert({
    actor_id: entry.actorId,
    action: entry.action,
    subject: entry.subject,
    address: entry.address ?? null,
    request_id: entry.requestId ?? null,
    before: entry.before === undefined ? null : JSON.stringify(entry.before),
    after: entry.after === undefined ? null : JSON.stringify(entry.after),
  });
}
