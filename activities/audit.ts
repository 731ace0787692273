import { insertCheck } from '../db/audit-checkpoints';
import { signHead, type AuditSigning } from './audit-checkpoints';
import type { Collaborators } from './collaborators';
import { verifyAudit } from './verify-audit';

export interface AuditCollaborators extends Collaborators {
  audit: AuditSigning;
}

export function createAuditActivities({ db, now, audit }: AuditCollaborators) {
  return {
    /** Publishes what the audit log is today, after going through all of it; what is wrong with it is on record. */
    checkAndSignAudit: async (): Promise<{ entries: number; problems: number }> => {
      const began = Date.now();
      const { entries, problems } = await verifyAudit(db, { folder: audit.folder, keys: null });
      await insertCheck(db, { at: now(), entries, seconds: (Date.now() - began) / 1000, problems });
      if (problems.length === 0) await signHead(db, audit, now(), 'daily');
      return { entries, problems: problems.length };
    },
  };
}
