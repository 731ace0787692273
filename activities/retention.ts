import { appendAudit } from '../db/audit';
import { ERASURE_RULES, eraseDue } from '../db/retention';
import type { Knex } from 'knex';
import type { Collaborators } from './collaborators';

/** How many rows of each set were erased; sets of which none was due are left out. */
export type Erased = Record<string, number>;

/** Erases what the periods have ended; how much of what goes into the audit log, never of whom. */
export async function eraseAllDue(db: Knex, at: Date): Promise<Erased> {
  const erased: Erased = {};
  for (const rule of ERASURE_RULES) {
    const count = await eraseDue(db, rule, at);
    if (count > 0) erased[rule.name] = count;
  }
  if (Object.keys(erased).length > 0) {
    await appendAudit(db, {
      ...{ actorId: null, action: 'retention.erase', subject: 'personal-data', after: erased },
    });
  }
  return erased;
}

export function createRetentionActivities({ db, now }: Collaborators) {
  return {
    erasePersonalData: (): Promise<Erased> => eraseAllDue(db, now()),
  };
}
