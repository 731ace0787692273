import { useQuery } from '@tanstack/react-query';
import { Card, Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { CoverageReport } from '../../api/types';
import { Loaded } from '../loaded';
import { PlainBars } from '../plain-bars';
import { Meaning, Numbers, PartHead, percent, type StatisticsFilter } from './parts';

type Reached = Pick<CoverageReport['cells'][number], 'entities' | 'populations' | 'drawn' | 'visited'> & {
  key: string;
  name: string;
  neverDrawn?: number;
};

const FIGURES = ['entities', 'populations', 'drawn', 'visited'] as const;

export function CoveragePart({ filter }: { filter: StatisticsFilter }) {
  const query = useQuery({
    queryKey: ['statistics', 'coverage', filter],
    queryFn: () => answerOf(api.GET('/api/v1/statistics/coverage', { params: { query: filter } })),
  });
  return <Loaded query={query}>{(report) => <Content report={report} filter={filter} />}</Loaded>;
}

function Content({ report, filter }: { report: CoverageReport; filter: StatisticsFilter }) {
  const { t } = useTranslation();
  const { cells } = report;
  const all = summed(cells);
  if (report.draws === 0 && all.entities === 0) {
    return (
      <Card>
        <Empty description={t('statistics.noDraws')} />
      </Card>
    );
  }
  const byRegion = gathered(cells, (cell) => [cell.region.code, cell.region.name]);
  const byClass = gathered(cells, (cell) => [
    cell.drawClass,
    t('statistics.coverage.class', { name: cell.drawClass }),
  ]);
  return (
    <div className="stack">
      <Card>
        <PartHead report="coverage" filter={{ ...filter }}>
          {t('statistics.coverage.head', {
            ...all,
            draws: report.draws,
            share: percent(all.drawn, all.entities),
          })}
        </PartHead>
        <Meaning>{t('statistics.coverage.meaning')}</Meaning>
      </Card>
      <Reach title="byRegion" column="region" rows={byRegion} />
      <Reach title="byClass" column="drawClass" rows={byClass} />
      <Reach
        title="byDepartment"
        column="department"
        rows={report.departments.map(({ department, ...row }) => ({
          ...row,
          key: department.code,
          name: department.name,
        }))}
      />
      <Reach
        title="byItem"
        column="item"
        rows={report.items.map(({ item, department, ...row }) => ({
          ...row,
          key: item.code,
          name: `${item.name}（${department}）`,
        }))}
      />
      <NeverDrawn report={report} all={all.neverDrawn} />
    </div>
  );
}

function Reach({
  title,
  column,
  rows,
}: {
  title: 'byRegion' | 'byClass' | 'byDepartment' | 'byItem';
  column: 'region' | 'drawClass' | 'department' | 'item';
  rows: Reached[];
}) {
  const { t } = useTranslation();
  const hasNever = rows.some((row) => row.neverDrawn !== undefined);
  return (
    <Card title={t(`statistics.coverage.${title}`)}>
      {column !== 'item' && <ReachBars rows={rows} />}
      <Numbers
        rows={rows}
        keyOf={(row) => row.key}
        columns={[
          { title: t(`statistics.coverage.name.${column}`), of: (row) => row.name },
          ...FIGURES.map((key) => ({
            title: t(`statistics.coverage.${key}`),
            of: (row: Reached) => row[key],
          })),
          { title: t('statistics.coverage.share'), of: (row) => percent(row.drawn, row.entities) },
          ...(hasNever
            ? [{ title: t('statistics.coverage.neverDrawn'), of: (row: Reached) => row.neverDrawn ?? 0 }]
            : []),
        ]}
      />
    </Card>
  );
}

function ReachBars({ rows }: { rows: Reached[] }) {
  const { t } = useTranslation();
  return (
    <figure className="bars gap-below">
      <figcaption className="bars-key small">
        <span>
          <i className="bar-drawn-visited" /> {t('statistics.coverage.visited')}
        </span>
        <span>
          <i className="bar-drawn-open" /> {t('statistics.coverage.open')}
        </span>
      </figcaption>
      <PlainBars
        rows={rows.map(({ name, drawn, visited, entities }) => ({
          name,
          text: percent(drawn, entities),
          parts: [
            { label: t('statistics.coverage.visited'), value: visited, className: 'bar-drawn-visited' },
            { label: t('statistics.coverage.open'), value: drawn - visited, className: 'bar-drawn-open' },
          ],
        }))}
      />
    </figure>
  );
}

function NeverDrawn({ report, all }: { report: CoverageReport; all: number }) {
  const { t } = useTranslation();
  const rows = report.neverDrawn;
  return (
    <Card title={t('statistics.coverage.never', { years: report.longStandingYears })}>
      {rows.length === 0 ? (
        <p className="muted">{t('statistics.coverage.neverNone')}</p>
      ) : (
        <details>
          <summary>{t('statistics.coverage.neverSome', { n: rows.length, all })}</summary>
          <Numbers
            rows={rows}
            keyOf={(row) => row.creditCode}
            columns={[
              { title: t('statistics.coverage.entity'), of: (row) => row.name },
              {
                title: t('statistics.coverage.code'),
                of: (row) => <span className="mono">{row.creditCode}</span>,
              },
              { title: t('statistics.region'), of: (row) => row.region.name },
              { title: t('statistics.coverage.name.drawClass'), of: (row) => row.drawClass },
              {
                title: '',
                of: (row) => t('statistics.coverage.since', { day: row.establishedOn }),
              },
            ]}
          />
        </details>
      )}
    </Card>
  );
}

type Cell = CoverageReport['cells'][number];

const summed = (cells: readonly Cell[]) => {
  const sum = (of: (cell: Cell) => number) => cells.reduce((all, cell) => all + of(cell), 0);
  return {
    entities: sum((cell) => cell.entities),
    populations: sum((cell) => cell.populations),
    drawn: sum((cell) => cell.drawn),
    visited: sum((cell) => cell.visited),
    neverDrawn: sum((cell) => cell.neverDrawn),
  };
};

function gathered(cells: readonly Cell[], of: (cell: Cell) => [key: string, name: string]): Reached[] {
  const groups = new Map<string, { name: string; cells: Cell[] }>();
  for (const cell of cells) {
    const [key, name] = of(cell);
    const group = groups.get(key);
    if (group) group.cells.push(cell);
    else groups.set(key, { name, cells: [cell] });
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, group]) => ({ key, name: group.name, ...summed(group.cells) }));
}
