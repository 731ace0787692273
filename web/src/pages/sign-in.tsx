import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useSearchParams } from 'react-router';
import { answerOf, api } from '../api/client';
import { Problem } from '../api/problem';
import { ProblemAlert } from '../components/problem-alert';
import { ProviderButton } from '../components/sign-in/provider-button';
import { SecondStep } from '../components/sign-in/second-step';
import { SignInFrame } from '../components/sign-in/sign-in-frame';
import { ownPath } from '../lib/own-path';
import { useTitle } from '../lib/use-title';
import { SESSION_KEY, useSession } from '../session/use-session';

export function SignIn() {
  const { t } = useTranslation();
  useTitle(t('signIn.title'));
  const [search] = useSearchParams();
  const session = useSession();
  const client = useQueryClient();
  const signIn = useMutation({
    mutationFn: (body: { username: string; password: string }) =>
      answerOf(api.POST('/api/v1/session', { body })),
    onSuccess: (me) => client.setQueryData(SESSION_KEY, me),
  });
  const [isGivenUp, setIsGivenUp] = useState(false);
  const awaitsCode = signIn.error instanceof Problem && signIn.error.type === 'code-needed' && !isGivenUp;
  const returnTo = ownPath(search.get('from'));
  if (session.data) return <Navigate to={returnTo} replace />;
  const begin = (body: { username: string; password: string }) => {
    setIsGivenUp(false);
    signIn.mutate(body);
  };
  return (
    <SignInFrame>
      {awaitsCode ? (
        <SecondStep onBack={() => setIsGivenUp(true)} />
      ) : (
        <>
          <ProblemAlert error={isGivenUp ? null : signIn.error} className="gap-below" />
          <Form layout="vertical" requiredMark={false} onFinish={begin} disabled={signIn.isPending}>
            <Form.Item
              name="username"
              label={t('signIn.username')}
              rules={[{ required: true, message: t('signIn.usernameNeeded') }]}
            >
              <Input size="large" autoComplete="username" autoFocus />
            </Form.Item>
            <Form.Item
              name="password"
              label={t('signIn.password')}
              rules={[{ required: true, message: t('signIn.passwordNeeded') }]}
            >
              <Input.Password size="large" autoComplete="current-password" />
            </Form.Item>
            <Button type="primary" htmlType="submit" size="large" block loading={signIn.isPending}>
              {t('signIn.submit')}
            </Button>
          </Form>
          <ProviderButton returnTo={returnTo} />
        </>
      )}
    </SignInFrame>
  );
}
