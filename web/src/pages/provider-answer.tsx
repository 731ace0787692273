import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation, useNavigate } from 'react-router';
import { answerOf, api } from '../api/client';
import { Problem } from '../api/problem';
import { ProblemAlert } from '../components/problem-alert';
import { SecondStep } from '../components/sign-in/second-step';
import { SignInFrame } from '../components/sign-in/sign-in-frame';
import { useTitle } from '../lib/use-title';
import { SESSION_KEY, useSession } from '../session/use-session';

/** Hands in what the identity provider answered, once, and goes on. */
export function ProviderAnswer() {
  const { t } = useTranslation();
  useTitle(t('signIn.title'));
  const navigate = useNavigate();
  const client = useQueryClient();
  const session = useSession();
  const { search } = useLocation();
  const [query] = useState(search.slice(1));
  const isSent = useRef(false);
  const handIn = useMutation({
    mutationFn: () => answerOf(api.POST('/api/v1/session/provider/answer', { body: { query } })),
    // Who only linked an account is signed in still, whatever came of it.
    onError: () => client.invalidateQueries({ queryKey: SESSION_KEY }),
    onSuccess: async ({ to }) => {
      await client.invalidateQueries({ queryKey: SESSION_KEY });
      await navigate(to, { replace: true });
    },
  });
  const { mutate } = handIn;
  useEffect(() => {
    if (isSent.current || query === '') return;
    isSent.current = true;
    // Neither the history nor a copied address keeps the provider's code.
    window.history.replaceState(null, '', '/login/provider');
    mutate();
  }, [mutate, query]);
  const back = () => void navigate('/login', { replace: true });
  const isCodeNeeded = handIn.error instanceof Problem && handIn.error.type === 'code-needed';
  if (query === '') return <Navigate to="/login" replace />;
  if (isCodeNeeded && session.data) return <Navigate to="/" replace />;
  return (
    <SignInFrame>
      {isCodeNeeded ? (
        <SecondStep onBack={back} />
      ) : handIn.error ? (
        <>
          <ProblemAlert error={handIn.error} className="gap-below" />
          <Button type="primary" size="large" block onClick={back}>
            {t('provider.back')}
          </Button>
        </>
      ) : (
        <div role="status" aria-label={t('provider.checking')}>
          <p>{t('provider.checking')}</p>
          <Skeleton active paragraph={{ rows: 2 }} />
        </div>
      )}
    </SignInFrame>
  );
}
