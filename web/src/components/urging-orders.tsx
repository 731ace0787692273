import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Form, Input, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../api/client';
import type { UrgingOrder } from '../api/types';
import { formatInstant } from '../lib/format';
import { usePages } from '../lib/use-pages';
import { departmentsOf, hasRole, useSession } from '../session/use-session';
import { NoteAndDecide, type Decision } from './note-and-decide';
import { Paged } from './paged';
import { ProblemAlert } from './problem-alert';

const COLOURS = { issued: 'red', answered: 'gold', returned: 'red', accepted: 'green' };

/** Urging orders of one campaign or of all, with the forms to answer and to decide. */
export function UrgingOrders({ campaign }: { campaign?: string }) {
  const { t } = useTranslation();
  const pages = usePages(
    ['urging-orders', campaign ?? null],
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
              <OrderRow key={order.number} order={order} withCampaign={campaign === undefined} />
            ))}
          </ul>
        )}
      </Paged>
    </Card>
  );
}

function OrderRow({ order, withCampaign }: { order: UrgingOrder; withCampaign: boolean }) {
  const { t } = useTranslation();
  const { data: me } = useSession();
  const answers =
    (order.status === 'issued' || order.status === 'returned') &&
    departmentsOf(me, 'liaison', 'approver').includes(order.department.code);
  const decides = order.status === 'answered' && hasRole(me, 'supervisor');
  return (
    <li>
      <div className="row-head">
        <strong>
          {order.department.name} · {t('urging.number', { number: order.number })}
        </strong>
        <Tag color={COLOURS[order.status]}>{t(`urging.states.${order.status}`)}</Tag>
      </div>
      <div className="muted small">
        {withCampaign && (
          <>
            <Link to={`/campaigns/${order.campaign.code}`}>{order.campaign.name}</Link>
            {' · '}
          </>
        )}
        {t('urging.issued', { at: formatInstant(order.issuedAt), n: order.overdueTasks })}
      </div>
      {order.answer && (
        <p className="quote">
          {t('urging.answeredAt', {
            at: order.answeredAt ? formatInstant(order.answeredAt) : '',
          })}
          {order.answer}
        </p>
      )}
      {order.decisionNote && (
        <p className="quote">
          {t('urging.note')}
          {order.decisionNote}
        </p>
      )}
      {answers && <AnswerForm number={order.number} />}
      {decides && <DecisionForm number={order.number} />}
    </li>
  );
}

function useRecorded() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  return async () => {
    void message.success(t('urging.done'));
    await client.invalidateQueries({ queryKey: ['urging-orders'] });
    await client.invalidateQueries({ queryKey: ['tasks'] });
  };
}

function AnswerForm({ number }: { number: string }) {
  const { t } = useTranslation();
  const send = useMutation({
    mutationFn: (body: { answer: string }) =>
      answerOf(api.POST('/api/v1/urging-orders/{number}/answer', { params: { path: { number } }, body })),
    onSuccess: useRecorded(),
  });
  return (
    <Form layout="vertical" onFinish={send.mutate} className="inline-form">
      <ProblemAlert error={send.error} className="gap-below" />
      <Form.Item
        name="answer"
        label={t('urging.answerLabel')}
        extra={t('urging.answerHint')}
        rules={[{ required: true, min: 5, whitespace: true, message: t('urging.answerHint') }]}
      >
        <Input.TextArea rows={3} maxLength={4000} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={send.isPending}>
        {t('urging.answer')}
      </Button>
    </Form>
  );
}

function DecisionForm({ number }: { number: string }) {
  const { t } = useTranslation();
  const decision = useMutation({
    mutationFn: ({ accepts, note }: Decision) => {
      const options = { params: { path: { number } }, body: { note } };
      return answerOf(
        accepts
          ? api.POST('/api/v1/urging-orders/{number}/accept', options)
          : api.POST('/api/v1/urging-orders/{number}/return', options),
      );
    },
    onSuccess: useRecorded(),
  });
  return (
    <NoteAndDecide
      label={t('urging.noteLabel')}
      accept={t('urging.accept')}
      decline={t('urging.return')}
      decision={decision}
    />
  );
}
