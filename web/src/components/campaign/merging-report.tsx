import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { MergingReport as Report } from '../../api/types';
import { formatRatio } from '../../lib/format';
import { Failure, Loading } from '../../public/open-parts';
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
    <div className="scroll-x" tabIndex={0}>
      <table className="numbers">
        <thead>
          <tr>
            <th>{t('merging.department')}</th>
            <th>{t('merging.visitsMerged')}</th>
            <th>{t('merging.visitsApart')}</th>
            <th>{t('merging.peopleMerged')}</th>
            <th>{t('merging.peopleApart')}</th>
          </tr>
        </thead>
        <tbody>
          {report.departments.map((one) => (
            <tr key={one.code}>
              <th scope="row">{one.name}</th>
              <Figures of={one} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('merging.total')}</th>
            <Figures of={report} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

type Counts = Pick<Report, 'visits' | 'visitsApart' | 'personVisits' | 'personVisitsApart'>;

function Figures({ of }: { of: Counts }) {
  return (
    <>
      <td>{of.visits}</td>
      <td>{of.visitsApart}</td>
      <td>{of.personVisits}</td>
      <td>{of.personVisitsApart}</td>
    </>
  );
}

function Lines({ report }: { report: Report }) {
  const { t } = useTranslation();
  return (
    <div className="scroll-x" tabIndex={0}>
      <table className="numbers">
        <thead>
          <tr>
            <th>{t('merging.item')}</th>
            <th>{t('merging.stratum')}</th>
            <th>{t('merging.size')}</th>
            <th>{t('merging.ratio')}</th>
            <th>{t('merging.due')}</th>
            <th>{t('merging.drawn')}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {report.lines.map((line) => (
            <tr key={`${line.item.code}/${line.stratum}`}>
              <th scope="row">{line.item.name}</th>
              <td>{line.stratum}</td>
              <td>{line.size}</td>
              <td>{formatRatio(line.ratioPpm)}</td>
              <td>{line.sample}</td>
              <td>{line.drawn}</td>
              <td>
                {line.met ? (
                  <span className="good" title={t('merging.met')}>
                    ✓
                  </span>
                ) : (
                  <span className="bad">{t('merging.notMet')}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
