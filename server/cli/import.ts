import { createReadStream, createWriteStream, statSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import type { Knex } from 'knex';
import { refusalsOf, refusedCsv } from '../../imports/refused-rows';
import { runImport } from '../../imports/run-import';
import { orderUndo } from '../../imports/undo';
import { readImport, type ImportRow } from '../../db/import-views';
import type { ImportKind, ImportMode } from '../../db/imports';
import { migrate } from '../../db/migrate';
import { dayOf } from '../../domain/deadlines/working-days';
import { conflict, invalid, notFound } from '../../domain/errors';
import { runJob } from '../../imports/jobs';
import { runCli, UsageError } from './run-cli';
import { withDatabase } from './with-database';

const HELP = `npm run import -- entities|credit|inspectors|trainings|items 文件.csv [--mode full|changes] [--dry-run] [--json] [--refusals 输出.csv]

       npm run import -- undo 编号 --reason 理由 [--json]

entities    检查对象名录 / the registry of entities
credit      对象的信用信息 / what is said of entities' credit
inspectors  执法检查人员名录 / the registry of inspectors
trainings   执法人员的培训 / inspectors' trainings
items       抽查事项（导入为草稿，由编办公布） / items, as drafts that the list office publishes

  --mode changes   只更新文件里有的（默认） / touch only what the file names (default)
  --mode full      文件即全部：文件里没有的记为终止 / the file is everything: what it does not name is ended
  --dry-run        只检查，不改动 / check and change nothing
  --json           机器可读的输出 / output for scripts
  --refusals FILE  把被拒绝的行写成 CSV / write the refused rows to a CSV file
  undo ID          撤销最近一次名录导入 / take back the last import of a registry
  --reason TEXT    撤销的理由，留在记录中 / why, for the record
  --help           本说明 / this text
XLSX，或 CSV：UTF-8、GB18030 或 UTF-16，第一行为表头 / XLSX or CSV with a header row.
退出码 exit codes: 0 全部成功 all rows are in, 3 有行被拒绝 some rows were refused, 2 用法错误 wrong call, 1 失败 failed`;

const KINDS: readonly ImportKind[] = ['entities', 'credit', 'inspectors', 'trainings', 'items'];
const MODES: readonly ImportMode[] = ['full', 'changes'];

interface Options {
  mode?: string;
  'dry-run'?: boolean;
  json?: boolean;
  refusals?: string;
  reason?: string;
}

runCli('import', async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      mode: { type: 'string' },
      'dry-run': { type: 'boolean' },
      json: { type: 'boolean' },
      refusals: { type: 'string' },
      reason: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  if (positionals[0] === 'undo') {
    const call = readUndo(positionals, values);
    await withDatabase(async (db) => {
      await migrate(db);
      await report(db, await undo(db, call), values);
    });
    return;
  }
  const { kind, file, mode } = readCall(positionals, values);
  await withDatabase(async (db) => {
    await migrate(db);
    const run = await runImport(db, {
      kind,
      mode,
      dryRun: values['dry-run'] ?? false,
      fileName: path.basename(file),
      startedBy: null,
      stream: createReadStream(file),
    });
    await report(db, run, values);
    if (run.refused > 0) process.exitCode = 3;
  });
});

function readCall(positionals: readonly string[], options: Options) {
  const [kindName = '', file, ...rest] = positionals;
  const kind = KINDS.find((each) => each === kindName);
  if (!kind)
    throw new UsageError(`应为 ${KINDS.join('、')} 之一 / expected one of ${KINDS.join(', ')}: ${kindName}`);
  if (file === undefined) throw new UsageError('缺少文件 / the file is missing');
  if (rest.length > 0) throw new UsageError(`多余的参数 / unexpected: ${rest.join(' ')}`);
  const mode = MODES.find((each) => each === (options.mode ?? 'changes'));
  if (!mode)
    throw new UsageError(`--mode 应为 full 或 changes / must be full or changes: ${options.mode ?? ''}`);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
    throw invalid('no-such-file', `没有这个文件 / no such file: ${file}`);
  }
  return { kind, file, mode };
}

function readUndo([, number = '', ...rest]: readonly string[], { reason = '' }: Options) {
  if (rest.length > 0) throw new UsageError(`多余的参数 / unexpected: ${rest.join(' ')}`);
  if (!/^\d{1,15}$/.test(number))
    throw new UsageError(`应为导入编号 / expected the id of an import: ${number}`);
  if (reason.trim() === '') throw new UsageError('请用 --reason 写明理由 / --reason is missing');
  return { id: Number(number), reason: reason.trim() };
}

async function undo(db: Knex, { id, reason }: { id: number; reason: string }): Promise<ImportRow> {
  const run = await readImport(db, id);
  if (!run) throw notFound('import-not-found', `没有编号为 ${id} 的导入 / there is no import ${id}`);
  const undoId = await db.transaction((trx) => orderUndo(trx, run, { startedBy: null, reason }));
  const find = async () => {
    const row = await readImport(db, undoId);
    if (!row) throw new Error(`import ${undoId} is gone`);
    return row;
  };
  await runJob(db, await find(), dayOf(new Date()));
  const done = await find();
  if (done.status !== 'done') throw conflict('undo-failed', done.failure ?? done.status);
  return done;
}

async function report(db: Knex, run: ImportRow, options: Options): Promise<void> {
  if (options.refusals !== undefined) {
    await pipeline(refusedCsv(db, run), createWriteStream(options.refusals));
  }
  if (options.json) {
    const refusals: unknown[] = [];
    for await (const { row_number, column_name, value, reason, message } of refusalsOf(db, run.id)) {
      refusals.push({ rowNumber: row_number, column: column_name, value, reason, message });
    }
    console.log(JSON.stringify({ ...summaryOf(run), refusals }));
    return;
  }
  for await (const row of refusalsOf(db, run.id)) {
    console.log(
      `第 ${String(row.row_number)} 行  ${row.column_name}  “${shortened(row.value)}”  ${row.message}  [${row.reason}]`,
    );
  }
  console.log(
    [
      `${run.mode === 'undo' ? '已撤销 undone' : run.dry_run ? '试运行（没有改动） dry run (nothing was changed)' : '导入完成 imported'}：${run.file_name}（${run.encoding ?? ''}），编号 id ${String(run.id)}`,
      `  读入 rows ${String(run.rows_read)}，新增 added ${String(run.added)}，变更 changed ${String(run.changed)}，终止 ended ${String(run.ended)}，未变 unchanged ${String(run.unchanged)}，拒绝 refused ${String(run.refused)}`,
    ].join('\n'),
  );
}

const summaryOf = (run: ImportRow) => ({
  id: run.id,
  kind: run.kind,
  mode: run.mode,
  dryRun: run.dry_run,
  fileName: run.file_name,
  encoding: run.encoding,
  status: run.status,
  rowsRead: run.rows_read,
  added: run.added,
  changed: run.changed,
  ended: run.ended,
  unchanged: run.unchanged,
  refused: run.refused,
});

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
