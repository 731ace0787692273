import { useQuery } from '@tanstack/react-query';
import { Card, Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { InspectorReport } from '../../api/types';
import { Loaded } from '../loaded';
import { Flag, Meaning, Numbers, PartHead, tenths, useTail, type StatisticsFilter } from './parts';
import { RangePlot, useRangeLabel } from './range-plot';

const PLOTTED = 30;

export function InspectorsPart({ filter }: { filter: StatisticsFilter }) {
  const query = useQuery({
    queryKey: ['statistics', 'inspectors', filter],
    queryFn: () => answerOf(api.GET('/api/v1/statistics/inspectors', { params: { query: filter } })),
  });
  return <Loaded query={query}>{(report) => <Content report={report} filter={filter} />}</Loaded>;
}

type Row = InspectorReport['rows'][number];

/** How far off, as part of the half band. */
const offBy = ({ observed, expected, low, high }: Row): number =>
  Math.abs(observed - expected) / Math.max(1, (high - low) / 2);

function Content({ report, filter }: { report: InspectorReport; filter: StatisticsFilter }) {
  const { t } = useTranslation();
  const tailOf = useTail();
  const labelOf = useRangeLabel();
  const rows = [...report.rows].sort(
    (a, b) => Number(b.isFlagged) - Number(a.isFlagged) || offBy(b) - offBy(a),
  );
  if (rows.length === 0) {
    return (
      <Card>
        <Empty description={t('statistics.inspectors.empty')} />
      </Card>
    );
  }
  const plotted = rows.filter((row) => row.tail !== null).slice(0, PLOTTED);
  return (
    <div className="stack">
      <Card>
        <PartHead report="inspectors" filter={{ ...filter }}>
          {t('statistics.inspectors.head', { draws: report.draws, n: rows.length })}
        </PartHead>
        <Meaning>{t('statistics.inspectors.meaning')}</Meaning>
      </Card>
      {plotted.length > 0 && (
        <Card title={t('statistics.inspectors.plot')}>
          <p className="muted small">
            {t('statistics.inspectors.plotHint')}{' '}
            {plotted.length < rows.length &&
              t('statistics.inspectors.shown', { n: plotted.length, all: rows.length })}
          </p>
          <RangePlot
            rows={plotted.map((row) => {
              const name = `${row.name} · ${row.department.name}`;
              return {
                // From what was expected: loads differ between departments far more than among those who are alike.
                ...{ key: row.inspector, name, isFlagged: row.isFlagged, expected: 0 },
                observed: row.observed - row.expected,
                low: row.low - row.expected,
                high: row.high - row.expected,
                label: labelOf({ ...row, name }),
                text: `${row.observed} / ${tenths(row.expected)}`,
              };
            })}
          />
        </Card>
      )}
      <Card title={t('statistics.table')}>
        <Numbers
          rows={rows}
          keyOf={(row) => row.inspector}
          columns={[
            { title: t('statistics.inspectors.inspector'), of: (row) => `${row.name}（${row.inspector}）` },
            { title: t('statistics.inspectors.department'), of: (row) => row.department.name },
            { title: t('statistics.inspectors.draws'), of: (row) => row.draws },
            { title: t('statistics.inspectors.visits'), of: (row) => row.observed },
            { title: t('statistics.expected'), of: (row) => tenths(row.expected) },
            { title: t('statistics.inspectors.band'), of: (row) => `${row.low}–${row.high}` },
            {
              title: t('statistics.tail'),
              of: (row) => (row.tail === null ? t('statistics.inspectors.alone') : tailOf(row.tail)),
            },
            { title: ' ', of: (row) => <Flag isFlagged={row.isFlagged} /> },
          ]}
        />
      </Card>
    </div>
  );
}
