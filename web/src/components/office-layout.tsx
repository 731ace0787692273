import { DownOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Dropdown, Skeleton } from 'antd';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, NavLink, Outlet, useLocation, useNavigate } from 'react-router';
import { answerOf, api } from '../api/client';
import type { Me } from '../api/types';
import { kindsFor } from '../lib/import-kinds';
import { useDepartmentName } from '../lib/use-organisation';
import { forgetSavedDrafts } from '../lib/visit-draft';
import { closeVault } from '../lib/vault';
import { hasPost, hasRole, SESSION_KEY, useSession } from '../session/use-session';
import { useVault } from '../session/use-vault';
import { OutboxStatus } from './evidence/outbox-status';
import { LanguageSwitch } from './language-switch';
import { ProblemAlert } from './problem-alert';

/** The frame of every page behind the sign-in: header, navigation by role, who is signed in. */
export function OfficeLayout() {
  const { t } = useTranslation();
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
  return (
    <div className="frame">
      <a className="skip-link" href="#content">
        {t('skipToContent')}
      </a>
      <header className="header">
        <Link to="/" className="brand">
          <img src="/favicon.svg" alt="" width={26} height={26} />
          {t('product')}
        </Link>
        <Navigation me={session.data} className="header-nav" />
        <div className="header-end">
          <LanguageSwitch />
          <UserMenu me={session.data} />
        </div>
      </header>
      <OutboxStatus userId={session.data.id} />
      <main id="content" className="page" tabIndex={-1}>
        <Suspense fallback={<Skeleton active />}>
          <Outlet />
        </Suspense>
      </main>
      <Navigation me={session.data} className="bottom-nav" />
    </div>
  );
}

function Navigation({ me, className }: { me: Me; className: string }) {
  const { t } = useTranslation();
  const keepsItems = hasRole(me, 'liaison', 'lead_officer', 'list_registrar');
  const plans = hasRole(me, 'liaison', 'lead_officer', 'coordinator', 'approver', 'supervisor');
  const seesInspectors = hasRole(me, 'liaison', 'lead_officer', 'coordinator', 'supervisor', 'inspector');
  const oversees = hasRole(me, 'supervisor', 'coordinator', 'approver', 'lead_officer');
  const handles = hasRole(me, 'liaison', 'inspector', 'approver', 'credit_officer', 'supervisor');
  return (
    <nav className={className} aria-label={t('nav.main')}>
      <NavLink to="/" end>
        {hasPost(me) ? t('nav.tasks') : t('notices.title')}
      </NavLink>
      {hasPost(me) && <NavLink to="/campaigns">{t('nav.campaigns')}</NavLink>}
      {hasPost(me) && <NavLink to="/entities">{t('nav.entities')}</NavLink>}
      {plans && <NavLink to="/annual-plans">{t('nav.annualPlans')}</NavLink>}
      {keepsItems && <NavLink to="/items">{t('nav.items')}</NavLink>}
      {seesInspectors && <NavLink to="/inspectors">{t('nav.inspectors')}</NavLink>}
      {kindsFor(me).length > 0 && <NavLink to="/imports">{t('nav.imports')}</NavLink>}
      {handles && <NavLink to="/cases">{t('nav.cases')}</NavLink>}
      {hasRole(me, 'credit_officer') && <NavLink to="/credit">{t('nav.credit')}</NavLink>}
      {hasRole(me, 'credit_officer', 'admin') && <NavLink to="/deliveries">{t('deliveries.title')}</NavLink>}
      {oversees && <NavLink to="/oversight">{t('nav.oversight')}</NavLink>}
      {!oversees && hasRole(me, 'liaison') && <NavLink to="/urging-orders">{t('urging.title')}</NavLink>}
      {hasRole(me, 'budget_officer', 'supervisor', 'coordinator') && (
        <NavLink to="/efforts">{t('efforts.title')}</NavLink>
      )}
      {oversees && <NavLink to="/statistics">{t('nav.statistics')}</NavLink>}
      {hasRole(me, 'admin') && <NavLink to="/api-keys">{t('apiKeys.title')}</NavLink>}
      {hasRole(me, 'admin', 'security_admin') && <NavLink to="/users">{t('users.title')}</NavLink>}
      {hasRole(me, 'audit_admin') && <NavLink to="/audit">{t('audit.title')}</NavLink>}
      <NavLink to="/public">{t('nav.public')}</NavLink>
    </nav>
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
