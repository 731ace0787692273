import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { Account } from '../../api/types';
import { FormDialog } from '../form-dialog';
import { Instant } from '../instant';
import { ACCOUNT_KEY } from './keys';

export function PasswordCard({ account }: { account: Account }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const { changedAt, expiresAt } = account.password;
  return (
    <Card
      title={t('account.password.title')}
      extra={<Button onClick={() => setIsOpen(true)}>{t('account.password.change')}</Button>}
      className="gap-below"
    >
      <p>
        {t('account.password.changedAt')} <Instant at={changedAt} />
        {' · '}
        {t('account.password.expiresAt')}{' '}
        {expiresAt === null ? t('account.password.never') : <Instant at={expiresAt} />}
      </p>
      <Rules account={account} />
      {isOpen && <PasswordDialog account={account} onClose={() => setIsOpen(false)} />}
    </Card>
  );
}

function Rules({ account }: { account: Account }) {
  const { t } = useTranslation();
  const { standard, minLength, maxAgeDays } = account.password;
  return (
    <p className="muted small">
      {t(`account.password.rules.${standard}`, { n: minLength })}
      {maxAgeDays !== null && ` ${t('account.password.maxAge', { n: maxAgeDays })}`}
    </p>
  );
}

interface Fields {
  current: string;
  password: string;
  again: string;
}

function PasswordDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const change = useMutation({
    mutationFn: ({ current, password }: Fields) =>
      answerOf(api.PUT('/api/v1/account/password', { body: { current, password } })),
    onSuccess: async (changed) => {
      client.setQueryData(ACCOUNT_KEY, changed);
      void message.success(t('account.password.changed'));
      onClose();
      await client.invalidateQueries();
    },
  });
  const needed = { required: true, message: t('account.password.needed') };
  return (
    <FormDialog
      title={t('account.password.change')}
      okText={t('account.password.change')}
      form={form}
      request={change}
      onFinish={change.mutate}
      onClose={onClose}
    >
      {/* Password managers keep the new password under this name. */}
      <input type="text" autoComplete="username" value={account.username} readOnly hidden />
      <Form.Item name="current" label={t('account.password.current')} rules={[needed]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item
        name="password"
        label={t('account.password.next')}
        rules={[needed]}
        extra={<Rules account={account} />}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('account.password.again')}
        dependencies={['password']}
        rules={[
          needed,
          ({ getFieldValue }) => ({
            validator: (_rule, value) =>
              !value || value === getFieldValue('password')
                ? Promise.resolve()
                : Promise.reject(new Error(t('account.password.differs'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </FormDialog>
  );
}
