/** One key of the audit log hands over to the next. */
import type { Knex } from 'knex';
import { appendAudit } from '../db/audit';
import { hasCheckpointFor } from '../db/audit-checkpoints';
import { formatKey, handingOver, type AuditKey } from '../domain/audit/checkpoint';
import { signHead, type AuditSigning } from './audit-checkpoints';

/** The former key's last checkpoint names the next one: nobody who lacks the former can bring in another. */
export async function handOver(db: Knex, former: AuditSigning, next: AuditKey, at: Date): Promise<void> {
  const reason = handingOver(next);
  do {
    await appendAudit(db, {
      ...{ actorId: null, action: 'audit.key', subject: `audit-key/${next.id}` },
      after: { key: formatKey(next), former: former.signer.id },
    });
    await signHead(db, former, at, reason);
    // A worker may have signed just this length for another reason: then over one entry more.
  } while (!(await hasCheckpointFor(db, reason)));
}
