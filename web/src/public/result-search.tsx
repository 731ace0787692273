import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { answerOf, api } from '../api/client';
import type { FoundResult } from '../api/types';
import { PagedList, Panel } from '../components/open-parts';
import { useOpenPages } from '../lib/use-open-pages';
import { useTitle } from '../lib/use-title';
import { ResultTable } from './published-results';
import { SearchForm } from './search-form';

/** As the API demands: of one character there are too many. */
const SHORTEST = 2;

/** What was found at one entity, in all campaigns. */
export function PublicResultSearch() {
  const { t } = useTranslation();
  useTitle(t('openPages.results.title'), t('openPages.results.lead'));
  const q = useSearchParams()[0].get('q')?.trim() ?? '';
  return (
    <>
      <h1>{t('openPages.results.title')}</h1>
      <p className="lead">{t('openPages.results.lead')}</p>
      <SearchForm name="q" place="after" />
      <div aria-live="polite">
        {q.length >= SHORTEST && <Found q={q} />}
        {q.length > 0 && q.length < SHORTEST && <p className="muted">{t('openPages.results.short')}</p>}
      </div>
      <p className="muted small">{t('openPages.results.masked')}</p>
      <p className="small">
        <Link to="/public">{t('openPages.results.byCampaign')}</Link>
      </p>
    </>
  );
}

function Found({ q }: { q: string }) {
  const { t } = useTranslation();
  const pages = useOpenPages<FoundResult>('after', ['public-result-search', q], (cursor) =>
    answerOf(api.GET('/api/v1/public/results', { params: { query: { q, cursor, limit: 50 } } })),
  );
  return (
    <Panel title={t('openPages.results.found', { q })}>
      <PagedList pages={pages} empty={t('openPages.results.none', { q })}>
        {(rows) => (
          <ResultTable
            rows={rows}
            campaignOf={(row) => <Link to={`/public/${row.campaign.code}`}>{row.campaign.name}</Link>}
          />
        )}
      </PagedList>
    </Panel>
  );
}
