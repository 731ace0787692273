import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Item } from '../../api/types';

export const STATUSES = ['draft', 'submitted', 'published', 'superseded', 'withdrawn'] as const;

const COLOURS: Record<Item['status'], string> = {
  draft: 'default',
  submitted: 'gold',
  published: 'green',
  superseded: 'default',
  withdrawn: 'red',
};

export function ItemStatus({ status }: Pick<Item, 'status'>) {
  const { t } = useTranslation();
  return <Tag color={COLOURS[status]}>{t(`items.status.${status}`)}</Tag>;
}
