import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { TaskDetail } from '../../api/types';
import { useIntention } from '../../lib/use-intention';
import { FormDialog } from '../form-dialog';
import { ReasonField } from '../reason-field';

export function ReassignDialog({ task, onClose }: { task: TaskDetail; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<{ assignee: number; reason: string }>();
  const { key, settle } = useIntention();
  const candidates = task.reassignment?.candidates ?? [];
  const send = useMutation({
    mutationFn: (body: { assignee: number; reason: string }) =>
      answerOf(
        api.POST('/api/v1/tasks/{id}/assignee', {
          params: { path: { id: task.id }, header: { 'Idempotency-Key': key } },
          body,
        }),
      ),
    onSuccess: async () => {
      void message.success(t('task.reassigned'));
      onClose();
      await client.invalidateQueries({ queryKey: ['tasks'] });
    },
    onSettled: settle,
  });
  return (
    <FormDialog
      title={t('task.reassignTitle')}
      okText={t('task.reassign')}
      form={form}
      request={send}
      onFinish={send.mutate}
      onClose={onClose}
    >
      <p className="muted">{t('task.reassignHint')}</p>
      {task.kind === 'results' && (
        <Alert type="info" title={t('task.reassignResultsOnly')} className="gap-below" />
      )}
      <Form.Item
        name="assignee"
        label={t('task.reassignTo')}
        rules={[{ required: true, message: t('task.reassignToNeeded') }]}
      >
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          notFoundContent={t('task.reassignNobody')}
          options={candidates.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <ReasonField label={t('task.reason')} needed={t('task.reasonNeeded')} minLength={5} maxLength={500} />
    </FormDialog>
  );
}
