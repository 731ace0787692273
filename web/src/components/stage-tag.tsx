import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Stage } from '../api/types';

const COLOURS: Partial<Record<Stage, string>> = {
  returned: 'red',
  cancelled: 'red',
  submitted: 'gold',
  published: 'green',
  closed: 'green',
  draft: 'default',
};

export function StageTag({ stage }: { stage: Stage }) {
  const { t } = useTranslation();
  return <Tag color={COLOURS[stage] ?? 'blue'}>{t(`stages.${stage}`)}</Tag>;
}
