import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { DeadlinePolicyVersion } from '../../api/types';
import { useIntention } from '../../lib/use-intention';
import { FormDialog } from '../form-dialog';

type Command = DeadlinePolicyVersion['possibleCommands'][number];

/** What the person may do with a version now. */
export function DeadlinePolicyDecision({ row }: { row: DeadlinePolicyVersion }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Command | null>(null);
  return (
    <Space wrap>
      {row.possibleCommands.map((command) => (
        <Button
          key={command}
          size="small"
          {...(command === 'return' ? { danger: true } : { type: 'primary' })}
          onClick={() => setAsked(command)}
        >
          {t(`deadlinePolicy.commands.${command}`)}
        </Button>
      ))}
      {asked && <DecisionDialog version={row.version} command={asked} onClose={() => setAsked(null)} />}
    </Space>
  );
}

function DecisionDialog({
  version,
  command,
  onClose,
}: {
  version: number;
  command: Command;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ note?: string }>();
  const client = useQueryClient();
  const { key, settle } = useIntention();
  const decide = useMutation({
    mutationFn: ({ note = '' }: { note?: string }) =>
      answerOf(
        api.POST('/api/v1/deadline-policies/{version}/decision', {
          params: { path: { version }, header: { 'Idempotency-Key': key } },
          body: { command, note },
        }),
      ),
    onSettled: settle,
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['deadline-policies'] });
      onClose();
    },
  });
  const name = t(`deadlinePolicy.commands.${command}`);
  return (
    <FormDialog
      title={`${name} · ${t('deadlinePolicy.version', { n: version })}`}
      okText={t('deadlinePolicy.confirm', { command: name })}
      form={form}
      request={decide}
      danger={command === 'return'}
      onFinish={decide.mutate}
      onClose={onClose}
    >
      <p>{t('deadlinePolicy.rule')}</p>
      {command !== 'submit' && (
        <Form.Item
          name="note"
          label={t('deadlinePolicy.commandNote')}
          rules={[
            { required: command === 'return', whitespace: true, message: t('deadlinePolicy.noteNeeded') },
          ]}
        >
          <Input.TextArea rows={3} maxLength={1000} />
        </Form.Item>
      )}
    </FormDialog>
  );
}
