import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { RatioPolicy } from '../../api/types';
import { useIntention } from '../../lib/use-intention';
import { FormDialog } from '../form-dialog';
import { POLICIES_KEY } from './use-policies';

type PolicyCommand = RatioPolicy['possibleCommands'][number];

/** What the person may do with a version now. */
export function PolicyDecision({ policy }: { policy: RatioPolicy }) {
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
      {asked && <DecisionDialog policy={policy} command={asked} onClose={() => setAsked(null)} />}
    </Space>
  );
}

function DecisionDialog({
  policy: { version },
  command,
  onClose,
}: {
  policy: RatioPolicy;
  command: PolicyCommand;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ note?: string }>();
  const client = useQueryClient();
  const { key, settle } = useIntention();
  const decide = useMutation({
    mutationFn: ({ note = '' }: { note?: string }) =>
      answerOf(
        api.POST('/api/v1/ratio-policies/{version}/decision', {
          params: { path: { version }, header: { 'Idempotency-Key': key } },
          body: { command, note },
        }),
      ),
    onSettled: settle,
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: POLICIES_KEY });
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
      onFinish={(fields) => decide.mutate(fields)}
      onClose={onClose}
    >
      <p>{t('policy.hint')}</p>
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
