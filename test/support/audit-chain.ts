import { createHash } from 'node:crypto';
import type { Knex } from 'knex';

export interface AuditLine {
  seq: number;
  at: string;
  actor_id: number | null;
  action: string;
  subject: string;
  address: string | null;
  request_id: string | null;
  before: string | null;
  after: string | null;
  previous_hash: string;
  hash: string;
}

export async function readAudit(db: Knex): Promise<AuditLine[]> {
  const { rows } = await db.raw<{ rows: AuditLine[] }>(`
    select seq, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, actor_id, action, subject,
      address, request_id, before::text, after::text, previous_hash, hash
    from audit_log order by seq`);
  return rows;
}

/** Fails where a line was changed, removed or put between. */
export function expectIntact(log: readonly AuditLine[]): void {
  let previous = '0'.repeat(64);
  log.forEach((line, at) => {
    expect(line.seq).toBe(at + 1);
    expect(line.previous_hash).toBe(previous);
    expect(hashOf(line)).toBe(line.hash);
    previous = line.hash;
  });
}

function hashOf(line: AuditLine): string {
  const { seq, at, actor_id, action, subject, address, request_id, before, after, previous_hash } = line;
  const fields = [seq, at, actor_id, action, subject, address, request_id, before, after, previous_hash];
  return createHash('sha256').update(fields.join('\n')).digest('hex');
}
