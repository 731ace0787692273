import { PrinterOutlined } from '@ant-design/icons';
import { Card, Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { UrgingOrderDetail } from '../api/types';
import { LinkButton } from '../components/link-button';
import { Loaded } from '../components/loaded';
import '../components/numbers.css';
import { OrderActions, WithdrawButton } from '../components/urging/order-actions';
import { ConcernedTasks, useOrderFacts } from '../components/urging/order-facts';
import { OrderRounds } from '../components/urging/order-rounds';
import { OrderStatus } from '../components/urging/urging-orders';
import { useOrder } from '../components/urging/use-order';
import { useTitle } from '../lib/use-title';

export function UrgingOrderPage() {
  const { number = '' } = useParams();
  return <Loaded query={useOrder(number)}>{(order) => <Order order={order} />}</Loaded>;
}

function Order({ order }: { order: UrgingOrderDetail }) {
  const { t } = useTranslation();
  const title = t('urging.number', { number: order.number });
  useTitle(title);
  const facts = useOrderFacts(order);
  return (
    <>
      <div className="page-head">
        <h1>
          {title} <OrderStatus status={order.status} />
        </h1>
        <div className="filters">
          <LinkButton icon={<PrinterOutlined aria-hidden />} to={`/urging-orders/${order.number}/print`}>
            {t('urging.print')}
          </LinkButton>
          {order.mayWithdraw && <WithdrawButton order={order} />}
        </div>
      </div>
      <div className="stack">
        <Card>
          <Descriptions
            column={{ xs: 1, md: 2 }}
            items={facts.map(([label, text], at) => ({
              key: label,
              label,
              children: <span className="pre-line">{text}</span>,
              ...(at === facts.length - 1 ? { span: 'filled' as const } : {}),
            }))}
          />
        </Card>
        <Card title={t('urging.concerned')}>
          <ConcernedTasks order={order} />
        </Card>
        <Card title={t('urging.rounds')}>
          {order.rounds.every((round) => round.answer === null) && order.rounds.length === 1 && (
            <p className="muted">{t('urging.unanswered')}</p>
          )}
          <OrderRounds order={order} />
          <OrderActions order={order} />
        </Card>
      </div>
    </>
  );
}
