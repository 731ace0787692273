import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { goToProvider } from '../../lib/go-to-provider';
import { FormDialog } from '../form-dialog';
import { ProblemAlert } from '../problem-alert';
import { ACCOUNT_KEY } from './keys';

interface Props {
  onProven: () => void;
  onClose: () => void;
}

type Fields = { current: string } | { code: string };

/** Who sits there shows once more who they are: by the password, or by a code of the app. */
export function ProofDialog({ onProven, onClose }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const [byCode, setByCode] = useState(false);
  const { data: account } = useQuery({
    queryKey: ACCOUNT_KEY,
    queryFn: () => answerOf(api.GET('/api/v1/account')),
  });
  const prove = useMutation({
    mutationFn: (body: Fields) => answerOf(api.POST('/api/v1/account/proof', { body })),
    onSuccess: onProven,
  });
  const again = useMutation({ mutationFn: () => goToProvider('proof', '/account') });
  const needed = { required: true, message: t('account.password.needed') };
  return (
    <FormDialog
      title={t('account.proof.title')}
      okText={t('account.proof.confirm')}
      form={form}
      request={prove}
      onFinish={prove.mutate}
      onClose={onClose}
    >
      <p className="muted">{t('account.proof.lead')}</p>
      {/* Password managers find the password by it. */}
      <input type="text" autoComplete="username" value={account?.username ?? ''} readOnly hidden />
      {byCode ? (
        <Form.Item key="code" name="code" label={t('secondFactor.signIn.code')} rules={[needed]}>
          <Input autoComplete="one-time-code" maxLength={20} autoFocus />
        </Form.Item>
      ) : (
        <Form.Item key="current" name="current" label={t('account.password.current')} rules={[needed]}>
          <Input.Password autoComplete="current-password" autoFocus />
        </Form.Item>
      )}
      {account?.secondFactor.since && (
        <Button type="link" onClick={() => setByCode(!byCode)}>
          {t(byCode ? 'account.proof.byPassword' : 'account.proof.byCode')}
        </Button>
      )}
      {account?.provider?.isOfSession && (
        <Button type="link" onClick={() => again.mutate()}>
          {t('provider.again', { label: account.provider.label })}
        </Button>
      )}
      <ProblemAlert error={again.error} />
    </FormDialog>
  );
}
