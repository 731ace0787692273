import type { Collaborators } from './collaborators';

const IDEMPOTENCY_DAYS = 7;

export function createUpkeepActivities({ db, now }: Collaborators) {
  return {
    /** Forgets sessions, login failures and idempotency keys that have run out. */
    purgeExpired: async (): Promise<void> => {
      const at = now();
      await db('sessions').where('expires_at', '<', at).delete();
      await db('login_failures')
        .where('at', '<', new Date(at.getTime() - 86_400_000))
        .delete();
      await db('idempotency_keys')
        .where('created_at', '<', new Date(at.getTime() - IDEMPOTENCY_DAYS * 86_400_000))
        .delete();
    },
  };
}
