import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { VisitDay } from '../../api/types';

/** Who of the team can't come on a day, and why. */
export function DayConflicts({ conflicts }: { conflicts: VisitDay['conflicts'] }) {
  const { t } = useTranslation();
  return (
    <Alert
      type="warning"
      title={t('visitDay.conflicts')}
      description={conflicts.map((one) => (
        <div key={one.text}>{one.text}</div>
      ))}
    />
  );
}
