import { FAILURES_COUNT_MS } from '../domain/sign-in/lock-out';
import { sweepEvidence } from '../evidence/sweep';
import type { EvidenceStore } from '../evidence/store';
import type { Collaborators } from './collaborators';

const IDEMPOTENCY_DAYS = 7;

/** As long as the cookie of a browser lasts at which somebody signed in. */
const PLACE_DAYS = 180;

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
      await db('sessions').where('expires_at', '<', at).delete();
      await db('sign_in_challenges').where('expires_at', '<', at).delete();
      await db('login_failures')
        .where('at', '<', new Date(at.getTime() - FAILURES_COUNT_MS))
        .delete();
      await db('sign_in_places')
        .where('last_at', '<', new Date(at.getTime() - PLACE_DAYS * 86_400_000))
        .delete();
      await db('idempotency_keys')
        .where('created_at', '<', new Date(at.getTime() - IDEMPOTENCY_DAYS * 86_400_000))
        .delete();
      if (at.getUTCHours() === SWEEP_HOUR_UTC) await sweepEvidence(db, evidence);
    },
  };
}
