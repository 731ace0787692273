import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Card, Empty, Form, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { Inspector, InspectorFile, KeptTraining } from '../../api/types';
import { formatInstant, today } from '../../lib/format';
import { useIntention } from '../../lib/use-intention';
import { FormDialog } from '../form-dialog';
import { ReasonField } from '../reason-field';
import { TrainingDialog } from './training-dialog';

/** What an inspector was trained in, until when it counts, and whether the city asks for it. */
export function TrainingsCard({ inspector, file }: { inspector: Inspector; file: InspectorFile }) {
  const { t } = useTranslation();
  const [isEntering, setIsEntering] = useState(false);
  const [withdrawn, setWithdrawn] = useState<KeptTraining | null>(null);
  return (
    <Card
      title={t('training.title')}
      extra={file.mayEdit && <Button onClick={() => setIsEntering(true)}>{t('training.enter')}</Button>}
    >
      {file.trainingRequired && !inspector.trainingValid && (
        <Alert
          type="warning"
          showIcon
          className="gap-below"
          title={t('training.lacking', { name: inspector.name })}
        />
      )}
      <p className="muted small">
        {t('training.hint')} {file.trainingRequired && t('training.required')}
      </p>
      {file.trainings.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('training.empty')} />
      ) : (
        <ul className="row-list">
          {file.trainings.map((one) => (
            <TrainingLine key={one.id} training={one} onWithdraw={() => setWithdrawn(one)} />
          ))}
        </ul>
      )}
      {isEntering && <TrainingDialog code={inspector.code} onClose={() => setIsEntering(false)} />}
      {withdrawn && <WithdrawDialog training={withdrawn} onClose={() => setWithdrawn(null)} />}
    </Card>
  );
}

function TrainingLine({ training, onWithdraw }: { training: KeptTraining; onWithdraw: () => void }) {
  const { t } = useTranslation();
  const state =
    training.withdrawnAt !== null ? 'withdrawn' : training.validUntil < today() ? 'over' : 'valid';
  return (
    <li>
      <div className="row-head">
        <strong>{training.topic}</strong>
        <Tag color={state === 'valid' ? 'green' : 'default'}>{t(`training.${state}`)}</Tag>
      </div>
      <div>
        {t('training.facts', { day: training.heldOn, hours: training.hours })} ·{' '}
        {t('training.until', { day: training.validUntil })}
      </div>
      <div className="muted small">
        {t('training.enteredNote', {
          by: training.enteredBy ?? t('imports.system'),
          at: formatInstant(training.enteredAt),
        })}
      </div>
      {training.withdrawnAt !== null && (
        <div className="muted small">
          {t('training.withdrawnNote', {
            by: training.withdrawnBy ?? '',
            at: formatInstant(training.withdrawnAt),
            reason: training.withdrawalReason,
          })}
        </div>
      )}
      {training.mayWithdraw && (
        <Button size="small" className="gap-above" onClick={onWithdraw}>
          {t('training.withdraw')}
        </Button>
      )}
    </li>
  );
}

function WithdrawDialog({ training, onClose }: { training: KeptTraining; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<{ reason: string }>();
  const { key, settle } = useIntention();
  const withdraw = useMutation({
    mutationFn: (body: { reason: string }) =>
      answerOf(
        api.POST('/api/v1/trainings/{id}/withdraw', {
          params: { path: { id: training.id }, header: { 'Idempotency-Key': key } },
          body,
        }),
      ),
    onSuccess: async () => {
      void message.success(t('training.withdrawDone'));
      onClose();
      await client.invalidateQueries();
    },
    onSettled: settle,
  });
  return (
    <FormDialog
      title={t('training.withdrawTitle', { topic: training.topic })}
      okText={t('training.withdraw')}
      form={form}
      request={withdraw}
      onFinish={withdraw.mutate}
      onClose={onClose}
      danger
    >
      <ReasonField
        label={t('inspectors.reason')}
        needed={t('inspectors.reasonNeeded')}
        rows={2}
        maxLength={200}
      />
    </FormDialog>
  );
}
