import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../../api/client';
import { usePages } from '../../lib/use-pages';
import { Paged } from '../paged';
import { DELIVERIES_KEY } from './keys';

interface Props {
  deliveryId: number;
  outcome: 'refused' | 'unanswered';
}

/** What the receiver refused and why, or did not answer for. */
export function OpenRows({ deliveryId, outcome }: Props) {
  const { t } = useTranslation();
  const pages = usePages([...DELIVERIES_KEY, deliveryId, outcome], (cursor) =>
    answerOf(
      api.GET('/api/v1/deliveries/{id}/rows', {
        params: { path: { id: deliveryId }, query: { outcome, limit: 50, cursor } },
      }),
    ),
  );
  return (
    <section aria-label={t(`deliveries.openTitles.${outcome}`)} className="gap-above">
      <p className="muted small">{t(`deliveries.openTitles.${outcome}`)}</p>
      <Paged pages={pages} empty={t('states.empty')}>
        {(rows) => (
          <ul className="row-list">
            {rows.map((row) => (
              <li key={row.id}>
                <Link to={`/entities/${row.creditCode}`}>{row.entityName}</Link>{' '}
                <span className="mono small">{row.creditCode}</span>
                <div className="muted small">
                  {row.itemCode} {row.itemName}
                </div>
                {outcome === 'refused' && (
                  <div>{row.reason === '' ? t('deliveries.noReason') : row.reason}</div>
                )}
              </li>
            ))}
          </ul>
        )}
      </Paged>
    </section>
  );
}
