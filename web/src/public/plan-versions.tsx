import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../api/client';
import type { PlanComparison, PublicPlan, PublicPlanLine } from '../api/types';
import { Failure, Loading, Panel } from '../components/open-parts';
import { formatInstant } from '../lib/format';

/** Every version that was published, with its day and reason, and what this one changed. */
export function PlanVersions({ plan }: { plan: PublicPlan }) {
  const { t } = useTranslation();
  const { year, version, versions, isInForce } = plan;
  if (versions.length < 2) return null;
  return (
    <>
      {!isInForce && (
        <p className="bad" role="status">
          {t('annual.open.notInForce', { n: version })}{' '}
          <Link to={`/public/annual-plans/${year}`}>{t('annual.open.toInForce')}</Link>
        </p>
      )}
      <Panel title={t('annual.open.versions')}>
        <ul className="row-list">
          {versions.map((one) => (
            <li key={one.version}>
              <div className="row-head">
                <Link
                  to={`/public/annual-plans/${year}?version=${one.version}`}
                  {...(one.version === version ? { 'aria-current': 'page' as const } : {})}
                >
                  {t('annual.open.version', { n: one.version })}
                </Link>
                <span className="muted small">
                  {t('annual.publishedAt', { at: formatInstant(one.publishedAt) })}
                </span>
              </div>
              <div className="small">{one.reason || t('annual.open.firstVersion')}</div>
            </li>
          ))}
        </ul>
      </Panel>
      {version > 1 && <Comparison year={year} to={version} />}
    </>
  );
}

function Comparison({ year, to }: { year: number; to: number }) {
  const { t } = useTranslation();
  const asked = { from: to - 1, to };
  const query = useQuery({
    queryKey: ['public-plan-comparison', year, to],
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/public/annual-plans/{year}/comparison', {
          params: { path: { year }, query: asked },
        }),
      ),
  });
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  const { added, changed, withdrawn } = query.data;
  const file = `/api/v1/public/annual-plans/${year}/comparison`;
  return (
    <Panel title={t('annual.open.comparison', asked)}>
      <p className="small">
        <strong>{t('annual.open.openData')}</strong> <a href={`${file}?from=${asked.from}&to=${to}`}>JSON</a>{' '}
        <a href={`${file}.csv?from=${asked.from}&to=${to}`} download>
          CSV
        </a>
      </p>
      <ul className="row-list">
        {added.map((line, at) => (
          <li key={`added/${at}`}>
            <strong>{t('annual.added')}</strong> {line.item.name}
            <LineText line={line} />
          </li>
        ))}
        {changed.map((change, at) => (
          <Changed key={`changed/${at}`} change={change} />
        ))}
        {withdrawn.map((line, at) => (
          <li key={`withdrawn/${at}`}>
            <strong>{t('annual.open.withdrawn')}</strong> {line.item.name}
            <LineText line={line} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Changed({ change: { fields, before, after } }: { change: PlanComparison['changed'][number] }) {
  const { t } = useTranslation();
  return (
    <li>
      <strong>{t('annual.changed')}</strong> {after.item.name}：
      {fields.map((field) => t(`annual.planFields.${field}`)).join('、')}
      <div className="muted small">{t('annual.open.was')}</div>
      <LineText line={before} />
      <div className="muted small">{t('annual.open.is')}</div>
      <LineText line={after} />
    </li>
  );
}

function LineText({ line }: { line: PublicPlanLine }) {
  const { t } = useTranslation();
  return (
    <div className="small">
      {line.department.name} · {line.item.name} · {line.regions.map((region) => region.name).join('、')} ·{' '}
      {t('annual.window', { from: line.windowFrom, to: line.windowTo })} ·{' '}
      {t('annual.open.ratio', { ratio: line.ratioText })}
      {line.lead !== null && ` · ${t('annual.open.jointTitle', { lead: line.lead })}`}
    </div>
  );
}
