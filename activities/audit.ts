import { ApplicationFailure } from '@temporalio/common';
import { insertCheck, listKeys, readLastCheckpoint } from '../db/audit-checkpoints';
import { witnessMail } from '../domain/audit/witness-mail';
import { dayOf } from '../domain/deadlines/working-days';
import { signHead, type AuditSigning } from './audit-checkpoints';
import type { Collaborators } from './collaborators';
import type { Mailer } from './mailer';
import { verifyAudit } from './verify-audit';

export interface AuditCollaborators extends Collaborators {
  audit: AuditSigning;
  mailer: Mailer;
  publicUrl: string;
  /** A mail address outside of the operator's house; null: none. */
  auditWitness?: string | null;
}

interface Checked {
  entries: number;
  problems: number;
}

export function createAuditActivities(collaborators: AuditCollaborators) {
  const { db, now, audit, mailer, publicUrl, auditWitness = null } = collaborators;
  return {
    /** Publishes what the audit log is today, after going through all of it; what is wrong with it is on record. */
    checkAndSignAudit: async (): Promise<Checked> => {
      const began = Date.now();
      const { entries, problems } = await verifyAudit(db, { folder: audit.folder, keys: null });
      await insertCheck(db, { at: now(), entries, seconds: (Date.now() - began) / 1000, problems });
      if (problems.length === 0) await signHead(db, audit, now(), 'daily');
      return { entries, problems: problems.length };
    },

    /** What was signed goes to who keeps it elsewhere. Twice where the answer was lost: it is the same mail. */
    tellAuditWitness: async ({ entries, problems }: Checked): Promise<void> => {
      if (auditWitness === null) return;
      const last = await readLastCheckpoint(db);
      const keys = (await listKeys(db)).map(({ key }) => key);
      const day = dayOf(now());
      const { answer, reply } = await mailer.send({
        messageId: `<audit-${day}-${entries}@${new URL(publicUrl).hostname}>`,
        to: auditWitness,
        ...witnessMail({ day, publicUrl, entries, problems, note: last?.note ?? null, keys }),
      });
      if (answer !== 'taken') throw ApplicationFailure.retryable(reply, 'mail-not-taken');
    },
  };
}
