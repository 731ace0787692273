import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Inspector } from '../../api/types';

export const INSPECTOR_STATUSES = ['active', 'leave', 'suspended', 'left'] as const;

const COLORS = { active: 'green', leave: 'gold', suspended: 'red', left: 'default' } as const;

/** Whether somebody can be sent: at work, with a certificate, trained. */
export function InspectorTags({ inspector }: { inspector: Inspector }) {
  const { t } = useTranslation();
  return (
    <span className="tags">
      {!inspector.certificateValid && <Tag color="red">{t('inspectors.expired')}</Tag>}
      {inspector.certificateExpiring && <Tag color="gold">{t('inspectors.expiring')}</Tag>}
      {inspector.trainedUntil !== null && !inspector.trainingValid && (
        <Tag color="orange">{t('training.expired')}</Tag>
      )}
      {inspector.trainingExpiring && <Tag color="gold">{t('training.expiring')}</Tag>}
      <Tag color={COLORS[inspector.status]}>{t(`inspectors.status.${inspector.status}`)}</Tag>
    </span>
  );
}
