import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { UrgingOrder } from '../../api/types';
import { DayPicker } from '../day-pickers';
import { today } from '../../lib/format';
import { useIntention } from '../../lib/use-intention';
import { FormDialog } from '../form-dialog';
import { NoteAndDecide, type Decision } from '../note-and-decide';
import { ProblemAlert } from '../problem-alert';
import { ReasonField } from '../reason-field';

/** What the signed-in person may do with an order now. */
export function OrderActions({ order }: { order: UrgingOrder }) {
  return (
    <>
      {order.mayAnswer && <AnswerForm number={order.number} />}
      {order.mayDecide && <DecisionForm number={order.number} />}
    </>
  );
}

function useRecorded() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  return async () => {
    void message.success(t('urging.done'));
    await client.invalidateQueries();
  };
}

function AnswerForm({ number }: { number: string }) {
  const { t } = useTranslation();
  const { key, settle } = useIntention();
  const send = useMutation({
    mutationFn: (body: { answer: string }) =>
      answerOf(
        api.POST('/api/v1/urging-orders/{number}/answer', {
          params: { path: { number }, header: { 'Idempotency-Key': key } },
          body,
        }),
      ),
    onSuccess: useRecorded(),
    onSettled: settle,
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
  const { key, settle } = useIntention();
  const [answerBy, setAnswerBy] = useState<Dayjs | null>(null);
  const decision = useMutation({
    mutationFn: ({ accepts, note }: Decision) => {
      const params = { path: { number }, header: { 'Idempotency-Key': key } };
      return answerOf(
        accepts
          ? api.POST('/api/v1/urging-orders/{number}/accept', { params, body: { note } })
          : api.POST('/api/v1/urging-orders/{number}/return', {
              params,
              body: { note, ...(answerBy ? { answerBy: answerBy.format('YYYY-MM-DD') } : {}) },
            }),
      );
    },
    onSuccess: useRecorded(),
    onSettled: settle,
  });
  return (
    <>
      <NoteAndDecide
        label={t('urging.noteLabel')}
        accept={t('urging.accept')}
        decline={t('urging.return')}
        noteNeeded={t('urging.noteNeeded')}
        decision={decision}
      />
      <label className="small muted gap-above">
        {t('urging.answerBy')} <DayPicker minDate={dayjs(today())} value={answerBy} onChange={setAnswerBy} />
      </label>
    </>
  );
}

export function WithdrawButton({ order: { number } }: { order: UrgingOrder }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [form] = Form.useForm<{ reason: string }>();
  const { key, settle } = useIntention();
  const recorded = useRecorded();
  const withdraw = useMutation({
    mutationFn: (body: { reason: string }) =>
      answerOf(
        api.POST('/api/v1/urging-orders/{number}/withdraw', {
          params: { path: { number }, header: { 'Idempotency-Key': key } },
          body,
        }),
      ),
    onSuccess: async () => {
      setOpen(false);
      await recorded();
    },
    onSettled: settle,
  });
  return (
    <>
      <Button danger onClick={() => setOpen(true)}>
        {t('urging.withdraw')}
      </Button>
      {isOpen && (
        <FormDialog
          title={t('urging.withdrawTitle', { number })}
          okText={t('urging.withdraw')}
          form={form}
          request={withdraw}
          danger
          onFinish={withdraw.mutate}
          onClose={() => setOpen(false)}
        >
          <p className="muted">{t('urging.withdrawHint')}</p>
          <ReasonField label={t('urging.withdrawReason')} needed={t('urging.withdrawNeeded')} autoFocus />
        </FormDialog>
      )}
    </>
  );
}
