import { nextJob } from '../db/import-jobs';
import { failImport, type ImportKind } from '../db/imports';
import { dayOf } from '../domain/deadlines/working-days';
import { failureText } from '../imports/failure-text';
import { runJob } from '../imports/jobs';
import type { Collaborators } from './collaborators';

export function createImportActivities({ db, now }: Collaborators) {
  return {
    /** The oldest import of the kind that has not ended; false where there is none. */
    carryOutNextImport: async (kind: ImportKind): Promise<boolean> => {
      const job = await nextJob(db, kind);
      if (job) await runJob(db, job, dayOf(now()));
      return job !== null;
    },

    /** Of one that could not be carried out however often it was tried. */
    giveUpImport: async (kind: ImportKind): Promise<void> => {
      const job = await nextJob(db, kind);
      if (job) await failImport(db, job.id, failureText(null));
    },
  };
}
