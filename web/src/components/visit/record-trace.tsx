import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { VisitPapers } from '../../api/types';
import { CheckGroup } from '../check-group';
import { FormDialog } from '../form-dialog';

interface Fields {
  reason: string;
  people?: string[];
}

/** Where the entity can't scan, the inspector records arrival and leaving and says why. */
export function RecordTrace({ visitId, papers }: { visitId: number; papers: VisitPapers }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const [form] = Form.useForm<Fields>();
  const isArrival = papers.trace === null;
  const team = papers.departments.flatMap((one) => one.inspectors);
  const record = useMutation({
    mutationFn: ({ reason, people }: Fields) => {
      const params = { path: { id: visitId } };
      return isArrival
        ? answerOf(
            api.POST('/api/v1/visits/{id}/arrival', { params, body: { reason, people: people ?? [] } }),
          )
        : answerOf(api.POST('/api/v1/visits/{id}/leaving', { params, body: { reason } }));
    },
    onSuccess: (after) => {
      void message.success(t('papers.recorded'));
      client.setQueryData(['visit-papers', visitId], after);
      form.resetFields();
      setIsOpen(false);
    },
  });
  if (papers.trace?.leftAt) return null;
  const title = t(isArrival ? 'papers.recordArrival' : 'papers.recordLeaving');
  const needed = [{ required: true, message: t('papers.needed') }];
  return (
    <div>
      <Button size="small" onClick={() => setIsOpen(true)}>
        {title}
      </Button>
      {isOpen && (
        <FormDialog
          title={title}
          okText={title}
          form={form}
          request={record}
          onFinish={record.mutate}
          onClose={() => setIsOpen(false)}
          initialValues={{ people: team.map((one) => one.code) }}
        >
          {isArrival && (
            <Form.Item name="people" label={t('papers.people')} rules={needed}>
              <CheckGroup options={team.map((one) => ({ value: one.code, label: one.name }))} />
            </Form.Item>
          )}
          <Form.Item name="reason" label={t('papers.reason')} extra={t('papers.reasonHint')} rules={needed}>
            <Input maxLength={300} />
          </Form.Item>
        </FormDialog>
      )}
    </div>
  );
}
