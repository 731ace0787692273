import { useTranslation } from 'react-i18next';
import type { HandlingCase } from '../../api/types';
import { formatInstant } from '../../lib/format';

/** What is to be done next in a case, by whom, until when. */
export function OwedLine({ owed }: { owed: NonNullable<HandlingCase['next']> }) {
  const { t } = useTranslation();
  const at = formatInstant(owed.dueAt);
  return (
    <div className="small">
      {t('handling.nextOf', {
        task: owed.title,
        department: owed.department,
        person: owed.assignee === null ? '' : ` ${owed.assignee}`,
      })}{' '}
      ·{' '}
      <span className={owed.overdue ? 'bad' : ''}>
        {t(owed.overdue ? 'handling.overdue' : 'handling.due', { at })}
      </span>
    </div>
  );
}
