import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Knex } from 'knex';
import { median } from './support/alternate';
import type { Bench, Contender } from './support/bench';
import { importContender } from './support/import-contender';
import { COPIED, importStage, type ImportStage } from './support/import-stage';
import { metered } from './support/processor-time';

export const bench: Bench = {
  about:
    'a registry file into the empty registry, with all checks and its history, beside bare COPY and batched inserts',
  sizeOf: 'entities',
  defaultSize: 1_000_000,
  async prepare(size) {
    const stage = await importStage(size);
    const copy = contender('COPY from a file on the server', stage, async (db) => {
      await db.raw(`copy entities (${COPIED}) from '${stage.files.forCopy}' with (format csv, header)`);
    });
    const inserts = contender('knex, inserts of 1,000 rows', stage, (db) =>
      insertAll(db, stage.files.forCopy),
    );
    return {
      ours: importContender('OneVisit', stage, stage.files.first),
      peers: [copy, inserts],
      check: (outcomes) => {
        const wrong = [...outcomes].filter(([, rows]) => rows !== size);
        if (wrong.length > 0) throw new Error(`not ${size} rows: ${JSON.stringify(wrong)}`);
        const faster = (medianOf(inserts) / medianOf(copy)).toFixed(2);
        return `COPY itself is ${faster} times as fast as the inserts: nothing that writes this table is five times as fast`;
      },
      close: stage.close,
    };
  },
};

interface Kept extends Contender {
  seconds: number[];
}

/** Without the round that warms up. */
const medianOf = ({ seconds }: Kept): number => median(seconds.slice(1));

function contender(name: string, stage: ImportStage, work: (db: Knex) => Promise<void>): Kept {
  const seconds: number[] = [];
  return {
    ...{ name, seconds },
    run: () =>
      stage.inDatabase(async (db) => {
        const run = await metered(stage.postmaster, () => work(db));
        seconds.push(run.seconds);
        const { rows } = await db.raw<{ rows: [{ count: number }] }>('select count(*) from entities');
        return { ...run, outcome: rows[0].count };
      }),
  };
}

async function insertAll(db: Knex, file: string): Promise<void> {
  const columns = COPIED.split(', ');
  await db.transaction(async (trx) => {
    let batch: Record<string, string>[] = [];
    let isHeader = true;
    for await (const line of createInterface({ input: createReadStream(file) })) {
      if (isHeader) {
        isHeader = false;
        continue;
      }
      const cells = line.split(',');
      batch.push(Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? ''])));
      if (batch.length < 1000) continue;
      await trx('entities').insert(batch);
      batch = [];
    }
    if (batch.length > 0) await trx('entities').insert(batch);
  });
}
