import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Divider } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { goToProvider } from '../../lib/go-to-provider';
import { ProblemAlert } from '../problem-alert';

/** Signing in by the city's identity provider, where there is one. */
export function ProviderButton({ returnTo }: { returnTo: string }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['sign-in-ways'],
    staleTime: Infinity,
    queryFn: () => answerOf(api.GET('/api/v1/session/ways')),
  });
  const go = useMutation({ mutationFn: () => goToProvider('sign-in', returnTo) });
  if (!data?.provider) return null;
  return (
    <>
      <Divider plain>{t('provider.or')}</Divider>
      <ProblemAlert error={go.error} className="gap-below" />
      <Button size="large" block loading={go.isPending} onClick={() => go.mutate()} className="gap-below">
        {t('provider.signIn', { label: data.provider.label })}
      </Button>
    </>
  );
}
