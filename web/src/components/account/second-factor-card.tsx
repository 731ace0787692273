import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Card, Form, Space, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { Account } from '../../api/types';
import { FormDialog } from '../form-dialog';
import { Instant } from '../instant';
import { PasswordField } from './password-field';
import { SecondFactorSetup } from './second-factor-setup';
import { RecoveryCodes } from './recovery-codes';

type Wish = 'set-up' | 'codes' | 'remove';

/** A code beside the password, from an app on the person's phone. */
export function SecondFactorCard({ account }: { account: Account }) {
  const { t } = useTranslation();
  const [wish, setWish] = useState<Wish | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const { isPossible, isNeeded, since, recoveryCodes } = account.secondFactor;
  const close = () => setWish(null);
  const show = (made: string[]) => {
    setWish(null);
    setCodes(made);
  };
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
          <Button type={since === null ? 'primary' : 'default'} onClick={() => setWish('set-up')}>
            {t(since === null ? 'secondFactor.setUp' : 'secondFactor.replace')}
          </Button>
          {since !== null && <Button onClick={() => setWish('codes')}>{t('secondFactor.newCodes')}</Button>}
          {since !== null && !isNeeded && (
            <Button danger onClick={() => setWish('remove')}>
              {t('secondFactor.remove')}
            </Button>
          )}
        </Space>
      )}
      {wish === 'set-up' && <SecondFactorSetup username={account.username} onDone={show} onClose={close} />}
      {wish === 'codes' && (
        <PasswordAsked
          wish="newCodes"
          username={account.username}
          act={async (current) =>
            (await answerOf(api.POST('/api/v1/account/recovery-codes', { body: { current } }))).codes
          }
          onDone={show}
          onClose={close}
        />
      )}
      {wish === 'remove' && (
        <PasswordAsked
          wish="remove"
          username={account.username}
          act={async (current) => {
            await answerOf(api.POST('/api/v1/account/second-factor/removal', { body: { current } }));
            return null;
          }}
          onDone={close}
          onClose={close}
        />
      )}
      {codes && <RecoveryCodes codes={codes} onClose={() => setCodes(null)} />}
    </Card>
  );
}

interface AskedProps<T> {
  wish: 'newCodes' | 'remove';
  username: string;
  act: (current: string) => Promise<T>;
  onDone: (outcome: T) => void;
  onClose: () => void;
}

function PasswordAsked<T>({ wish, username, act, onDone, onClose }: AskedProps<T>) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<{ current: string }>();
  const request = useMutation({
    mutationFn: ({ current }: { current: string }) => act(current),
    onSuccess: async (outcome) => {
      void message.success(t('secondFactor.done'));
      onDone(outcome);
      await client.invalidateQueries();
    },
  });
  return (
    <FormDialog
      title={t(`secondFactor.${wish}`)}
      okText={t(`secondFactor.${wish}`)}
      danger={wish === 'remove'}
      form={form}
      request={request}
      onFinish={request.mutate}
      onClose={onClose}
    >
      <p>{t(`secondFactor.${wish}Hint`)}</p>
      <PasswordField username={username} />
    </FormDialog>
  );
}
