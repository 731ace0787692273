import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { Button, Form, Input, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyVersion } from '../../api/types';
import { useIntention } from '../../lib/use-intention';
import { FormDialog } from '../form-dialog';

type PolicyCommand = PolicyVersion['possibleCommands'][number];

export interface PolicyDeciding {
  /** The list that the versions are in. */
  queryKey: QueryKey;
  /** When a version counts for what. */
  hint: string;
  /** `key`: the intention's, so that it is carried out once. */
  send: (version: number, body: { command: PolicyCommand; note: string }, key: string) => Promise<unknown>;
}

interface Props {
  policy: PolicyVersion;
  deciding: PolicyDeciding;
}

/** What the person may do with a version now. */
export function PolicyDecision({ policy, deciding }: Props) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<PolicyCommand | null>(null);
  return (
    <Space wrap>
      {policy.possibleCommands.map((command) => (
        <Button
          key={command}
          size="small"
          {...(command === 'return' ? { danger: true } : { type: 'primary' })}
          onClick={() => setAsked(command)}
        >
          {t(`policy.commands.${command}`)}
        </Button>
      ))}
      {asked && (
        <DecisionDialog policy={policy} deciding={deciding} command={asked} onClose={() => setAsked(null)} />
      )}
    </Space>
  );
}

function DecisionDialog({
  policy: { version },
  deciding: { queryKey, hint, send },
  command,
  onClose,
}: Props & { command: PolicyCommand; onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ note?: string }>();
  const client = useQueryClient();
  const { key, settle } = useIntention();
  const decide = useMutation({
    mutationFn: ({ note = '' }: { note?: string }) => send(version, { command, note }, key),
    onSettled: settle,
    onSuccess: () => {
      void client.invalidateQueries({ queryKey });
      onClose();
    },
  });
  const name = t(`policy.commands.${command}`);
  return (
    <FormDialog
      title={`${name} · ${t('policy.version', { n: version })}`}
      okText={t('policy.confirm', { command: name })}
      form={form}
      request={decide}
      danger={command === 'return'}
      onFinish={decide.mutate}
      onClose={onClose}
    >
      <p>{hint}</p>
      {command !== 'submit' && (
        <Form.Item
          name="note"
          label={t('policy.commandNote')}
          rules={[{ required: command === 'return', whitespace: true, message: t('policy.noteNeeded') }]}
        >
          <Input.TextArea rows={3} maxLength={1000} />
        </Form.Item>
      )}
    </FormDialog>
  );
}
