import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../../api/client';
import type { GroomingReport } from '../../api/types';
import { formatInstant } from '../../lib/format';
import { useRegions } from '../../lib/use-organisation';
import { Loaded } from '../loaded';
import { Flag, Meaning, Numbers, PartHead, percent, tenths, useTail, type StatisticsFilter } from './parts';
import { RangePlot, useRangeLabel } from './range-plot';

type Freeze = GroomingReport['freezes'][number];
type Absence = GroomingReport['absences'][number];

const MEASURES = [
  'absences',
  'departures',
  'additions',
  'inspectorsJoined',
  'inspectorsLeft',
  'exclusions',
] as const;

export function GroomingPart({ filter, days }: { filter: StatisticsFilter; days: number }) {
  const asked = { ...filter, days };
  const query = useQuery({
    queryKey: ['statistics', 'grooming', asked],
    queryFn: () => answerOf(api.GET('/api/v1/statistics/grooming', { params: { query: asked } })),
  });
  return <Loaded query={query}>{(report) => <Content report={report} asked={asked} />}</Loaded>;
}

function Content({ report, asked }: { report: GroomingReport; asked: StatisticsFilter & { days: number } }) {
  const { t } = useTranslation();
  const labelOf = useRangeLabel();
  const { freezes, entitiesSince, days } = report;
  if (freezes.length === 0) {
    return (
      <Card>
        <Empty description={t('statistics.grooming.noFreezes')} />
      </Card>
    );
  }
  return (
    <div className="stack">
      <Card>
        <PartHead report="grooming" filter={{ ...asked }}>
          {entitiesSince === null
            ? t('statistics.grooming.noHistory')
            : t('statistics.grooming.head', { since: formatInstant(entitiesSince), days })}
        </PartHead>
        <Meaning>{t('statistics.grooming.meaning')}</Meaning>
      </Card>
      <Card title={t('statistics.grooming.plot')}>
        <p className="muted small">{t('statistics.grooming.plotHint')}</p>
        <RangePlot
          rows={freezes.map(({ campaign, frozenAt, ceremony, measures: { absences } }) => {
            const row = {
              name: `${formatInstant(frozenAt).slice(0, 10)} ${campaign.code}`,
              ...{ observed: absences.observed, expected: absences.usual, low: 0, high: absences.most },
            };
            return {
              ...row,
              ...{ key: String(ceremony), isFlagged: absences.isFlagged, label: labelOf(row) },
              text: `${absences.observed} / ${tenths(absences.usual)}`,
            };
          })}
        />
      </Card>
      <Card title={t('statistics.grooming.list')}>
        <Absences report={report} />
      </Card>
      {freezes.map((freeze) => (
        <FreezeCard key={freeze.ceremony} freeze={freeze} days={days} />
      ))}
    </div>
  );
}

function FreezeCard({ freeze, days }: { freeze: Freeze; days: number }) {
  const { t } = useTranslation();
  const tailOf = useTail();
  return (
    <Card
      title={<Link to={`/campaigns/${freeze.campaign.code}`}>{freeze.campaign.name}</Link>}
      extra={t('statistics.grooming.frozenAt', { at: formatInstant(freeze.frozenAt) })}
    >
      {freeze.isOpen && (
        <Alert type="info" showIcon className="gap-below" title={t('statistics.grooming.open', { days })} />
      )}
      <Numbers
        rows={MEASURES.map((measure) => ({ measure, ...freeze.measures[measure] }))}
        keyOf={(row) => row.measure}
        columns={[
          {
            title: t('statistics.grooming.measure'),
            of: (row) => t(`statistics.grooming.measures.${row.measure}`),
          },
          { title: t('statistics.grooming.number'), of: (row) => row.observed },
          { title: t('statistics.grooming.usual'), of: (row) => (row.days === 0 ? '—' : tenths(row.usual)) },
          { title: t('statistics.grooming.most'), of: (row) => (row.days === 0 ? '—' : row.most) },
          {
            title: t('statistics.grooming.rank'),
            of: (row) =>
              row.observed > 0 && row.tail === null
                ? t('statistics.grooming.fewDays')
                : t('statistics.grooming.rankOf', row),
          },
          { title: t('statistics.tail'), of: (row) => tailOf(row.tail) },
          { title: ' ', of: (row) => <Flag isFlagged={row.isFlagged} /> },
        ]}
      />
    </Card>
  );
}

function Absences({ report: { absences, absencesLeftOut } }: { report: GroomingReport }) {
  const { t } = useTranslation();
  const how = useHow();
  if (absences.length === 0) return <p className="muted">{t('statistics.grooming.listNone')}</p>;
  return (
    <>
      <Numbers
        rows={absences}
        shown={20}
        keyOf={(row) => `${row.campaign.code}/${row.frozenAt}/${row.creditCode}/${row.left}`}
        columns={[
          {
            title: t('statistics.grooming.entity'),
            of: (row) => (
              <>
                {row.name}
                <br />
                <span className="mono muted">{row.creditCode}</span>
              </>
            ),
          },
          {
            title: t('statistics.grooming.campaign'),
            isWords: true,
            of: (row) => (
              <>
                <Link to={`/campaigns/${row.campaign.code}`}>{row.campaign.name}</Link>
                <br />
                <span className="muted">
                  {t('statistics.grooming.frozenAt', { at: formatInstant(row.frozenAt) })}
                </span>
              </>
            ),
          },
          { title: t('statistics.grooming.what'), isWords: true, of: how },
          {
            title: t('statistics.grooming.away'),
            of: (row) => (
              <>
                {formatInstant(row.left)}
                <br />→ {formatInstant(row.back)}
              </>
            ),
          },
          {
            title: t('statistics.grooming.chance'),
            of: (row) => `${percent(row.reachBefore, 1)} → ${percent(row.reachDuring, 1)}`,
          },
        ]}
      />
      {absencesLeftOut > 0 && (
        <p className="muted">{t('statistics.grooming.listMore', { n: absencesLeftOut })}</p>
      )}
    </>
  );
}

/** In words: what was different at the freeze. */
function useHow(): (row: Absence) => string {
  const { t } = useTranslation();
  const regions = useRegions();
  return ({ before, during }) => {
    if (during.presence !== before.presence) return t(`statistics.grooming.presence.${during.presence}`);
    const name = regions.data?.find((one) => one.code === during.region)?.name ?? during.region;
    return [
      during.region === before.region ? [] : [t('statistics.grooming.moved', { to: name })],
      during.drawClass === before.drawClass
        ? []
        : [t('statistics.grooming.lowered', { from: before.drawClass, to: during.drawClass })],
      during.tags.join() === before.tags.join() ? [] : [t('statistics.grooming.untagged')],
    ]
      .flat()
      .join('；');
  };
}
