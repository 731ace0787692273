import { useTranslation } from 'react-i18next';
import type { Me } from '../../api/types';
import { kindsFor } from '../../lib/import-kinds';
import { hasPost, hasRole } from '../../session/use-session';

export interface OfficeLink {
  to: string;
  label: string;
}

/** The pages that somebody's roles open, those of every day first. */
export function useOfficeLinks(me: Me): OfficeLink[] {
  const { t } = useTranslation();
  const isInPost = hasPost(me);
  const plans = hasRole(me, 'liaison', 'lead_officer', 'coordinator', 'approver', 'supervisor');
  const oversees = hasRole(me, 'supervisor', 'coordinator', 'approver', 'lead_officer');
  const links: [isShown: boolean, to: string, label: string][] = [
    [true, '/', isInPost ? t('nav.tasks') : t('notices.title')],
    [isInPost, '/campaigns', t('nav.campaigns')],
    [isInPost, '/entities', t('nav.entities')],
    [plans, '/annual-plans', t('nav.annualPlans')],
    [hasRole(me, 'liaison', 'lead_officer', 'list_registrar'), '/items', t('nav.items')],
    [
      hasRole(me, 'liaison', 'lead_officer', 'coordinator', 'supervisor', 'inspector'),
      '/inspectors',
      t('nav.inspectors'),
    ],
    [kindsFor(me).length > 0, '/imports', t('nav.imports')],
    [
      hasRole(me, 'liaison', 'inspector', 'approver', 'credit_officer', 'supervisor'),
      '/cases',
      t('nav.cases'),
    ],
    [hasRole(me, 'credit_officer'), '/credit', t('nav.credit')],
    [hasRole(me, 'credit_officer', 'admin'), '/deliveries', t('deliveries.title')],
    [oversees, '/oversight', t('nav.oversight')],
    [!oversees && hasRole(me, 'liaison'), '/urging-orders', t('urging.title')],
    [hasRole(me, 'budget_officer', 'supervisor', 'coordinator'), '/efforts', t('efforts.title')],
    [oversees, '/statistics', t('nav.statistics')],
    [hasRole(me, 'liaison', 'admin'), '/document-templates', t('templates.title')],
    [hasRole(me, 'admin'), '/api-keys', t('apiKeys.title')],
    [hasRole(me, 'admin', 'security_admin'), '/users', t('users.title')],
    [hasRole(me, 'audit_admin'), '/audit', t('audit.title')],
    [true, '/public', t('nav.public')],
  ];
  return links.filter(([isShown]) => isShown).map(([, to, label]) => ({ to, label }));
}
