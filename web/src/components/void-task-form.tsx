import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';
import { ProblemAlert } from './problem-alert';

/** Oversight closes its task by saying what it found. */
export function VoidTaskForm({ id }: { id: number }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const { message } = App.useApp();
  const client = useQueryClient();
  const send = useMutation({
    mutationFn: (body: { note: string }) =>
      answerOf(api.POST('/api/v1/tasks/{id}/complete', { params: { path: { id } }, body })),
    onSuccess: async () => {
      void message.success(t('voidTask.done'));
      await client.invalidateQueries({ queryKey: ['tasks'] });
    },
  });
  if (!isOpen) {
    return (
      <Button size="small" className="gap-above" onClick={() => setIsOpen(true)}>
        {t('voidTask.record')}
      </Button>
    );
  }
  return (
    <Form layout="vertical" onFinish={send.mutate} className="inline-form">
      <ProblemAlert error={send.error} className="gap-below" />
      <Form.Item
        name="note"
        label={t('voidTask.note')}
        extra={t('voidTask.noteHint')}
        rules={[{ required: true, min: 5, whitespace: true, message: t('voidTask.noteHint') }]}
      >
        <Input.TextArea rows={3} maxLength={2000} autoFocus />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={send.isPending}>
        {t('voidTask.record')}
      </Button>
    </Form>
  );
}
