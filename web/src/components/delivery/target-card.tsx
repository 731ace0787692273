import { Alert, Button, Card, Space, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { DeliveryTarget } from '../../api/types';
import { usePages } from '../../lib/use-pages';
import { Paged } from '../paged';
import { DeliveryRow } from './delivery-row';
import { DELIVERIES_KEY } from './keys';

const VARIABLES = { folder: 'EXCHANGE_FOLDER', webhook: 'DELIVERY_WEBHOOK_URL' } as const;
const REFETCH_MS = 30_000;

interface Props {
  target: DeliveryTarget;
  /** Whether the site has its way set up. */
  isReachable: boolean;
  onEdit: () => void;
}

/** A system that receives results, and the batches it was sent. */
export function TargetCard({ target, isReachable, onEdit }: Props) {
  const { t } = useTranslation();
  const { code, kind } = target;
  const pages = usePages(
    [...DELIVERIES_KEY, 'of', code],
    (cursor) =>
      answerOf(
        api.GET('/api/v1/delivery-targets/{code}/deliveries', {
          params: { path: { code }, query: { limit: 20, cursor } },
        }),
      ),
    { refetchInterval: REFETCH_MS },
  );
  return (
    <Card title={target.name} extra={<Button onClick={onEdit}>{t('deliveries.edit')}</Button>}>
      <Space wrap className="gap-below">
        <Tag>{t(`deliveries.kinds.${kind}`)}</Tag>
        <Tag>{t(`deliveries.formats.${target.format}`)}</Tag>
        {!target.enabled && <Tag color="orange">{t('deliveries.off')}</Tag>}
      </Space>
      {!isReachable && (
        <Alert
          type="warning"
          showIcon
          className="gap-below"
          title={t('deliveries.kindMissing', { variable: VARIABLES[kind] })}
        />
      )}
      {!target.columns.some((column) => column.field === 'status') && (
        <Alert type="warning" showIcon className="gap-below" title={t('deliveries.statusMissing')} />
      )}
      <p className="muted small">{t(`deliveries.kindHints.${kind}`, { code })}</p>
      <p>
        {target.waiting > 0 ? t('deliveries.waiting', { n: target.waiting }) : t('deliveries.nothingWaiting')}
        {target.failed > 0 && <span className="bad"> · {t('deliveries.failed', { n: target.failed })}</span>}
      </p>
      <h3>{t('deliveries.batches')}</h3>
      <Paged pages={pages} empty={t('deliveries.noBatches')}>
        {(rows) => (
          <ul className="row-list">
            {rows.map((delivery) => (
              <DeliveryRow key={delivery.id} delivery={delivery} />
            ))}
          </ul>
        )}
      </Paged>
    </Card>
  );
}
