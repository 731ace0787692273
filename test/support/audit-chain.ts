import type { Knex } from 'knex';
import { verifyAudit } from '../../activities/verify-audit';
import { sealAudit } from '../../db/audit-chain';

/** Fails where the audit log was changed, cut or put between, or where an entry can get no place in the chain. */
export async function expectAuditIntact(db: Knex): Promise<void> {
  await sealAudit(db);
  const { problems, entries } = await verifyAudit(db, { folder: null, keys: null });
  expect(problems).toEqual([]);
  expect(entries).toBeGreaterThan(0);
}
