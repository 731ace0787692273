/**
 * Published results for systems that fetch files (docs/exchange.md), and what those answer:
 *
 *     out/TARGET/FILE                under its final name once it is whole
 *     ack/TARGET/FILE                acknowledgements
 *     answered/…ack-TARGET/file/FILE once it is read, and beside it answer.json
 */
import { createReadStream } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Knex } from 'knex';
import { storeAnswers, targetCodes, type WaitingDelivery } from '../db/deliveries';
import { ACKNOWLEDGEMENT_COLUMNS, readAnswer, type RowAnswer } from '../domain/deliveries/acknowledgement';
import { DomainError } from '../domain/errors';
import type { Answer } from '../domain/notices/delivery';
import { openTable } from '../imports/read-table';
import { spool } from '../imports/spool';
import type { Collaborators } from './collaborators';
import { filesIn, isSettled, takenName } from './exchange-folder';
import { sendDeliveries } from './send-deliveries';

const UNKNOWN = '没有发送过这一行：请核对文件名、统一社会信用代码和事项编码';
/** An answer is for people to look through. */
const LISTED = 1000;

export function createFolderDeliveries({ db, now }: Collaborators, folder: string) {
  const at = (...parts: string[]): string => path.join(folder, ...parts);

  async function handOver({ target, file_name: name, content }: WaitingDelivery): Promise<Handed> {
    try {
      await mkdir(at('out', target), { recursive: true });
      const unfinished = at('out', target, `.${name}.part`);
      await writeFile(unfinished, content, { flush: true });
      await rename(unfinished, at('out', target, name));
      return { answer: 'taken', reply: path.posix.join('out', target, name) };
    } catch (error) {
      // Where the folder is on the machine concerns nobody who reads this.
      return { answer: 'unusable', reply: (error as Error).message.replaceAll(folder, '') };
    }
  }

  async function readAcknowledgement(target: string, name: string): Promise<void> {
    const file = at('ack', target, name);
    if (!(await isSettled(file))) return;
    const answer = await takeAnswers(db, target, file, now()).catch((error: unknown) => {
      if (!(error instanceof DomainError) || error.kind === 'unavailable') throw error;
      return { status: 'failed', failure: error.message };
    });
    const answered = at('answered', takenName(`ack-${target}`));
    await mkdir(path.join(answered, 'file'), { recursive: true });
    await writeFile(
      path.join(answered, 'answer.json'),
      `${JSON.stringify({ file: name, ...answer }, null, 2)}\n`,
    );
    // Last: whatever is interrupted before is read again, and answers the same.
    await rename(file, path.join(answered, 'file', name));
  }

  return {
    exchangeDeliveries: async (): Promise<void> => {
      await sendDeliveries({ db, kind: 'folder', clock: now, handOver });
      const failures: unknown[] = [];
      for (const code of await targetCodes(db)) {
        await mkdir(at('ack', code), { recursive: true });
        for (const name of await filesIn(at('ack', code))) {
          // One file that can't be read must not keep the others waiting.
          await readAcknowledgement(code, name).catch((error: unknown) => failures.push(error));
        }
      }
      if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('; '));
    },
  };
}

interface Handed {
  answer: Answer;
  reply: string;
}

async function takeAnswers(db: Knex, target: string, file: string, at: Date) {
  const spooled = await spool(createReadStream(file));
  try {
    const table = await openTable(spooled, ACKNOWLEDGEMENT_COLUMNS);
    const answers: RowAnswer[] = [];
    const problems: { row: number; message: string }[] = [];
    for await (const rows of table.rows()) {
      for (const { rowNumber, cells } of rows) {
        const answer = readAnswer(table.header, rowNumber, cells);
        if (typeof answer === 'string') problems.push({ row: rowNumber, message: answer });
        else answers.push(answer);
      }
    }
    const unknown = await db.transaction((trx) => storeAnswers(trx, target, answers, at));
    problems.push(...unknown.map((row) => ({ row, message: UNKNOWN })));
    const left = new Set(unknown);
    const known = answers.filter((answer) => !left.has(answer.rowNumber));
    const accepted = known.filter((answer) => answer.accepted).length;
    return {
      ...{ status: 'done', failure: null, rowsRead: answers.length + problems.length - unknown.length },
      ...{ accepted, refused: known.length - accepted, notUnderstood: problems.length },
      problems: problems.sort((one, other) => one.row - other.row).slice(0, LISTED),
    };
  } finally {
    await spooled.remove();
  }
}
