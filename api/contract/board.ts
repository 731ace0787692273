import { z } from 'zod';
import {
  boardQuery,
  inspectorLoads,
  overseenTask,
  overseenTaskQuery,
  overseenTaskTableQuery,
  oversightReport,
} from '../schemas/board';
import { pageOf } from '../schemas/common';
import { endpoint } from './endpoint';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const BOARD_TABLES = [
  'departments',
  'regions',
  'kinds',
  'trend',
  'plan',
  'publication',
  'coverage',
  'workload',
  'inspectors',
  'orders',
] as const;

const seen = { method: 'get', tag: 'oversight' } as const;

const table = (id: string, extension: string, file: string) =>
  endpoint({
    ...seen,
    id,
    path: `/oversight/{table}.${extension}`,
    summary: `督查统计的一张表（${extension.toUpperCase()}）`,
    params: z.object({ table: z.enum(BOARD_TABLES) }),
    query: boardQuery,
    answer: null,
    file,
  });

const tasks = (id: string, extension: string, file: string) =>
  endpoint({
    ...seen,
    id,
    path: `/oversight/tasks.${extension}`,
    summary: `数字背后的逐项任务（${extension.toUpperCase()}）`,
    query: overseenTaskTableQuery,
    answer: null,
    file,
  });

/** The board of the supervision office: for a period, an area and a department (plan 4.4). */
export const boardContract = {
  readBoard: endpoint({
    ...seen,
    id: 'readBoard',
    path: '/oversight',
    summary: '督查统计：到期任务、按时、逾期、趋势、排名、计划、公示、覆盖、工作量',
    query: boardQuery,
    answer: oversightReport,
  }),
  readInspectorLoads: endpoint({
    ...seen,
    id: 'readInspectorLoads',
    path: '/oversight/inspectors',
    summary: '期间内各检查人员到场的户次',
    query: boardQuery,
    answer: inspectorLoads,
  }),
  listOverseenTasks: endpoint({
    ...seen,
    id: 'listOverseenTasks',
    path: '/oversight/tasks',
    summary: '数字背后的逐项任务',
    query: overseenTaskQuery,
    answer: pageOf(overseenTask),
  }),
  downloadOverseenTasksCsv: tasks('downloadOverseenTasksCsv', 'csv', 'text/csv'),
  downloadOverseenTasksXlsx: tasks('downloadOverseenTasksXlsx', 'xlsx', XLSX),
  downloadBoardCsv: table('downloadBoardCsv', 'csv', 'text/csv'),
  downloadBoardXlsx: table('downloadBoardXlsx', 'xlsx', XLSX),
};
