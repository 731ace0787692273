import { DownOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Dropdown, Skeleton } from 'antd';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, Outlet, useLocation, useNavigate } from 'react-router';
import { answerOf, api } from '../api/client';
import type { Me } from '../api/types';
import { useDepartmentName } from '../lib/use-organisation';
import { forgetSavedDrafts } from '../lib/visit-draft';
import { closeVault } from '../lib/vault';
import { hasPost, SESSION_KEY, useSession } from '../session/use-session';
import { useVault } from '../session/use-vault';
import { OutboxStatus } from './evidence/outbox-status';
import { LanguageSwitch } from './language-switch';
import { ProblemAlert } from './problem-alert';
import { SearchButton } from './search/search-button';
import { BottomNav } from './shell/bottom-nav';
import { HeaderNav } from './shell/header-nav';
import { useOfficeLinks } from './shell/use-office-links';
import './shell/shell.css';

/** The frame of every page behind the sign-in: header, navigation by role, who is signed in. */
export function OfficeLayout() {
  const location = useLocation();
  const session = useSession();
  const vault = useVault(session.data?.id);
  if (session.isPending) return <Skeleton active className="page" />;
  if (session.isError)
    return <ProblemAlert error={session.error} onRetry={() => void session.refetch()} className="page" />;
  if (!session.data) {
    const from = location.pathname + location.search;
    return <Navigate to={from === '/' ? '/login' : `/login?from=${encodeURIComponent(from)}`} replace />;
  }
  if (vault.isError)
    return <ProblemAlert error={vault.error} onRetry={() => void vault.refetch()} className="page" />;
  if (!vault.data) return <Skeleton active className="page" />;
  if (session.data.owes !== null && location.pathname !== '/account')
    return <Navigate to="/account" replace />;
  return <Frame me={session.data} />;
}

function Frame({ me }: { me: Me }) {
  const { t } = useTranslation();
  const links = useOfficeLinks(me);
  return (
    <div className="frame">
      <a className="skip-link" href="#content">
        {t('skipToContent')}
      </a>
      <header className="header office-header">
        <Link to="/" className="brand">
          <img src="/favicon.svg" alt="" width={26} height={26} />
          {t('product')}
        </Link>
        {hasPost(me) && <SearchButton me={me} links={links} />}
        <div className="header-end">
          <LanguageSwitch />
          <UserMenu me={me} />
        </div>
        <HeaderNav links={links} />
      </header>
      <OutboxStatus userId={me.id} />
      <main id="content" className="page" tabIndex={-1}>
        <Suspense fallback={<Skeleton active />}>
          <Outlet />
        </Suspense>
      </main>
      <BottomNav links={links} />
    </div>
  );
}

function UserMenu({ me }: { me: Me }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const nameOf = useDepartmentName();
  const navigate = useNavigate();
  const signOut = useMutation({
    mutationFn: () => answerOf(api.DELETE('/api/v1/session')),
    onSuccess: ({ providerUrl }) => {
      forgetSavedDrafts(me.id);
      closeVault();
      if (providerUrl !== null) {
        window.location.assign(providerUrl);
        return;
      }
      // The page watches this one entry and goes to sign-in; a cleared cache would leave it watching nothing.
      client.setQueryData(SESSION_KEY, null);
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION_KEY[0] });
    },
  });
  const grants = me.grants.map((grant, at) => ({
    key: `grant-${at}`,
    type: 'group' as const,
    label: `${t(`roles.${grant.role}`)} · ${nameOf(grant.department)}`,
  }));
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          ...grants,
          { type: 'divider' },
          { key: 'account', label: t('account.title'), onClick: () => void navigate('/account') },
          { key: 'out', label: t('nav.signOut'), onClick: () => signOut.mutate() },
        ],
      }}
    >
      <Button type="text" className="on-accent" aria-label={`${t('nav.account')}：${me.name}`}>
        {me.name} <DownOutlined aria-hidden />
      </Button>
    </Dropdown>
  );
}
