import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Worker } from '@temporalio/worker';
import { createExchangeActivities } from '../../activities/exchange';
import { listImports } from '../../db/import-views';
import { EXCHANGE_QUEUE, workflowIds } from '../../domain/names';
import { checkCharacter } from '../../domain/registry/credit-code';
import { entitiesCsv } from '../../examples/as-csv';
import { inventedCity } from '../../examples/invented-city';
import { startExchange } from '../../server/temporal-gateway';
import { serverTime } from '../../server/worker';
import { keepHistory } from '../support/histories';
import { timeSkipping } from '../support/temporal';
import { until } from '../support/until';
import { workflowTown, type WorkflowTown } from '../support/workflow-town';

let town: WorkflowTown;
let folder: string;
let listener: Worker;
let listening: Promise<void>;
let inRegistry = '';

beforeAll(async () => {
  town = await workflowTown(timeSkipping());
  folder = mkdtempSync(path.join(os.tmpdir(), 'onevisit-exchange-'));
  const activities = createExchangeActivities(
    { db: town.db, now: serverTime, wakeImports: (kind) => town.worker.gateway.wakeImports(kind) },
    folder,
  );
  await activities.collectDeliveries();
  listener = await Worker.create({
    connection: town.env.nativeConnection,
    taskQueue: EXCHANGE_QUEUE,
    activities,
  });
  listening = listener.run();
}, 120_000);

afterAll(async () => {
  listener.shutdown();
  await listening;
  await town.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** As another system does that has been writing for a while. */
function deliver(box: string, name: string, content: string): void {
  const file = path.join(folder, 'in', box, name);
  writeFileSync(file, content);
  const aMinuteAgo = Date.now() / 1000 - 60;
  utimesSync(file, aMinuteAgo, aMinuteAgo);
}

interface Answered {
  delivery: string;
  answer: Record<string, unknown>;
}

const answered = (): Answered[] =>
  readdirSync(path.join(folder, 'answered')).map((delivery) => ({
    delivery,
    answer: JSON.parse(
      readFileSync(path.join(folder, 'answered', delivery, 'answer.json'), 'utf8'),
    ) as Answered['answer'],
  }));

async function answerTo(file: string): Promise<Answered> {
  const [seen] = await until(
    async () => {
      await town.env.sleep('30 seconds');
      return answered().filter(({ answer }) => answer['file'] === file);
    },
    (found) => found.length > 0,
  );
  if (!seen) throw new Error(`${file} has no answer`);
  return seen;
}

test('files of other systems become imports, and are answered in their folder', async () => {
  const city = inventedCity({ entities: 40, today: '2026-05-06' });
  const known = new Set(await town.db('regions').pluck<string[]>('code'));
  const entities = city.entities.filter(({ regionCode }) => known.has(regionCode));
  const [first, second] = entities;
  if (!first || !second) throw new Error('the city has entities');
  inRegistry = first.creditCode;
  const unknown = `91690000MA0000000${checkCharacter('91690000MA0000000')}`;
  deliver('entities-changes', 'entities.csv', entitiesCsv({ ...city, entities }));
  deliver('entities-changes', 'not-a-table.csv', 'a,b\n1,2\n');
  deliver('entities-changes', 'still-writing.csv.part', 'x');
  await startExchange(town.env.client);
  expect(await answerTo('entities.csv')).toMatchObject({
    answer: { status: 'done', added: entities.length, refused: 0 },
  });
  expect(await answerTo('not-a-table.csv')).toMatchObject({
    answer: { status: 'failed', failure: expect.stringContaining('表头') as string },
  });
  expect(existsSync(path.join(folder, 'in', 'entities-changes', 'still-writing.csv.part'))).toBe(true);

  deliver(
    'credit-changes',
    'credit.csv',
    [
      '统一社会信用代码,信用风险类别,异常标记',
      `${first.creditCode},D,经营异常`,
      `${second.creditCode},Z,`,
      `${unknown},A,`,
    ].join('\n'),
  );
  const { delivery, answer } = await answerTo('credit.csv');
  expect(answer).toMatchObject({ status: 'done', changed: 1, added: 0, refused: 2 });
  const refused = readFileSync(path.join(folder, 'answered', delivery, 'refused.csv'), 'utf8');
  expect(refused).toContain('名录库中没有这个对象');
  expect(refused).toContain('信用风险类别应为 A、B、C 或 D');
  expect(await town.db('entities').where({ credit_code: first.creditCode }).first()).toMatchObject({
    name: first.name,
    risk_class: 'D',
    flags: ['abnormal-operations'],
  });
  // The one named `exchange` is of before results were delivered by the folder.
  await keepHistory(town.env.client, workflowIds.exchange, 'exchange-deliveries');
});

test('what was interrupted is carried on, and imported once', async () => {
  const csv = '统一社会信用代码,投诉举报次数\n';
  // Moved, but not yet an import.
  const moved = path.join(folder, 'taken', '20260506000000-0a0b0c0d.credit-changes', 'file');
  mkdirSync(moved, { recursive: true });
  writeFileSync(path.join(moved, 'moved.csv'), `${csv}${inRegistry},4711\n`);
  // Ended, and its answer half written.
  const { delivery } = await answerTo('credit.csv');
  const ended = path.join(folder, 'taken', '20260506000001-0a0b0c0d.credit-changes');
  mkdirSync(path.join(ended, 'file'), { recursive: true });
  writeFileSync(path.join(ended, 'file', 'credit-again.csv'), csv);
  writeFileSync(path.join(ended, 'answer.json'), '{"fi');
  await town
    .db('imports')
    .where({ delivery })
    .update({ delivery: path.basename(ended), file_name: 'credit-again.csv' });

  expect((await answerTo('moved.csv')).answer).toMatchObject({ status: 'done', changed: 1 });
  expect((await answerTo('credit-again.csv')).answer).toMatchObject({ status: 'done', changed: 1 });
  const runs = await listImports(town.db, { kind: 'credit', limit: 10 });
  expect(runs.map((run) => run.file_name).sort()).toEqual(['credit-again.csv', 'moved.csv']);
});
