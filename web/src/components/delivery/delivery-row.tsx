import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { Delivery } from '../../api/types';
import { formatInstant } from '../../lib/format';
import { ProblemAlert } from '../problem-alert';
import { DELIVERIES_KEY } from './keys';
import { OpenRows } from './open-rows';

const COLOURS = {
  created: 'default',
  sending: 'blue',
  sent: 'blue',
  acknowledged: 'green',
  rejected: 'red',
  failed: 'red',
} as const;

/** One batch: what became of it and of its rows, its file, and the way to send it again. */
export function DeliveryRow({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [shown, setShown] = useState<'refused' | 'unanswered' | null>(null);
  const resend = useMutation({
    mutationFn: () =>
      answerOf(api.POST('/api/v1/deliveries/{id}/resend', { params: { path: { id: delivery.id } } })),
    onSuccess: () => void message.success(t('deliveries.resent')),
    onSettled: () => client.invalidateQueries({ queryKey: DELIVERIES_KEY }),
  });
  const { status, sentAt, acknowledgedAt } = delivery;
  const isAnswered = acknowledgedAt !== null;
  const openKinds = (['refused', 'unanswered'] as const).filter((kind) => isAnswered && delivery[kind] > 0);
  return (
    <li>
      <div className="row-head">
        <strong>{delivery.fileName}</strong>
        <Tag color={COLOURS[status]}>{t(`deliveries.statuses.${status}`)}</Tag>
      </div>
      <div>
        {t('deliveries.counts', {
          ...{ rows: delivery.rows, accepted: delivery.accepted },
          ...{ refused: delivery.refused, unanswered: delivery.unanswered },
        })}
      </div>
      <div className="muted small">
        {t('deliveries.times', { at: formatInstant(delivery.createdAt) })}
        {sentAt && ` · ${t('deliveries.sentAt', { at: formatInstant(sentAt) })}`}
        {acknowledgedAt && ` · ${t('deliveries.acknowledgedAt', { at: formatInstant(acknowledgedAt) })}`}
        {delivery.attempts > 1 && ` · ${t('deliveries.attempts', { n: delivery.attempts })}`}
      </div>
      {delivery.reply && (delivery.mayResend || status === 'sending') && (
        <p className="quote">{delivery.reply}</p>
      )}
      <ProblemAlert error={resend.error} />
      <div className="filters gap-above">
        {openKinds.map((kind) => (
          <Button
            key={kind}
            size="small"
            aria-expanded={shown === kind}
            onClick={() => setShown(shown === kind ? null : kind)}
          >
            {t(`deliveries.open.${kind}`, { n: delivery[kind] })}
          </Button>
        ))}
        <Button size="small" href={`/api/v1/deliveries/${delivery.id}/file`} download>
          {t('deliveries.download')}
        </Button>
        {delivery.mayResend && (
          <Button size="small" loading={resend.isPending} onClick={() => resend.mutate()}>
            {t('deliveries.resend')}
          </Button>
        )}
      </div>
      {shown && <OpenRows deliveryId={delivery.id} outcome={shown} />}
    </li>
  );
}
