import type { z } from 'zod';
import { readFigures, readInspectorLoads } from '../../db/figures';
import { readNames } from '../../db/organisation';
import { listOverseenTasks } from '../../db/overseen-tasks';
import { reportOf } from '../../domain/oversight/report';
import type { Actor } from '../../domain/roles';
import type { ApiContext } from '../context';
import { boardContract as contract, type BOARD_TABLES } from '../contract/board';
import { decodeCursor, pageOf } from '../cursor';
import { implement, type ApiRequest, type FileAnswer } from '../implement';
import { figureFilter } from '../oversight/figure-filter';
import { overseenTaskOf } from '../oversight/overseen-task';
import { REPORT_TABLES, TASK_TABLE, tableFile, type TableFormat } from '../oversight/report-tables';
import type { boardQuery, overseenTaskTableQuery } from '../schemas/board';
import type { TableColumn } from '../tables';

const MOST_ROWS = 100_000;

type BoardQuery = z.output<typeof boardQuery>;
type BoardTable = (typeof BOARD_TABLES)[number];

export const boardRoutes = [
  implement(contract.readBoard, ({ query, actor }, context) => report(query, actor, context)),

  implement(contract.readInspectorLoads, async ({ query, actor }, context) => ({
    rows: await loads(query, actor, context),
  })),

  implement(contract.listOverseenTasks, async ({ query, actor }, { db, now }) => {
    const { cursor, limit, kind = null, outcome = null, ...asked } = query;
    const after = decodeCursor(cursor, isPosition);
    const names = await readNames(db);
    const rows = await listOverseenTasks(db, {
      ...figureFilter(asked, actor, now()),
      ...{ kind, outcome, limit: limit + 1 },
      ...(after === undefined ? {} : { after }),
    });
    const page = pageOf(rows, limit, (row) => ({ dueAt: row.due_at.toISOString(), id: row.id }));
    return { ...page, rows: page.rows.map((row) => overseenTaskOf(row, names)) };
  }),

  implement(contract.downloadOverseenTasksCsv, (request, context) => taskFile(request, context, 'csv')),
  implement(contract.downloadOverseenTasksXlsx, (request, context) => taskFile(request, context, 'xlsx')),
  implement(contract.downloadBoardCsv, (request, context) => boardFile(request, context, 'csv')),
  implement(contract.downloadBoardXlsx, (request, context) => boardFile(request, context, 'xlsx')),
];

async function report(query: BoardQuery, actor: Actor, { db, now }: ApiContext) {
  const [figures, names] = await Promise.all([
    readFigures(db, figureFilter(query, actor, now())),
    readNames(db),
  ]);
  return reportOf(figures, names);
}

async function loads(query: BoardQuery, actor: Actor, { db, now }: ApiContext) {
  const names = await readNames(db);
  const rows = await readInspectorLoads(db, figureFilter(query, actor, now()));
  return rows.map(({ department, ...row }) => ({
    ...row,
    department: { code: department, name: names.departments[department] ?? department },
  }));
}

const LOAD_TABLE: readonly TableColumn<Awaited<ReturnType<typeof loads>>[number]>[] = [
  { header: '执法人员编号', value: (row) => row.code },
  { header: '姓名', value: (row) => row.name },
  { header: '部门', value: (row) => row.department.name },
  { header: '检查户次', value: (row) => row.visits },
];

async function boardFile(
  { params, query, actor }: ApiRequest<{ table: BoardTable }, BoardQuery, unknown>,
  context: ApiContext,
  format: TableFormat,
): Promise<FileAnswer> {
  const name = `oversight-${params.table}-${query.from}-${query.to}`;
  if (params.table !== 'inspectors')
    return REPORT_TABLES[params.table](await report(query, actor, context), format, name);
  const rows = await loads(query, actor, context);
  return tableFile({ title: '检查人员工作量', columns: LOAD_TABLE, rows }, format, name);
}

async function taskFile(
  { query, actor }: ApiRequest<unknown, z.output<typeof overseenTaskTableQuery>, unknown>,
  { db, now }: ApiContext,
  format: TableFormat,
): Promise<FileAnswer> {
  const { kind = null, outcome = null, ...asked } = query;
  const filter = { ...figureFilter(asked, actor, now()), kind, outcome, limit: MOST_ROWS };
  const [found, names] = await Promise.all([listOverseenTasks(db, filter), readNames(db)]);
  const rows = found.map((row) => overseenTaskOf(row, names));
  return tableFile({ title: '任务明细', columns: TASK_TABLE, rows }, format, 'oversight-tasks');
}

const isPosition = (value: unknown): value is { dueAt: string; id: number } =>
  typeof value === 'object' &&
  value !== null &&
  'dueAt' in value &&
  'id' in value &&
  typeof value.dueAt === 'string' &&
  typeof value.id === 'number';
