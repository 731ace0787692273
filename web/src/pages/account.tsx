import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';
import { ACCOUNT_KEY } from '../components/account/keys';
import { PasswordCard } from '../components/account/password-card';
import { ProviderCard } from '../components/account/provider-card';
import { SecondFactorCard } from '../components/account/second-factor-card';
import { SessionsCard } from '../components/account/sessions-card';
import { Loaded } from '../components/loaded';
import { useTitle } from '../lib/use-title';
import { useSession } from '../session/use-session';

/** How one signs in, and where one is signed in. */
export function AccountPage() {
  const { t } = useTranslation();
  useTitle(t('account.title'));
  const { data: me } = useSession();
  const query = useQuery({ queryKey: ACCOUNT_KEY, queryFn: () => answerOf(api.GET('/api/v1/account')) });
  return (
    <div className="narrow">
      <div className="page-head">
        <div>
          <h1>{t('account.title')}</h1>
          {me && (
            <p className="muted">
              {me.name} · {t('account.username', { username: me.username })}
            </p>
          )}
        </div>
      </div>
      {me?.owes && (
        <Alert type="warning" showIcon title={t(`account.owes.${me.owes}`)} className="gap-below" />
      )}
      <Loaded query={query}>
        {(account) => (
          <>
            <PasswordCard account={account} />
            <SecondFactorCard account={account} />
            {account.provider && <ProviderCard provider={account.provider} />}
          </>
        )}
      </Loaded>
      <SessionsCard />
    </div>
  );
}
