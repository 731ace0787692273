import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Popconfirm, Space, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { Account } from '../../api/types';
import { goToProvider } from '../../lib/go-to-provider';
import { Instant } from '../instant';
import { ProblemAlert } from '../problem-alert';
import { ACCOUNT_KEY } from './keys';
import { useProof } from './use-proof';

/** Who one is at the city's identity provider: linked once, it signs in without the password of this system. */
export function ProviderCard({ provider }: { provider: NonNullable<Account['provider']> }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const { proven, dialog } = useProof();
  const { label, linkedSince } = provider;
  const link = useMutation({ mutationFn: () => proven(() => goToProvider('link', '/account')) });
  const unlink = useMutation({
    mutationFn: () => proven(() => answerOf(api.DELETE('/api/v1/account/provider'))),
    onSuccess: async () => {
      void message.success(t('provider.unlinked'));
      await client.invalidateQueries({ queryKey: ACCOUNT_KEY });
    },
  });
  return (
    <Card
      title={
        <Space>
          {label}
          <Tag color={linkedSince === null ? 'default' : 'green'}>
            {t(linkedSince === null ? 'provider.notLinked' : 'provider.linked')}
          </Tag>
        </Space>
      }
      className="gap-below"
    >
      <p className="muted">{t('provider.lead', { label })}</p>
      {linkedSince === null ? (
        <Button loading={link.isPending} onClick={() => link.mutate()}>
          {t('provider.link')}
        </Button>
      ) : (
        <>
          <p>
            {t('provider.linkedSince')} <Instant at={linkedSince} />
          </p>
          <Popconfirm title={t('provider.unlinkConfirm', { label })} onConfirm={() => unlink.mutate()}>
            <Button danger loading={unlink.isPending}>
              {t('provider.unlink')}
            </Button>
          </Popconfirm>
        </>
      )}
      <ProblemAlert error={link.error ?? unlink.error} className="gap-above" />
      {dialog}
    </Card>
  );
}
