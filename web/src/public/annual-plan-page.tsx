import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, useParams, useSearchParams } from 'react-router';
import { answerOf, api } from '../api/client';
import type { PublicPlanLine } from '../api/types';
import { Failure, Loading, Panel } from '../components/open-parts';
import { PlanVersions } from './plan-versions';
import { formatInstant } from '../lib/format';
import { useTitle } from '../lib/use-title';

const FORMATS = ['xlsx', 'csv', 'json'] as const;

/** The published plan of a year, the newest where none is named. */
export function PublicAnnualPlan() {
  const { t } = useTranslation();
  const named = useParams()['year'];
  const years = useQuery({
    queryKey: ['public-plans'],
    queryFn: async () => (await answerOf(api.GET('/api/v1/public/annual-plans'))).rows,
  });
  const [search] = useSearchParams();
  const asked = search.get('version');
  const version = asked === null ? undefined : Number(asked);
  const year = named === undefined ? years.data?.[0]?.year : Number(named);
  const title = year === undefined ? t('annual.title') : t('annual.titleOf', { year });
  useTitle(title, t('annual.open.lead'));
  return (
    <>
      <h1>{title}</h1>
      <p className="lead">{t('annual.open.lead')}</p>
      {years.isPending && <Loading />}
      {years.error && <Failure error={years.error} onRetry={() => void years.refetch()} />}
      {years.data?.length === 0 && <p className="muted">{t('annual.open.empty')}</p>}
      {year !== undefined && (
        <>
          <div className="list-tools">
            <nav className="head-links" aria-label={t('openPages.years')}>
              {[...new Set([year, ...(years.data ?? []).map((one) => one.year)])].map((one) => (
                <NavLink
                  key={one}
                  to={`/public/annual-plans/${one}`}
                  aria-current={one === year ? 'page' : undefined}
                >
                  {one}
                </NavLink>
              ))}
            </nav>
            <p className="small">
              <strong>{t('annual.open.openData')}</strong>{' '}
              {FORMATS.map((format) => (
                <a
                  key={format}
                  href={`/api/v1/public/annual-plans/${year}/plan.${format}${asked === null ? '' : `?version=${asked}`}`}
                  download
                >
                  {format.toUpperCase()}
                </a>
              ))}
            </p>
          </div>
          <Plan key={`${year}/${asked ?? ''}`} year={year} version={version} />
        </>
      )}
    </>
  );
}

function Plan({ year, version }: { year: number; version: number | undefined }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['public-plan', year, version],
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/public/annual-plans/{year}', { params: { path: { year }, query: { version } } }),
      ),
  });
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  const { lines, publishedAt } = query.data;
  const joints = [...new Set(lines.flatMap((line) => (line.joint === null ? [] : [line.joint])))];
  const alone = lines.filter((line) => line.joint === null);
  return (
    <>
      <p>
        {t('annual.open.summary', {
          lines: lines.length,
          joint: lines.length - alone.length,
          at: formatInstant(publishedAt),
        })}
      </p>
      <PlanVersions plan={query.data} />
      {joints.map((joint) => {
        const own = lines.filter((line) => line.joint === joint);
        return (
          <Panel key={joint} title={t('annual.open.jointTitle', { lead: own[0]?.lead ?? '' })}>
            <Lines lines={own} />
          </Panel>
        );
      })}
      {[...new Set(alone.map((line) => line.department.name))].map((department) => (
        <Panel key={department} title={department}>
          <Lines lines={alone.filter((line) => line.department.name === department)} />
        </Panel>
      ))}
    </>
  );
}

function Lines({ lines }: { lines: PublicPlanLine[] }) {
  const { t } = useTranslation();
  return (
    <ul className="row-list">
      {lines.map((line) => (
        <li
          key={`${line.item.code}/${line.windowFrom}/${line.ratioText}/${line.regions.map((one) => one.code).join()}`}
        >
          <div className="row-head">
            <strong>
              <Link to={`/public/items/${line.item.code}`}>{line.item.name}</Link>
            </strong>
            <span className={line.status === 'late' ? 'bad' : 'muted'}>
              {t(`annual.status.${line.status}`)}
            </span>
          </div>
          <div className="muted small">
            {line.department.name} · {line.regions.map((region) => region.name).join('、')} ·{' '}
            {t('annual.window', { from: line.windowFrom, to: line.windowTo })} ·{' '}
            {t('annual.open.ratio', { ratio: line.ratioText })}
            {line.campaign && (
              <>
                {' · '}
                <Link to={`/public/${line.campaign}`}>{t('annual.campaign', { code: line.campaign })}</Link>
              </>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
