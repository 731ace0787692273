import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../api/client';
import { useOpenPages } from '../lib/use-open-pages';
import { useTitle } from '../lib/use-title';
import { CeremonyIndex } from './ceremony-index';
import { PagedList, Panel } from '../components/open-parts';

const STEPS = ['freeze', 'seal', 'reveal', 'draw'] as const;

export function PublicCampaignList() {
  const { t } = useTranslation();
  useTitle(t('open.title'), t('open.lead'));
  const pages = useOpenPages('after', ['public-campaigns'], (cursor) =>
    answerOf(api.GET('/api/v1/public/campaigns', { params: { query: { cursor, limit: 20 } } })),
  );
  return (
    <>
      <h1>{t('open.title')}</h1>
      <p className="lead">{t('open.lead')}</p>
      <Panel title={t('open.campaigns')}>
        <PagedList pages={pages} empty={t('open.campaignsEmpty')}>
          {(rows) => (
            <ul className="row-list">
              {rows.map((row) => (
                <li key={row.code}>
                  <div className="row-head">
                    <strong>
                      <Link to={`/public/${row.code}`}>{row.name}</Link>
                    </strong>
                    <span className="chip">{row.stageLabel}</span>
                  </div>
                  <div className="muted small">
                    {row.code} · {t('open.lead2')}：{row.leadDepartment}
                    {row.visits > 0 &&
                      ` · ${t('open.line', { visits: row.visits, published: row.published })}`}
                  </div>
                  {row.stage === 'cancelled' && row.stageReason && (
                    <div className="bad small">{t('open.cancelled', { reason: row.stageReason })}</div>
                  )}
                </li>
              ))}
            </ul>
          )}
        </PagedList>
      </Panel>
      <CeremonyIndex />
      <Panel title={t('open.how.title')}>
        <p>{t('open.what')}</p>
        <ol>
          {STEPS.map((step) => (
            <li key={step}>{t(`open.how.${step}`)}</li>
          ))}
        </ol>
      </Panel>
    </>
  );
}
