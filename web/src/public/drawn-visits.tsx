import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';
import { usePages } from '../lib/use-pages';
import { PagedList, Panel } from './open-parts';
import { SearchForm } from './search-form';

export function DrawnVisits({ code }: { code: string }) {
  const { t } = useTranslation();
  const [q, setQ] = useState('');
  const pages = usePages(['public-visits', code, q], (cursor) =>
    answerOf(
      api.GET('/api/v1/public/campaigns/{code}/visits', {
        params: { path: { code }, query: { q: q || undefined, cursor, limit: 50 } },
      }),
    ),
  );
  return (
    <Panel title={t('open.drawn')}>
      <SearchForm onSearch={setQ} />
      <PagedList pages={pages} empty={q ? t('open.notFound', { q }) : t('open.drawnEmpty')}>
        {(visits) => (
          <table className="cards">
            <thead>
              <tr>
                <th>{t('open.number')}</th>
                <th>{t('open.entity')}</th>
                <th>{t('open.item')}</th>
                <th>{t('open.ticket')}</th>
              </tr>
            </thead>
            <tbody>
              {visits.map((visit) => (
                <tr key={visit.number}>
                  <td data-label={t('open.number')}>{visit.number}</td>
                  <td data-label={t('open.entity')}>
                    {visit.entityName}
                    <div className="mono muted">{visit.creditCode}</div>
                  </td>
                  <td data-label={t('open.item')}>{visit.items.map((item) => item.name).join('、')}</td>
                  <td data-label={t('open.ticket')} className="mono ticket" title={visit.ticket}>
                    {visit.ticket.slice(0, 16)}…
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </PagedList>
    </Panel>
  );
}
