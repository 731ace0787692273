// The built parsers in a process of their own: what hangs or eats memory is ended there, and the tests go on.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';

const require = createRequire(import.meta.url);
const built = (name) => require(path.join(import.meta.dirname, '../../../dist', `${name}.js`));

const { DomainError } = built('domain/errors');
const { RegionBook } = built('domain/regions/region-book');
const { openTable } = built('imports/read-table');
const { spool } = built('imports/spool');
const { receive } = built('evidence/receive');
const { folderStore } = built('evidence/folder-store');
const { EVIDENCE_TYPES } = built('domain/evidence/types');
const { Found } = built('server/verify/report');
const { verifyBundle } = built('server/verify/verify-bundle');
const { parseReport } = built('activities/parse-report');
const { calendarOf } = built('api/tasks/calendar-of');
const { contract } = built('api/contract/index');
const acknowledgement = built('domain/deliveries/acknowledgement');
const { tagFinder } = built('domain/registry/tags');
const { DEFAULT_TAG_RULES } = built('domain/registry/tag-rules');
const entity = built('domain/registry/entity-row');
const credit = built('domain/registry/credit-row');
const inspector = built('domain/registry/inspector-row');
const item = built('domain/registry/item-row');
const training = built('domain/registry/training-row');

const DAY = '2026-05-06';
const context = {
  today: DAY,
  regions: new RegionBook(new Set(['610902']), [{ from: '612401', to: '610902' }]),
  tagsOf: tagFinder(DEFAULT_TAG_RULES),
  tagOf: (text) => DEFAULT_TAG_RULES.find((rule) => [rule.tag, rule.label].includes(text))?.tag,
  departmentOf: (text) => (text === '市场监管局' ? 'SCJG' : undefined),
  departments: null,
};
const TABLES = {
  entities: [entity.ENTITY_COLUMNS, (...row) => entity.readEntityRow(...row, context)],
  credit: [credit.CREDIT_COLUMNS, credit.readCreditRow],
  inspectors: [inspector.INSPECTOR_COLUMNS, (...row) => inspector.readInspectorRow(...row, context)],
  items: [item.ITEM_COLUMNS, (...row) => item.readItemRow(...row, context)],
  trainings: [training.TRAINING_COLUMNS, (...row) => training.readTrainingRow(...row, DAY)],
  acknowledgements: [
    acknowledgement.ACKNOWLEDGEMENT_COLUMNS,
    (header, _width, cells) => acknowledgement.readAnswer(header, 2, cells),
  ],
};
const folder = mkdtempSync(path.join(os.tmpdir(), 'onevisit-fuzz-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const POLICY = {
  fileBytes: 50e6,
  visitBytes: 50e6,
  types: Object.keys(EVIDENCE_TYPES),
  keepsOriginals: true,
};

/** Name → bytes to what is kept of them for the test. */
const PARSERS = {
  ...Object.fromEntries(
    Object.entries(TABLES).map(([name, table]) => [name, (bytes) => readTable(bytes, ...table)]),
  ),
  bundle: async (bytes) => {
    const { ok, checks } = await verifyBundle(bytes);
    return { ok, checks: checks.length };
  },
  'record-of-a-draw': async (bytes) => {
    const { bundle, record, ceremonies } = JSON.parse(bytes.toString());
    const from = (text) => text && Buffer.from(text, 'base64');
    const { ok } = await verifyBundle(from(bundle), {
      record: from(record),
      ceremonies: from(ceremonies),
      company: 'x',
    });
    return { ok };
  },
  report: async (bytes) => ({ reports: (await parseReport(bytes)).length }),
  evidence: (bytes) =>
    receive(folderStore(folder), Readable.from([bytes]), POLICY, ({ type }) => Promise.resolve({ type })),
  json: (bytes) => {
    const { endpoint, text } = JSON.parse(bytes.toString());
    let body;
    try {
      body = JSON.parse(text);
    } catch {
      return { taken: false };
    }
    return { taken: contract[endpoint].body.safeParse(body).success };
  },
  calendar: (bytes) => {
    const { owner, tasks, visits, url } = JSON.parse(bytes.toString(), (key, value) =>
      /(_at|At)$/.test(key) && value !== null ? new Date(value) : value,
    );
    return { text: calendarOf(owner, tasks, visits, url) };
  },
};

async function readTable(bytes, columns, read) {
  const file = await spool(Readable.from([bytes]));
  try {
    const table = await openTable(file, columns);
    let rows = 0;
    for await (const some of table.rows()) {
      for (const { cells } of some) read(table.header, table.width, cells);
      rows += some.length;
    }
    return { rows };
  } finally {
    await file.remove();
  }
}

process.on('message', async ({ parser, input }) => {
  const before = process.cpuUsage();
  const answer = await parse(parser, Buffer.from(input, 'base64'));
  const { user, system } = process.cpuUsage(before);
  process.send({ ...answer, cpuMs: (user + system) / 1000, megabytes: process.memoryUsage().rss / 2 ** 20 });
});
process.on('disconnect', () => process.exit());
process.send({ ready: true });

/** Refused is whatever is told to a user in words of ours; anything else that is thrown is a crash. */
async function parse(parser, bytes) {
  try {
    return { outcome: 'read', kept: await PARSERS[parser](bytes) };
  } catch (error) {
    return error instanceof DomainError || error instanceof Found
      ? { outcome: 'refused', kept: { type: error.type } }
      : { outcome: 'crashed', kept: { error: error?.stack ?? String(error) } };
  }
}
