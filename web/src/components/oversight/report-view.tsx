import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OversightReport, TaskCounts } from '../../api/types';
import { Numbers } from '../numbers';
import '../numbers.css';
import type { board as texts } from '../../i18n/zh/board';
import { percentText } from './percent-text';
import './report.css';
import { ChartKey, TaskBars, TrendColumns } from './task-chart';

export type ReportTable =
  | 'departments'
  | 'regions'
  | 'kinds'
  | 'trend'
  | 'plan'
  | 'publication'
  | 'coverage'
  | 'workload'
  | 'orders'
  | 'inspectors';

type Judged = TaskCounts & { due: number; share: number | null };

/** Where a figure leads: to the tasks behind it. */
export type Drill = (filter: Record<string, string>, text: ReactNode) => ReactNode;

interface Props {
  report: OversightReport;
  /** What lies around a part: its heading, and what else belongs to it. */
  frame: (table: ReportTable, children: ReactNode) => ReactNode;
  drill?: Drill;
}

const plain: Drill = (_filter, text) => text;

/** All tables of the figures with their charts, in plain HTML: on the board, in a bulletin, on the public page. */
export function ReportView({ report, frame, drill = plain }: Props) {
  const { t } = useTranslation();
  const column = (key: keyof typeof texts.board.columns) => t(`board.columns.${key}`);
  const judgedHeads = (['due', 'onTime', 'late', 'overdue', 'waiting', 'share'] as const).map(column);
  const judgedCells = (row: Judged, filter: Record<string, string> | null) => [
    filter ? drill(filter, row.due) : row.due,
    ...(['onTime', 'late', 'overdue', 'waiting'] as const).map((part) => {
      const text =
        part === 'overdue' && row.overdue > 0 ? <strong className="bad">{row.overdue}</strong> : row[part];
      return filter && row[part] > 0 ? drill({ ...filter, outcome: part }, text) : text;
    }),
    percentText(row.share),
  ];
  const ranking = (rows: OversightReport['departments'], by: 'department' | 'region') => (
    <>
      <ChartKey />
      <TaskBars rows={rows} />
      <Numbers
        heads={[column(by), column('rank'), ...judgedHeads]}
        rows={rows.map((row) => ({
          key: row.code,
          name: row.didNothing ? `${row.name}（${t('board.didNothing')}）` : row.name,
          cells: [row.rank ?? t('board.noRank'), ...judgedCells(row, { [by]: row.code })],
        }))}
        total={{
          key: 'total',
          name: t('board.total'),
          cells: ['', ...judgedCells(report.total, {})],
        }}
      />
    </>
  );
  const parts: [ReportTable, number, () => ReactNode][] = [
    ['departments', report.departments.length, () => ranking(report.departments, 'department')],
    ['regions', report.regions.length, () => ranking(report.regions, 'region')],
    [
      'trend',
      report.total.due,
      () => (
        <>
          <ChartKey />
          <TrendColumns rows={report.trend} />
          <Numbers
            heads={[column('start'), ...judgedHeads]}
            rows={report.trend.map((row) => ({
              key: row.start,
              name: row.start,
              cells: judgedCells(row, null),
            }))}
          />
        </>
      ),
    ],
    [
      'kinds',
      report.kinds.length,
      () => (
        <Numbers
          heads={[column('kind'), ...judgedHeads]}
          rows={report.kinds.map((row) => ({
            key: row.code,
            name: row.name,
            cells: judgedCells(row, { kind: row.code }),
          }))}
        />
      ),
    ],
    [
      'plan',
      report.plan.length,
      () => (
        <Numbers
          heads={(
            ['department', 'lines', 'launched', 'launchedLate', 'missed', 'pending', 'launchShare'] as const
          ).map(column)}
          rows={report.plan.map((row) => ({
            key: row.code,
            name: row.name,
            cells: [
              ...[row.lines, row.launched, row.launchedLate],
              row.missed > 0 ? <strong className="bad">{row.missed}</strong> : 0,
              row.pending,
              percentText(row.share),
            ],
          }))}
        />
      ),
    ],
    [
      'publication',
      report.publication.length,
      () => (
        <Numbers
          heads={[column('department'), ...judgedHeads]}
          rows={report.publication.map((row) => ({
            key: row.code,
            name: row.name,
            cells: judgedCells(row, null),
          }))}
        />
      ),
    ],
    [
      'coverage',
      report.coverage.length,
      () => (
        <Numbers
          heads={(['region', 'entities', 'visited', 'coverage'] as const).map(column)}
          rows={report.coverage.map((row) => ({
            key: row.code,
            name: row.name,
            cells: [row.entities, row.visited, percentText(row.share)],
          }))}
        />
      ),
    ],
    [
      'workload',
      report.workload.length,
      () => (
        <Numbers
          heads={(['department', 'visits', 'inspectors', 'attendances', 'perInspector'] as const).map(column)}
          rows={report.workload.map((row) => ({
            key: row.code,
            name: row.name,
            cells: [
              ...[row.visits, row.inspectors, row.attendances],
              row.perInspector === null ? '—' : row.perInspector.toFixed(1),
            ],
          }))}
        />
      ),
    ],
    [
      'orders',
      report.orders.length,
      () => (
        <Numbers
          heads={(['department', 'issued', 'answered', 'answeredLate', 'withdrawn'] as const).map(column)}
          rows={report.orders.map((row) => ({
            key: row.code,
            name: row.name,
            cells: [row.issued, row.answered, row.answeredLate, row.withdrawn],
          }))}
        />
      ),
    ],
  ];
  return parts.map(([table, count, content]) => (
    <section key={table} className="report-part">
      {frame(table, count === 0 ? <p className="muted">{t('board.none')}</p> : content())}
    </section>
  ));
}
