import { createReadStream } from 'node:fs';
import type { Knex } from 'knex';
import { runImport } from '../../imports/run-import';
import type { Contender } from './bench';
import type { ImportStage } from './import-stage';
import { metered } from './processor-time';

/** Ours on one file; what is in the registry before does not count. The outcome: rows added and changed. */
export const importContender = (
  name: string,
  stage: ImportStage,
  file: string,
  before?: string,
): Contender => ({
  name,
  run: () =>
    stage.inDatabase(async (db) => {
      if (before !== undefined) await importFile(db, before);
      const { outcome, ...run } = await metered(stage.postmaster, () => importFile(db, file));
      return { ...run, outcome: outcome.added + outcome.changed };
    }),
});

const importFile = (db: Knex, file: string) =>
  runImport(db, {
    ...{ kind: 'entities', mode: 'full', dryRun: false, fileName: 'bench.csv', startedBy: null },
    stream: createReadStream(file),
  });
