import { formatInstant } from '../../domain/notices/format';
import { shareText, type TaskCounts } from '../../domain/oversight/figures';
import type { Report } from '../../domain/oversight/report';
import type { FileAnswer } from '../implement';
import { csvAnswer, workbookAnswer, type TableColumn } from '../tables';
import type { overseenTaskOf } from './overseen-task';

interface Counted extends TaskCounts {
  due: number;
  share: number | null;
}

const COUNTS: readonly TableColumn<Counted>[] = [
  { header: '到期应办', value: (row) => row.due },
  { header: '按时完成', value: (row) => row.onTime },
  { header: '逾期完成', value: (row) => row.late },
  { header: '逾期未办', value: (row) => row.overdue },
  { header: '未到期', value: (row) => row.waiting },
  { header: '按时率', value: (row) => shareText(row.share) },
];

const named = (header: string): TableColumn<{ code: string; name: string }>[] => [
  { header: '代码', value: (row) => row.code },
  { header, value: (row) => row.name, width: 24 },
];

/** A rank among the departments or the regions, with what was counted. */
export const ranking = (header: string): TableColumn<Report['departments'][number]>[] => [
  { header: '名次', value: (row) => row.rank },
  ...named(header),
  ...COUNTS,
  { header: '一项未办', value: (row) => (row.didNothing ? '是' : '') },
];

export type TableFormat = 'csv' | 'xlsx';

/** A table as a file of either kind. */
export const tableFile = <T>(
  { title, columns, rows }: { title: string; columns: readonly TableColumn<T>[]; rows: readonly T[] },
  format: TableFormat,
  name: string,
): FileAnswer | Promise<FileAnswer> =>
  format === 'csv'
    ? csvAnswer(columns, rows, `${name}.csv`)
    : workbookAnswer(columns, rows, { sheet: title, fileName: `${name}.xlsx` });

const table =
  <T>(title: string, columns: readonly TableColumn<T>[], rowsOf: (report: Report) => readonly T[]) =>
  (report: Report, format: TableFormat, name: string) =>
    tableFile({ title, columns, rows: rowsOf(report) }, format, name);

/** Each table of the report by its name. */
export const REPORT_TABLES = {
  departments: table('部门排名', ranking('部门'), (report) => report.departments),
  regions: table('地区排名', ranking('地区'), (report) => report.regions),
  kinds: table<Report['kinds'][number]>(
    '任务种类',
    [...named('任务种类'), ...COUNTS],
    (report) => report.kinds,
  ),
  trend: table<Report['trend'][number]>(
    '趋势',
    [{ header: '起始日', value: (row) => row.start }, ...COUNTS],
    (report) => report.trend,
  ),
  plan: table<Report['plan'][number]>(
    '年度计划启动',
    [
      ...named('部门'),
      { header: '应启动', value: (row) => row.lines },
      { header: '已启动', value: (row) => row.launched },
      { header: '其中逾期启动', value: (row) => row.launchedLate },
      { header: '逾期未启动', value: (row) => row.missed },
      { header: '未到期', value: (row) => row.pending },
      { header: '按时启动率', value: (row) => shareText(row.share) },
    ],
    (report) => report.plan,
  ),
  publication: table<Report['publication'][number]>(
    '按时公示',
    [...named('牵头部门'), ...COUNTS],
    (report) => report.publication,
  ),
  coverage: table<Report['coverage'][number]>(
    '检查覆盖',
    [
      ...named('地区'),
      { header: '在营检查对象', value: (row) => row.entities },
      { header: '期间内检查过', value: (row) => row.visited },
      { header: '覆盖率', value: (row) => shareText(row.share) },
    ],
    (report) => report.coverage,
  ),
  workload: table<Report['workload'][number]>(
    '工作量',
    [
      ...named('部门'),
      { header: '检查户次', value: (row) => row.visits },
      { header: '参加人员', value: (row) => row.inspectors },
      { header: '人次', value: (row) => row.attendances },
      { header: '人均户次', value: (row) => (row.perInspector === null ? '—' : row.perInspector.toFixed(1)) },
    ],
    (report) => report.workload,
  ),
  orders: table<Report['orders'][number]>(
    '督办单',
    [
      ...named('部门'),
      { header: '收到督办单', value: (row) => row.issued },
      { header: '已答复', value: (row) => row.answered },
      { header: '其中逾期答复', value: (row) => row.answeredLate },
      { header: '撤回', value: (row) => row.withdrawn },
    ],
    (report) => report.orders,
  ),
};

const OUTCOMES = { onTime: '按时完成', late: '逾期完成', overdue: '逾期未办', waiting: '未到期' };

export const TASK_TABLE: readonly TableColumn<ReturnType<typeof overseenTaskOf>>[] = [
  { header: '任务', value: (row) => row.title, width: 40 },
  { header: '部门', value: (row) => row.department.name },
  { header: '责任人', value: (row) => row.assignee ?? '' },
  { header: '地区', value: (row) => row.region.name },
  {
    header: '抽查任务',
    value: (row) => row.campaign?.name ?? `${row.planYear ?? ''} 年度抽查计划`,
    width: 30,
  },
  { header: '到期', value: (row) => formatInstant(new Date(row.dueAt)), width: 18 },
  {
    header: '完成',
    value: (row) => (row.doneAt ? formatInstant(new Date(row.doneAt)) : ''),
    width: 18,
  },
  { header: '结果', value: (row) => OUTCOMES[row.outcome] },
];
