import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../../api/client';
import { resultLabel } from '../../lib/results';
import { usePages } from '../../lib/use-pages';
import { Paged } from '../paged';

/** Its visits in all campaigns with their results, as far as whoever looks may see them. */
export function EntityVisits({ code }: { code: string }) {
  const { t } = useTranslation();
  const pages = usePages(['visits', { entity: code }], (cursor) =>
    answerOf(api.GET('/api/v1/visits', { params: { query: { entity: code, cursor, limit: 20 } } })),
  );
  return (
    <Card title={t('registry.visitsTitle')}>
      <Paged pages={pages} empty={t('registry.noVisits')}>
        {(visits) => (
          <ul className="row-list">
            {visits.map((visit) => (
              <li key={visit.id}>
                <div className="row-head">
                  <Link to={`/visits/${visit.id}`}>
                    {t('registry.visitOf', { campaign: visit.campaign.name, number: visit.number })}
                  </Link>
                  <span className="muted small">{visit.visitOn ?? t('states.unset')}</span>
                </div>
                {visit.items.map(({ item, resultCode }) => (
                  <div key={item.code} className="small">
                    {item.name}：{resultCode === null ? t('registry.noResult') : resultLabel(resultCode, t)}
                  </div>
                ))}
              </li>
            ))}
          </ul>
        )}
      </Paged>
    </Card>
  );
}

/** Who stays away from it; only for those who may know. */
export function EntityRecusals({ code }: { code: string }) {
  const { t } = useTranslation();
  const pages = usePages(['exclusions', { entity: code }], (cursor) =>
    answerOf(api.GET('/api/v1/exclusions', { params: { query: { entity: code, cursor, limit: 20 } } })),
  );
  return (
    <Card title={t('registry.recusals')}>
      <Paged pages={pages} empty={t('registry.noRecusals')}>
        {(rows) => (
          <ul className="row-list">
            {rows.map((one) => (
              <li key={one.id}>
                <strong>{one.inspector}</strong> <span className="small">{one.reason}</span>
              </li>
            ))}
          </ul>
        )}
      </Paged>
    </Card>
  );
}
