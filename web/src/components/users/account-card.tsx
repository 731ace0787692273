import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Descriptions, Form, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { UserDetail } from '../../api/types';
import { formatInstant } from '../../lib/format';
import { FormDialog } from '../form-dialog';
import { ReasonField } from '../reason-field';
import './users.css';

type Step = 'disable' | 'enable' | 'issue' | 'endSessions' | 'resetFactor';

const DONE = {
  disable: 'disabledDone',
  enable: 'enabledDone',
  endSessions: 'sessionsEnded',
  resetFactor: 'factorReset',
} as const;

/** How the person signs in, and what administrators can do about it: each with a reason, on record. */
export function AccountCard({ user }: { user: UserDetail }) {
  const { t } = useTranslation();
  const [step, setStep] = useState<Step | null>(null);
  const [password, setPassword] = useState<string | null>(null);
  const { may } = user;
  const steps: Step[] = [
    ...(may.issuePassword ? (['issue'] as const) : []),
    ...(may.resetSecondFactor ? (['resetFactor'] as const) : []),
    ...(may.endSessions ? (['endSessions'] as const) : []),
    ...(may.enable ? (['enable'] as const) : []),
    ...(may.disable ? (['disable'] as const) : []),
  ];
  const facts = [
    { label: t('users.account.username'), children: user.username },
    { label: t('users.account.email'), children: user.email ?? t('users.account.none') },
    { label: t('users.account.createdAt'), children: formatInstant(user.createdAt) },
    ...(user.disabledAt === null
      ? []
      : [{ label: t('users.account.disabledAt'), children: formatInstant(user.disabledAt) }]),
    {
      label: t('users.account.password'),
      children: [
        t('users.account.passwordSince', { at: formatInstant(user.passwordChangedAt) }),
        ...(user.mustChangePassword ? [t('users.account.mustChange')] : []),
      ].join(' · '),
    },
    {
      label: t('users.account.factor'),
      children: t(user.hasSecondFactor ? 'users.account.factorOn' : 'users.account.factorOff'),
    },
    {
      label: t('users.account.sessions'),
      children:
        user.lastUsedAt === null
          ? t('users.account.sessionsNone')
          : t('users.account.sessionsAt', { n: user.sessions, at: formatInstant(user.lastUsedAt) }),
    },
  ];
  return (
    <Card title={t('users.account.title')}>
      <Descriptions
        size="small"
        column={{ xs: 1, sm: 1, md: 2 }}
        items={facts.map((fact) => ({ ...fact, key: fact.label }))}
      />
      {steps.length > 0 && (
        <div className="filters gap-above">
          {steps.map((one) => (
            <Button key={one} danger={one === 'disable'} onClick={() => setStep(one)}>
              {t(`users.account.${one}`)}
            </Button>
          ))}
        </div>
      )}
      {step && <StepDialog user={user} step={step} onPassword={setPassword} onClose={() => setStep(null)} />}
      <Modal
        open={password !== null}
        title={t('users.account.issuedTitle', { username: user.username })}
        closable={false}
        footer={
          <Button type="primary" onClick={() => setPassword(null)}>
            {t('users.account.close')}
          </Button>
        }
      >
        <p>{t('users.account.issuedLead')}</p>
        <p className="mono issued-password">{password}</p>
      </Modal>
    </Card>
  );
}

interface StepProps {
  user: UserDetail;
  step: Step;
  onPassword: (password: string) => void;
  onClose: () => void;
}

function StepDialog({ user, step, onPassword, onClose }: StepProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<{ reason: string }>();
  const request = useMutation({
    mutationFn: ({ reason }: { reason: string }) => carryOut(step, user.id, reason),
    onSuccess: async (password) => {
      if (step === 'issue') onPassword(password ?? '');
      else void message.success(t(`users.account.${DONE[step]}`));
      onClose();
      await client.invalidateQueries();
    },
  });
  return (
    <FormDialog
      danger={step !== 'enable'}
      title={`${t(`users.account.${step}`)}：${user.name}`}
      okText={t(`users.account.${step}`)}
      form={form}
      request={request}
      onFinish={request.mutate}
      onClose={onClose}
    >
      <p>{t(`users.account.${step}Lead`)}</p>
      <ReasonField
        label={t('users.account.reason')}
        needed={t('users.account.reasonNeeded')}
        maxLength={500}
      />
    </FormDialog>
  );
}

/** Gives the password where one was issued. */
async function carryOut(step: Step, id: number, reason: string): Promise<string | null> {
  const params = { path: { id } };
  const body = { reason };
  switch (step) {
    case 'issue':
      return (await answerOf(api.POST('/api/v1/users/{id}/password', { params, body }))).password;
    case 'resetFactor':
      await answerOf(api.POST('/api/v1/users/{id}/second-factor-reset', { params, body }));
      return null;
    case 'endSessions':
      await answerOf(api.POST('/api/v1/users/{id}/sessions/end', { params, body }));
      return null;
    case 'enable':
      await answerOf(api.POST('/api/v1/users/{id}/enable', { params, body }));
      return null;
    case 'disable':
      await answerOf(api.POST('/api/v1/users/{id}/disable', { params, body }));
      return null;
  }
}
