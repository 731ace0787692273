import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { SESSION_KEY } from '../../session/use-session';
import { ProblemAlert } from '../problem-alert';

/** The code of the app, after the password or after the provider's word. */
export function SecondStep({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const send = useMutation({
    mutationFn: (body: { code: string }) => answerOf(api.POST('/api/v1/session/code', { body })),
    onSuccess: (me) => client.setQueryData(SESSION_KEY, me),
  });
  return (
    <>
      <p role="status">{t('secondFactor.signIn.lead')}</p>
      <ProblemAlert error={send.error} className="gap-below" />
      <Form layout="vertical" requiredMark={false} onFinish={send.mutate} disabled={send.isPending}>
        <Form.Item
          name="code"
          label={t('secondFactor.signIn.code')}
          rules={[{ required: true, message: t('account.password.needed') }]}
        >
          <Input size="large" autoComplete="one-time-code" maxLength={20} autoFocus />
        </Form.Item>
        <Button type="primary" htmlType="submit" size="large" block loading={send.isPending}>
          {t('secondFactor.signIn.submit')}
        </Button>
      </Form>
      <Button type="link" onClick={onBack}>
        {t('secondFactor.signIn.again')}
      </Button>
    </>
  );
}
