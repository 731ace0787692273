import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useSearchParams } from 'react-router';
import { answerOf, api } from '../api/client';
import { Problem } from '../api/problem';
import { LanguageSwitch } from '../components/language-switch';
import { ProblemAlert } from '../components/problem-alert';
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
  if (session.data) return <Navigate to={ownPath(search.get('from'))} replace />;
  const begin = (body: { username: string; password: string }) => {
    setIsGivenUp(false);
    signIn.mutate(body);
  };
  return (
    <main className="sign-in">
      <Card className="sign-in-card">
        <h1 className="sign-in-title">
          <img src="/favicon.svg" alt="" width={34} height={34} /> {t('product')}
        </h1>
        <p className="muted">{t('tagline')}</p>
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
          </>
        )}
        <p className="muted small">{t('signIn.hint')}</p>
        <p className="sign-in-foot">
          <Link to="/public">{t('signIn.toPublic')}</Link>
          <LanguageSwitch />
        </p>
      </Card>
    </main>
  );
}

function SecondStep({ onBack }: { onBack: () => void }) {
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

/** Only a path of this site: a link must not lead somebody who just signed in elsewhere. */
const ownPath = (from: string | null): string => (from !== null && /^\/(?![/\\])/.test(from) ? from : '/');
