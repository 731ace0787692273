import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Visit } from '../../api/types';

export function VisitState({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  if (visit.publishedAt !== null) return <Tag color="green">{t('visit.state.published')}</Tag>;
  if (visit.finishedAt !== null) return <Tag color="blue">{t('visit.state.finished')}</Tag>;
  return <Tag>{t('visit.state.open')}</Tag>;
}
