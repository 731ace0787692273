import { ERASURE_RULES, eraseDue } from '../db/retention';
import { sweepEvidence } from '../evidence/sweep';
import type { EvidenceStore } from '../evidence/store';
import type { Collaborators } from './collaborators';

/** At night in the city: it goes through the whole store. */
const SWEEP_HOUR_UTC = 19;

export interface UpkeepCollaborators extends Collaborators {
  evidence: EvidenceStore;
}

export function createUpkeepActivities({ db, now, evidence }: UpkeepCollaborators) {
  return {
    /** Forgets sessions, login failures and idempotency keys that have run out; nightly, files on which nothing stands. */
    purgeExpired: async (): Promise<void> => {
      const at = now();
      for (const rule of ERASURE_RULES.filter(({ isOften }) => isOften)) await eraseDue(db, rule, at);
      if (at.getUTCHours() === SWEEP_HOUR_UTC) await sweepEvidence(db, evidence);
    },
  };
}
