import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Card, Popconfirm, Space, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { Account } from '../../api/types';
import { Instant } from '../instant';
import { ProblemAlert } from '../problem-alert';
import { RecoveryCodes } from './recovery-codes';
import { SecondFactorSetup } from './second-factor-setup';
import { useProof } from './use-proof';

/** A code beside the password, from an app on the person's phone. */
export function SecondFactorCard({ account }: { account: Account }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const { proven, dialog } = useProof();
  const [codes, setCodes] = useState<string[] | null>(null);
  const { isPossible, isNeeded, since, recoveryCodes } = account.secondFactor;
  const offer = useMutation({
    mutationFn: () => proven(() => answerOf(api.POST('/api/v1/account/second-factor'))),
  });
  const renew = useMutation({
    mutationFn: () => proven(() => answerOf(api.POST('/api/v1/account/recovery-codes'))),
    onSuccess: async (made) => {
      setCodes(made.codes);
      await client.invalidateQueries();
    },
  });
  const remove = useMutation({
    mutationFn: () => proven(() => answerOf(api.POST('/api/v1/account/second-factor/removal'))),
    onSuccess: async () => {
      void message.success(t('secondFactor.done'));
      await client.invalidateQueries();
    },
  });
  return (
    <Card
      title={
        <Space>
          {t('secondFactor.title')}
          <Tag color={since === null ? 'default' : 'green'}>
            {t(since === null ? 'secondFactor.off' : 'secondFactor.on')}
          </Tag>
        </Space>
      }
      className="gap-below"
    >
      <p className="muted">{t('secondFactor.lead')}</p>
      {since !== null && (
        <p>
          {t('secondFactor.since')} <Instant at={since} /> ·{' '}
          <span className={recoveryCodes < 3 ? 'bad' : undefined}>
            {t('secondFactor.codesLeft', { n: recoveryCodes })}
          </span>
        </p>
      )}
      {isNeeded && <p className="muted small">{t('secondFactor.needed')}</p>}
      {!isPossible && since === null ? (
        <Alert type="info" title={t('secondFactor.impossible')} />
      ) : (
        <Space wrap>
          <Button
            type={since === null ? 'primary' : 'default'}
            loading={offer.isPending}
            onClick={() => offer.mutate()}
          >
            {t(since === null ? 'secondFactor.setUp' : 'secondFactor.replace')}
          </Button>
          {since !== null && (
            <Popconfirm title={t('secondFactor.newCodesHint')} onConfirm={() => renew.mutate()}>
              <Button loading={renew.isPending}>{t('secondFactor.newCodes')}</Button>
            </Popconfirm>
          )}
          {since !== null && !isNeeded && (
            <Popconfirm title={t('secondFactor.removeHint')} onConfirm={() => remove.mutate()}>
              <Button danger loading={remove.isPending}>
                {t('secondFactor.remove')}
              </Button>
            </Popconfirm>
          )}
        </Space>
      )}
      <ProblemAlert error={offer.error ?? renew.error ?? remove.error} className="gap-above" />
      {dialog}
      {offer.data && (
        <SecondFactorSetup
          offered={offer.data}
          onDone={(made) => {
            offer.reset();
            setCodes(made);
          }}
          onClose={offer.reset}
        />
      )}
      {codes && <RecoveryCodes codes={codes} onClose={() => setCodes(null)} />}
    </Card>
  );
}
