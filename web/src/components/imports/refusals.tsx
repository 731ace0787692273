import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { usePages } from '../../lib/use-pages';
import { Paged } from '../paged';

/** Why rows were refused, in the order of the file. */
export function Refusals({ importId }: { importId: number }) {
  const { t } = useTranslation();
  const pages = usePages(['imports', importId, 'refusals'], (cursor) =>
    answerOf(
      api.GET('/api/v1/imports/{id}/refusals', {
        params: { path: { id: importId }, query: { limit: 50, cursor } },
      }),
    ),
  );
  return (
    <section aria-label={t('imports.refusals')} className="gap-above">
      <p className="muted small">{t('imports.refusalsHint')}</p>
      <Paged pages={pages} empty="">
        {(rows) => (
          <ul className="row-list">
            {rows.map(({ rowNumber, column, value, reason, message }) => (
              <li key={`${rowNumber} ${column} ${reason}`}>
                <div className="muted small">
                  {t('imports.refusalRow', { row: rowNumber })} · {column}
                </div>
                <div className="refused-value">{value}</div>
                <div>{message}</div>
              </li>
            ))}
          </ul>
        )}
      </Paged>
    </section>
  );
}
