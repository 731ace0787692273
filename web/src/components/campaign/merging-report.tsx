import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { MergingReport as Report } from '../../api/types';
import { formatRatio } from '../../lib/format';
import { useStratumName } from '../../lib/use-stratum-name';
import { Failure, Loading } from '../open-parts';
import { Numbers } from '../numbers';
import { PlainBars } from '../plain-bars';
import './simulation.css';

/** What one visit for all departments saved, and that every ratio was met: for officials and citizens alike. */
export function MergingReport({ code }: { code: string }) {
  const query = useQuery({
    queryKey: ['merging', code],
    queryFn: () =>
      answerOf(api.GET('/api/v1/public/campaigns/{code}/merging', { params: { path: { code } } })),
  });
  if (query.data) return <Content report={query.data} />;
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <Loading />;
}

function Content({ report }: { report: Report }) {
  const { t } = useTranslation();
  const file = (ending: string) =>
    `/api/v1/public/campaigns/${encodeURIComponent(report.campaign)}/merging${ending}`;
  return (
    <>
      <p lang="zh-CN">
        <strong>{report.sentence}</strong>
      </p>
      <PlainBars
        rows={[
          bar(t('merging.merged'), report.visits, 'bar-onTime'),
          bar(t('merging.apart'), report.visitsApart, 'bar-late'),
        ]}
      />
      <h3 className="gap-above">{t('merging.departments')}</h3>
      <Departments report={report} />
      <details className="gap-above">
        <summary>
          {t('merging.ratios')}{' '}
          {report.lines.every((line) => line.met) && <span className="good">✓ {t('merging.met')}</span>}
        </summary>
        <Lines report={report} />
      </details>
      <details className="gap-above">
        <summary>{t('merging.method')}</summary>
        <p className="small">{t('merging.methodText')}</p>
        <ul className="plain-list small">
          {report.departments.map((one) => (
            <li key={one.code}>
              {one.name} <span className="mono">{one.seedApart}</span>
            </li>
          ))}
        </ul>
      </details>
      <p className="small gap-above">
        <a href={file('.csv')} download>
          {t('merging.csv')}
        </a>{' '}
        ·{' '}
        <a href={file('')} download={`${report.campaign}-merging.json`}>
          {t('merging.json')}
        </a>
      </p>
    </>
  );

  function bar(name: string, value: number, className: string) {
    return { name, text: t('merging.times', { n: value }), parts: [{ label: name, value, className }] };
  }
}

function Departments({ report }: { report: Report }) {
  const { t } = useTranslation();
  return (
    <Numbers
      heads={[
        t('merging.department'),
        t('merging.visitsMerged'),
        t('merging.visitsApart'),
        t('merging.peopleMerged'),
        t('merging.peopleApart'),
      ]}
      rows={report.departments.map((one) => ({ key: one.code, name: one.name, cells: figures(one) }))}
      total={{ key: 'total', name: t('merging.total'), cells: figures(report) }}
    />
  );
}

type Counts = Pick<Report, 'visits' | 'visitsApart' | 'personVisits' | 'personVisitsApart'>;

const figures = (of: Counts) => [of.visits, of.visitsApart, of.personVisits, of.personVisitsApart];

function Lines({ report }: { report: Report }) {
  const { t } = useTranslation();
  const { short } = useStratumName();
  const mark = (isMet: boolean) =>
    isMet ? (
      <span className="good" title={t('merging.met')}>
        ✓
      </span>
    ) : (
      <span className="bad">{t('merging.notMet')}</span>
    );
  return (
    <Numbers
      heads={[
        t('merging.item'),
        t('merging.stratum'),
        t('merging.size'),
        t('merging.ratio'),
        t('merging.due'),
        t('merging.drawn'),
        '',
      ]}
      rows={report.lines.map((line) => ({
        key: `${line.item.code}/${line.stratum}`,
        name: line.item.name,
        cells: [
          short(line.stratum),
          line.size,
          formatRatio(line.ratioPpm),
          line.sample,
          line.drawn,
          mark(line.met),
        ],
      }))}
    />
  );
}
