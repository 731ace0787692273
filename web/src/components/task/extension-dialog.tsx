import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { TaskDetail } from '../../api/types';
import { formatInstant } from '../../lib/format';
import { useIntention } from '../../lib/use-intention';
import { FormDialog } from '../form-dialog';
import { ReasonField } from '../reason-field';

export function ExtensionDialog({ task, onClose }: { task: TaskDetail; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<{ amount: number; reason: string }>();
  const { key, settle } = useIntention();
  const { most, latest } = task.extension;
  const send = useMutation({
    mutationFn: (body: { amount: number; reason: string }) =>
      answerOf(
        api.POST('/api/v1/tasks/{id}/extensions', {
          params: { path: { id: task.id }, header: { 'Idempotency-Key': key } },
          body,
        }),
      ),
    onSuccess: async () => {
      void message.success(t('task.sentRequest'));
      onClose();
      await client.invalidateQueries({ queryKey: ['tasks'] });
    },
    onSettled: settle,
  });
  return (
    <FormDialog
      title={t('task.extendTitle')}
      okText={t('task.extend')}
      form={form}
      request={send}
      onFinish={send.mutate}
      onClose={onClose}
      initialValues={{ amount: 1 }}
    >
      <p className="muted">{t('task.extendHint', { most, latest: formatInstant(latest) })}</p>
      <Form.Item
        name="amount"
        label={t('task.amount')}
        rules={[
          { required: true, type: 'integer', min: 1, max: most, message: t('task.amountNeeded', { most }) },
        ]}
      >
        <InputNumber className="full" autoFocus />
      </Form.Item>
      <ReasonField label={t('task.reason')} needed={t('task.reasonNeeded')} minLength={5} maxLength={500} />
    </FormDialog>
  );
}
