import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { answerOf, api } from '../api/client';
import type { DrawnVisit } from '../api/types';
import { useOpenPages } from '../lib/use-open-pages';
import { PagedList, Panel } from '../components/open-parts';
import { SearchForm } from './search-form';

export function DrawnVisits({ code }: { code: string }) {
  const { t } = useTranslation();
  const q = useSearchParams()[0].get('drawn') ?? '';
  const pages = useOpenPages('drawnAfter', ['public-visits', code, q], (cursor) =>
    answerOf(
      api.GET('/api/v1/public/campaigns/{code}/visits', {
        params: { path: { code }, query: { q: q || undefined, cursor, limit: 50 } },
      }),
    ),
  );
  return (
    <Panel title={t('open.drawn')}>
      <SearchForm name="drawn" place="drawnAfter" />
      <PagedList pages={pages} empty={q ? t('open.notFound', { q }) : t('open.drawnEmpty')}>
        {(visits) => (
          <table className="cards">
            <thead>
              <tr>
                <th className="nowrap">{t('open.number')}</th>
                <th>{t('open.entity')}</th>
                <th>{t('open.item')}</th>
                <th>{t('open.team')}</th>
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
                  <td data-label={t('open.team')}>
                    <DrawnTeams teams={visit.teams} />
                  </td>
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

/** In one box: a narrow screen puts the column's name beside it. */
function DrawnTeams({ teams }: { teams: DrawnVisit['teams'] }) {
  const { t } = useTranslation();
  return (
    <div>
      {teams.map((team) => (
        <div key={team.department}>
          <span className="muted">{team.name}</span>{' '}
          {team.inspectors.map((inspector, at) => (
            <span key={inspector} className="nowrap">
              {at > 0 && '、'}
              {inspector}
            </span>
          ))}
          {team.missing > 0 && <span className="bad"> {t('wall.drawn.missing', { n: team.missing })}</span>}
        </div>
      ))}
    </div>
  );
}
