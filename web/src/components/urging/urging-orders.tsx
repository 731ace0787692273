import { Card, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../../api/client';
import type { UrgingOrder } from '../../api/types';
import { formatInstant } from '../../lib/format';
import { usePages } from '../../lib/use-pages';
import { Paged } from '../paged';
import { OrderActions } from './order-actions';
import { OrderRounds } from './order-rounds';

const COLOURS = {
  issued: 'red',
  answered: 'gold',
  returned: 'red',
  accepted: 'green',
  withdrawn: 'default',
} as const;

export const OrderStatus = ({ status }: Pick<UrgingOrder, 'status'>) => {
  const { t } = useTranslation();
  return <Tag color={COLOURS[status]}>{t(`urging.states.${status}`)}</Tag>;
};

/** What a campaign's departments were urged to, with the forms to answer and to decide. */
export function UrgingOrders({ campaign }: { campaign: string }) {
  const { t } = useTranslation();
  const pages = usePages(
    ['urging-orders', campaign],
    (cursor) =>
      answerOf(api.GET('/api/v1/urging-orders', { params: { query: { campaign, cursor, limit: 20 } } })),
    { refetchInterval: 10_000 },
  );
  return (
    <Card title={t('urging.title')}>
      <Paged pages={pages} empty={t('urging.empty')}>
        {(orders) => (
          <ul className="row-list">
            {orders.map((order) => (
              <OrderRow key={order.number} order={order}>
                <OrderRounds order={order} />
                <OrderActions order={order} />
              </OrderRow>
            ))}
          </ul>
        )}
      </Paged>
    </Card>
  );
}

export function OrderRow({ order, children }: { order: UrgingOrder; children?: React.ReactNode }) {
  const { t } = useTranslation();
  return (
    <li>
      <div className="row-head">
        <strong>
          {order.department.name} ·{' '}
          <Link to={`/urging-orders/${order.number}`}>{t('urging.number', { number: order.number })}</Link>
        </strong>
        <OrderStatus status={order.status} />
      </div>
      <div className="muted small">
        {t('urging.issued', { at: formatInstant(order.issuedAt), n: order.tasks })} ·{' '}
        <DueText order={order} />
      </div>
      {children}
    </li>
  );
}

function DueText({ order }: { order: UrgingOrder }) {
  const { t } = useTranslation();
  if (order.dueAt === null) return t(`urging.origins.${order.origin}`);
  const at = formatInstant(order.dueAt);
  return order.rounds.at(-1)?.isLate ? (
    <span className="bad">{t('urging.overdue', { at })}</span>
  ) : (
    t('urging.due', { at })
  );
}
