import { useTranslation } from 'react-i18next';
import type { TaskDetail } from '../../api/types';
import { formatInstant } from '../../lib/format';

/** All that happened to a task, the first first. */
export function TaskHistory({ history }: { history: TaskDetail['history'] }) {
  const { t } = useTranslation();
  return (
    <ul className="row-list">
      {history.map((one, at) => (
        <li key={at}>
          <div className="row-head">
            <strong>{t(`task.happenings.${one.kind}`)}</strong>
            <span className="muted small">
              {formatInstant(one.at)}
              {one.actor !== null && ` · ${one.actor}`}
            </span>
          </div>
          {one.text !== '' && <div>{one.text}</div>}
          {one.told.length > 0 && (
            <div className="muted small">
              {t('task.told', {
                names: one.told
                  .map(({ name, mail }) => `${name}（${t(`mails.statuses.${mail}`)}）`)
                  .join('、'),
              })}
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
