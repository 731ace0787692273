/** The reports as tables for programs and spreadsheets. */
import type { FileAnswer } from '../implement';
import { columnsOf, csvAnswer } from '../tables';
import type { chanceOf } from './chance';
import type { coverageOf } from './coverage';
import type { groomingOf } from './grooming';
import type { inspectorsOf } from './inspectors';

type Row = Record<string, string | number | null>;

const table = (rows: readonly Row[], headers: Readonly<Record<string, string>>, name: string): FileAnswer =>
  csvAnswer(columnsOf(headers), rows, `onevisit-${name}.csv`);

const REACHED = {
  entities: '名录中（在营）',
  populations: '纳入抽查范围',
  drawn: '抽中',
  visited: '已检查',
  neverDrawn: '多年从未抽中',
};

export function coverageTable(report: Awaited<ReturnType<typeof coverageOf>>): FileAnswer {
  const rows: Row[] = [
    ...report.cells.map(({ region, drawClass, ...reached }) => ({
      ...{ kind: '地区和类别', code: region.code, name: region.name, drawClass, ...reached },
    })),
    ...report.departments.map(({ department, ...reached }) => ({ kind: '部门', ...department, ...reached })),
    ...report.items.map(({ item, ...reached }) => ({ kind: '事项', ...item, ...reached })),
  ];
  return table(
    rows,
    { kind: '统计口径', code: '代码', name: '名称', drawClass: '风险类别', ...REACHED },
    'coverage',
  );
}

const KINDS = { all: '全部', region: '地区', stratum: '分层', item: '事项' };

export function chanceTable({ groups, times, often }: Awaited<ReturnType<typeof chanceOf>>): FileAnswer {
  const rows: Row[] = [
    ...groups.map(({ kind, group, isFlagged, isBroken, ...counts }) => ({
      ...{ kind: KINDS[kind], ...group, ...counts },
      flag: isBroken ? '不合规则' : isFlagged ? '需要关注' : '',
    })),
    ...times.map((row) => ({
      ...row,
      kind: '抽中次数',
      code: String(row.times),
      name: `抽中 ${row.times} 次`,
    })),
    ...often.map(({ creditCode, name, draws, isFlagged, ...one }) => ({
      ...{ kind: '多次抽中', code: creditCode, name, chances: draws, observed: one.times },
      ...{ expected: one.expected, tail: one.tail, flag: isFlagged ? '需要关注' : '' },
    })),
  ];
  return table(
    rows,
    {
      ...{ kind: '统计口径', code: '代码', name: '名称', chances: '纳入抽取次数', observed: '实际' },
      ...{ expected: '预期', deviation: '标准差', tail: '概率（双侧）', flag: '提示' },
    },
    'chance',
  );
}

export const inspectorTable = ({ rows }: Awaited<ReturnType<typeof inspectorsOf>>): FileAnswer =>
  table(
    rows.map(({ department, isFlagged, ...row }) => ({
      ...row,
      department: department.name,
      flag: isFlagged ? '需要关注' : '',
    })),
    {
      ...{ inspector: '执法人员编号', name: '姓名', department: '部门', draws: '参加抽取次数' },
      ...{ observed: '匹配户数', expected: '预期', low: '区间下限', high: '区间上限' },
      ...{ tail: '概率（双侧）', flag: '提示' },
    },
    'inspectors',
  );

const MEASURES = {
  absences: '冻结前离开、冻结后回来（户）',
  departures: '冻结前离开（户）',
  additions: '冻结前新增（户）',
  inspectorsJoined: '冻结前新增执法人员（人）',
  inspectorsLeft: '冻结前离开的执法人员（人）',
  exclusions: '冻结前申报的回避（项）',
} as const;

export function groomingTable({ freezes, absences }: Awaited<ReturnType<typeof groomingOf>>): FileAnswer {
  const rows: Row[] = [
    ...freezes.flatMap(({ campaign, frozenAt, measures }) =>
      (Object.keys(MEASURES) as (keyof typeof MEASURES)[]).map((measure) => {
        const { isFlagged, ...compared } = measures[measure];
        return {
          ...{ kind: MEASURES[measure], campaign: campaign.code, frozenAt, ...compared },
          flag: isFlagged ? '需要关注' : '',
        };
      }),
    ),
    ...absences.map(({ campaign, frozenAt, creditCode, name, left, back, reachBefore, reachDuring }) => ({
      ...{ kind: '离开又回来的检查对象', campaign: campaign.code, frozenAt, creditCode, name, left, back },
      ...{ reachBefore, reachDuring },
    })),
  ];
  return table(
    rows,
    {
      ...{ kind: '统计口径', campaign: '任务', frozenAt: '冻结时间', observed: '数量', usual: '平时平均' },
      ...{ most: '平时最多', days: '比较的天数', atLeast: '不少于此数的天数', tail: '概率', flag: '提示' },
      ...{ creditCode: '统一社会信用代码', name: '名称', left: '离开', back: '回来' },
      ...{ reachBefore: '原抽中概率', reachDuring: '冻结时抽中概率' },
    },
    'grooming',
  );
}
