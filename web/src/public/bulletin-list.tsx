import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../api/client';
import { PagedList } from '../components/open-parts';
import { formatInstant } from '../lib/format';
import { useOpenPages } from '../lib/use-open-pages';
import { useTitle } from '../lib/use-title';

export function PublicBulletinList() {
  const { t } = useTranslation();
  useTitle(t('bulletin.open.title'), t('bulletin.open.lead'));
  const pages = useOpenPages('after', ['public-bulletins'], (cursor) =>
    answerOf(api.GET('/api/v1/public/bulletins', { params: { query: { cursor, limit: 30 } } })),
  );
  return (
    <>
      <h1>{t('bulletin.open.title')}</h1>
      <p className="lead">{t('bulletin.open.lead')}</p>
      <PagedList pages={pages} empty={t('bulletin.open.empty')}>
        {(rows) => (
          <ul className="row-list">
            {rows.map((row) => (
              <li key={row.number}>
                <strong>
                  <Link to={`/public/bulletins/${row.number}`}>{row.title}</Link>
                </strong>
                <div className="muted small">
                  {t('bulletin.line', {
                    number: row.number,
                    period: row.periodText,
                    region: row.region.name,
                  })}
                  {row.publishedAt &&
                    ` · ${t('bulletin.publishedAt', { at: formatInstant(row.publishedAt) })}`}
                </div>
              </li>
            ))}
          </ul>
        )}
      </PagedList>
    </>
  );
}
