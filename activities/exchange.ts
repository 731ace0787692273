/**
 * Files that other systems put into a folder: taken from there as imports, and answered in it (docs/exchange.md).
 *
 *     in/entities-full/FILE          what a box is called says what is done with its files
 *     taken/DELIVERY/file/FILE       while its import has not ended
 *     answered/DELIVERY/file/FILE    and beside it answer.json and, where rows were refused, refused.csv
 *
 * A file only moves by being renamed, and the database knows a delivery by its name: whatever is interrupted, it is
 * imported once.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Knex } from 'knex';
import { deliveredImport } from '../db/import-jobs';
import type { ImportRow } from '../db/import-views';
import type { ImportKind, ImportMode } from '../db/imports';
import { DomainError } from '../domain/errors';
import { storeJob } from '../imports/jobs';
import { refusedCsv } from '../imports/refused-rows';
import { createFolderDeliveries } from './folder-deliveries';
import { filesIn, isSettled, takenName } from './exchange-folder';

/** Boxes by name, and what is done with a file in them. */
const BOXES: Readonly<Record<string, { kind: ImportKind; mode: ImportMode }>> = {
  'entities-full': { kind: 'entities', mode: 'full' },
  'entities-changes': { kind: 'entities', mode: 'changes' },
  'credit-changes': { kind: 'credit', mode: 'changes' },
  'inspectors-full': { kind: 'inspectors', mode: 'full' },
  'inspectors-changes': { kind: 'inspectors', mode: 'changes' },
  'trainings-changes': { kind: 'trainings', mode: 'changes' },
};

export interface ExchangeCollaborators {
  db: Knex;
  /** The time by the Temporal server. */
  now: () => Date;
  /** Wakes who carries out the imports of a kind. */
  wakeImports: (kind: ImportKind) => Promise<void>;
}

export type ExchangeActivities = ReturnType<typeof createExchangeActivities>;

export function createExchangeActivities({ db, now, wakeImports }: ExchangeCollaborators, folder: string) {
  const at = (...parts: string[]): string => path.join(folder, ...parts);

  async function take(box: string, name: string): Promise<void> {
    const file = at('in', box, name);
    if (!(await isSettled(file))) return;
    const delivery = takenName(box);
    await mkdir(at('taken', delivery, 'file'), { recursive: true });
    await rename(file, at('taken', delivery, 'file', name));
  }

  async function carryOn(delivery: string): Promise<void> {
    const [name] = await filesIn(at('taken', delivery, 'file'));
    // Left by somebody who was interrupted before the file moved.
    if (name === undefined) return rm(at('taken', delivery), { recursive: true });
    const known = await deliveredImport(db, delivery);
    if (known) return hasEnded(known) ? answerImport(delivery, known) : undefined;
    const order = BOXES[path.extname(delivery).slice(1)];
    if (!order) return;
    const job = {
      ...{ ...order, delivery, fileName: name },
      ...{ dryRun: false, startedBy: null, departments: null },
    };
    try {
      await storeJob(db, job, createReadStream(at('taken', delivery, 'file', name)));
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind === 'unavailable') throw error;
      return answer(delivery, { file: name, status: 'failed', failure: error.message });
    }
    await wakeImports(order.kind);
  }

  async function answerImport(delivery: string, run: ImportRow): Promise<void> {
    if (run.refused > 0) {
      await pipeline(refusedCsv(db, run), createWriteStream(at('taken', delivery, 'refused.csv')));
    }
    await answer(delivery, answerOf(run));
  }

  async function answer(delivery: string, text: object): Promise<void> {
    await writeFile(at('taken', delivery, 'answer.json'), `${JSON.stringify(text, null, 2)}\n`);
    await rename(at('taken', delivery), at('answered', delivery));
  }

  return {
    ...createFolderDeliveries({ db, now }, folder),

    collectDeliveries: async (): Promise<void> => {
      for (const parts of [...Object.keys(BOXES).map((box) => ['in', box]), ['taken'], ['answered']]) {
        await mkdir(at(...parts), { recursive: true });
      }
      const failures: unknown[] = [];
      // One file that can't be read must not keep the others waiting.
      const attempt = (step: Promise<void>) => step.catch((error: unknown) => failures.push(error));
      for (const box of Object.keys(BOXES)) {
        for (const name of await filesIn(at('in', box))) await attempt(take(box, name));
      }
      for (const delivery of (await readdir(at('taken'))).sort()) await attempt(carryOn(delivery));
      if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('; '));
    },
  };
}

const hasEnded = ({ status }: ImportRow): boolean => status !== 'waiting' && status !== 'running';

const answerOf = (run: ImportRow) => ({
  import: run.id,
  file: run.file_name,
  sha256: run.file_sha256,
  status: run.status,
  failure: run.failure,
  rowsRead: run.rows_read,
  added: run.added,
  changed: run.changed,
  ended: run.ended,
  unchanged: run.unchanged,
  refused: run.refused,
  finishedAt: run.finished_at?.toISOString() ?? null,
});
