import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { ChanceReport } from '../../api/types';
import { Loaded } from '../loaded';
import { Flag, Meaning, Numbers, PartHead, tenths, useTail, type StatisticsFilter } from './parts';
import { RangePlot, useRangeLabel } from './range-plot';
import { Rootogram } from './rootogram';

export function ChancePart({ filter }: { filter: StatisticsFilter }) {
  const query = useQuery({
    queryKey: ['statistics', 'chance', filter],
    queryFn: () => answerOf(api.GET('/api/v1/statistics/chance', { params: { query: filter } })),
  });
  return <Loaded query={query}>{(report) => <Content report={report} filter={filter} />}</Loaded>;
}

function Content({ report, filter }: { report: ChanceReport; filter: StatisticsFilter }) {
  const { t } = useTranslation();
  if (report.draws.length === 0) {
    return (
      <Card>
        <Empty description={t('statistics.noDraws')} />
      </Card>
    );
  }
  return (
    <div className="stack">
      <Card>
        <PartHead report="chance" filter={{ ...filter }}>
          {t('statistics.chance.head', {
            draws: report.draws.length,
            entities: report.entities,
            drawn: report.times.reduce((sum, row) => sum + row.times * row.observed, 0),
          })}
        </PartHead>
        <Meaning>{t('statistics.chance.meaning')}</Meaning>
      </Card>
      <Card title={t('statistics.chance.times')}>
        <Times report={report} />
      </Card>
      <Card title={t('statistics.chance.groups')}>
        <Groups report={report} />
      </Card>
      <Card title={t('statistics.chance.often')}>
        <Often report={report} />
      </Card>
    </div>
  );
}

const ODD = 0.01;

function Times({ report: { times, test } }: { report: ChanceReport }) {
  const { t } = useTranslation();
  const tailOf = useTail();
  return (
    <>
      <Rootogram rows={times} />
      <p className="muted small">{t('statistics.chance.scale')}</p>
      {test === null ? (
        <p className="muted">{t('statistics.chance.noTest')}</p>
      ) : (
        <Alert
          type={test.tail < ODD ? 'warning' : 'info'}
          showIcon
          className="gap-below"
          title={t(test.tail < ODD ? 'statistics.chance.testOdd' : 'statistics.chance.testFine')}
          description={t('statistics.chance.test', {
            statistic: test.statistic.toFixed(2),
            degrees: test.degrees,
            tail: tailOf(test.tail),
          })}
        />
      )}
      <Numbers
        rows={times}
        keyOf={(row) => String(row.times)}
        columns={[
          { title: t('statistics.chance.timesColumn'), of: (row) => row.times },
          { title: t('statistics.observed'), of: (row) => row.observed },
          { title: t('statistics.expected'), of: (row) => tenths(row.expected) },
        ]}
      />
    </>
  );
}

function Groups({ report: { groups } }: { report: ChanceReport }) {
  const { t } = useTranslation();
  const labelOf = useRangeLabel();
  const tailOf = useTail();
  const open = groups.filter((one) => one.tail !== null && one.deviation > 0);
  return (
    <>
      {open.length > 0 && (
        <>
          <p className="muted small">{t('statistics.chance.groupsPlot')}</p>
          <RangePlot
            rows={open.map((one) => {
              const sigmas = (one.observed - one.expected) / one.deviation;
              return {
                key: `${one.kind}/${one.group.code}`,
                name: one.group.name,
                ...{ observed: sigmas, expected: 0, low: -2, high: 2, isFlagged: one.isFlagged },
                label: labelOf({
                  ...{ name: one.group.name, observed: one.observed, expected: one.expected },
                  low: one.expected - 2 * one.deviation,
                  high: one.expected + 2 * one.deviation,
                }),
                text: `${signed(sigmas)} σ`,
              };
            })}
          />
        </>
      )}
      <Numbers
        rows={groups}
        keyOf={(row) => `${row.kind}/${row.group.code}`}
        columns={[
          { title: t('statistics.chance.group'), of: (row) => row.group.name },
          { title: '', of: (row) => t(`statistics.chance.kinds.${row.kind}`), isWords: true },
          { title: t('statistics.chance.chances'), of: (row) => row.chances },
          { title: t('statistics.observed'), of: (row) => row.observed },
          { title: t('statistics.expected'), of: (row) => tenths(row.expected) },
          { title: t('statistics.chance.deviation'), of: (row) => tenths(row.deviation) },
          {
            title: t('statistics.tail'),
            of: (row) => (row.tail === null ? t('statistics.fixed') : tailOf(row.tail)),
          },
          { title: ' ', of: (row) => <Flag {...row} /> },
        ]}
      />
    </>
  );
}

const signed = (value: number): string => {
  const text = tenths(Math.abs(value));
  if (text === '0.0') return text;
  return value > 0 ? `+${text}` : `−${text}`;
};

function Often({ report: { often } }: { report: ChanceReport }) {
  const { t } = useTranslation();
  const tailOf = useTail();
  if (often.length === 0) return <p className="muted">{t('statistics.chance.oftenNone')}</p>;
  return (
    <Numbers
      rows={often}
      shown={20}
      keyOf={(row) => row.creditCode}
      columns={[
        { title: t('statistics.coverage.entity'), of: (row) => row.name },
        {
          title: t('statistics.coverage.code'),
          of: (row) => <span className="mono">{row.creditCode}</span>,
        },
        { title: t('statistics.chance.oftenTimes'), of: (row) => `${row.times} / ${row.draws}` },
        { title: t('statistics.expected'), of: (row) => row.expected.toFixed(2) },
        { title: t('statistics.chance.oftenTail'), of: (row) => tailOf(row.tail) },
        { title: ' ', of: (row) => <Flag isFlagged={row.isFlagged} /> },
      ]}
    />
  );
}
