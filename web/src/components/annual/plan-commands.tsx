import { Button, Form, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { AnnualPlan } from '../../api/types';
import { FormDialog } from '../form-dialog';
import { usePlanChange } from './use-plan';
import { ReasonField } from '../reason-field';

type PlanCommand = AnnualPlan['possibleCommands'][number];

/** What the person may do with the whole plan now. */
export function PlanCommands({ plan }: { plan: AnnualPlan }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<PlanCommand | null>(null);
  return (
    <Space wrap>
      {plan.possibleCommands.map((command) => (
        <Button
          key={command}
          {...(isHarmful(command) ? { danger: true } : { type: 'primary' })}
          onClick={() => setAsked(command)}
        >
          {t(`annual.commands.${command}`)}
        </Button>
      ))}
      {asked && <CommandDialog plan={plan} command={asked} onClose={() => setAsked(null)} />}
    </Space>
  );
}

const isHarmful = (command: PlanCommand): boolean => command === 'return' || command === 'discard';

function CommandDialog({
  plan,
  command,
  onClose,
}: {
  plan: AnnualPlan;
  command: PlanCommand;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ reason?: string }>();
  const give = usePlanChange(
    plan.year,
    (fields: { reason?: string }, key) =>
      answerOf(
        api.POST('/api/v1/annual-plans/{year}/{command}', {
          params: { path: { year: plan.year, command }, header: { 'Idempotency-Key': key } },
          body: { reason: fields.reason ?? '' },
        }),
      ),
    onClose,
  );
  const name = t(`annual.commands.${command}`);
  return (
    <FormDialog
      title={name}
      okText={t('annual.confirm', { command: name })}
      form={form}
      request={give}
      danger={isHarmful(command)}
      onFinish={(fields) => give.mutate(fields)}
      onClose={onClose}
    >
      <p>{t(`annual.hints.${command}`)}</p>
      {(command === 'return' || command === 'amend') && (
        <ReasonField label={t('annual.reason')} needed={t('annual.reasonNeeded')} autoFocus />
      )}
    </FormDialog>
  );
}
