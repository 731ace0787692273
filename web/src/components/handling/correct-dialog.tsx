import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { CreditRecord } from '../../api/types';
import { useIntention } from '../../lib/use-intention';
import { FormDialog } from '../form-dialog';
import { ReasonField } from '../reason-field';

/** A record that was wrong stays, with the reason, and counts no more. */
export function CorrectDialog({ record, onClose }: { record: CreditRecord; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<{ reason: string }>();
  const { key, settle } = useIntention();
  const correct = useMutation({
    mutationFn: (body: { reason: string }) =>
      answerOf(
        api.POST('/api/v1/credit-records/{id}/correct', {
          params: { path: { id: record.id }, header: { 'Idempotency-Key': key } },
          body,
        }),
      ),
    onSuccess: async () => {
      void message.success(t('credit.correctedDone'));
      onClose();
      await client.invalidateQueries();
    },
    onSettled: settle,
  });
  return (
    <FormDialog
      title={t('credit.correctTitle', { name: record.entityName })}
      okText={t('credit.correct')}
      form={form}
      request={correct}
      onFinish={correct.mutate}
      onClose={onClose}
      danger
    >
      <p className="muted">{t('credit.correctHint')}</p>
      <ReasonField label={t('credit.reason')} needed={t('credit.reasonNeeded')} minLength={5} />
    </FormDialog>
  );
}
