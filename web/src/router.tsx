import { useEffect, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { createBrowserRouter, useRouteError, type LazyRouteFunction, type RouteObject } from 'react-router';
import { PageCrashed, PageMissing } from './public/page-missing';

/** A page that is fetched when somebody goes there. */
const page =
  (load: () => Promise<ComponentType>): LazyRouteFunction<RouteObject> =>
  async () => ({ Component: await load() });

function Loading() {
  const { t } = useTranslation();
  return (
    <p className="page page-loading muted" role="status">
      {t('states.loading')}
    </p>
  );
}

/** An application of its own (open-main.tsx), which the server has at this address. */
function PublicPages() {
  useEffect(() => window.location.reload(), []);
  return <Loading />;
}

function Crashed() {
  return <PageCrashed error={useRouteError()} />;
}

function Missing() {
  return (
    <main className="page">
      <PageMissing />
    </main>
  );
}

export const createRouter = () =>
  createBrowserRouter([
    {
      ErrorBoundary: Crashed,
      HydrateFallback: Loading,
      children: [
        {
          path: 'items/:code/form/print',
          lazy: page(async () => (await import('./pages/item-form-print')).ItemFormPrint),
        },
        {
          path: 'bulletins/:number/print',
          lazy: page(async () => (await import('./pages/bulletin-print')).BulletinPrint),
        },
        {
          path: 'urging-orders/:number/print',
          lazy: page(async () => (await import('./pages/urging-order-print')).UrgingOrderPrint),
        },
        {
          path: 'visits/:id/notice/print',
          lazy: page(async () => (await import('./pages/visit-notice-print')).VisitNoticePrint),
        },
        {
          path: 'visits/:id/approval/print',
          lazy: page(async () => (await import('./pages/inspection-approval-print')).InspectionApprovalPrint),
        },
        {
          path: 'visits/:id/forms/print',
          lazy: page(async () => (await import('./pages/visit-forms-print')).VisitFormsPrint),
        },
        { path: 'public/*', Component: PublicPages },
        {
          lazy: page(async () => (await import('./components/office')).Office),
          children: [
            { path: 'login', lazy: page(async () => (await import('./pages/sign-in')).SignIn) },
            {
              path: 'login/provider',
              lazy: page(async () => (await import('./pages/provider-answer')).ProviderAnswer),
            },
            {
              lazy: page(async () => (await import('./components/office-layout')).OfficeLayout),
              children: [
                { index: true, lazy: page(async () => (await import('./pages/my-tasks')).MyTasks) },
                { path: 'account', lazy: page(async () => (await import('./pages/account')).AccountPage) },
                {
                  path: 'campaigns',
                  lazy: page(async () => (await import('./pages/campaigns')).Campaigns),
                },
                {
                  path: 'campaigns/new',
                  lazy: page(async () => (await import('./pages/plan')).NewPlan),
                },
                {
                  path: 'campaigns/:code',
                  lazy: page(async () => (await import('./pages/campaign')).CampaignPage),
                },
                {
                  path: 'campaigns/:code/edit',
                  lazy: page(async () => (await import('./pages/plan')).EditPlan),
                },
                {
                  path: 'entities',
                  lazy: page(async () => (await import('./pages/entities')).Entities),
                },
                {
                  path: 'entities/:code',
                  lazy: page(async () => (await import('./pages/entity')).EntityPage),
                },
                {
                  path: 'region-codes',
                  lazy: page(async () => (await import('./pages/region-codes')).RegionCodes),
                },
                {
                  path: 'tag-rules',
                  lazy: page(async () => (await import('./pages/tag-rules')).TagRules),
                },
                {
                  path: 'annual-plans',
                  lazy: page(async () => (await import('./pages/annual-plans')).AnnualPlans),
                },
                {
                  path: 'policies',
                  lazy: page(async () => (await import('./pages/policies')).Policies),
                },
                {
                  path: 'annual-plans/:year',
                  lazy: page(async () => (await import('./pages/annual-plan')).AnnualPlanPage),
                },
                { path: 'items', lazy: page(async () => (await import('./pages/items')).Items) },
                { path: 'items/new', lazy: page(async () => (await import('./pages/item-edit')).NewItem) },
                { path: 'items/:code', lazy: page(async () => (await import('./pages/item')).ItemPage) },
                {
                  path: 'items/:code/edit',
                  lazy: page(async () => (await import('./pages/item-edit')).EditItem),
                },
                {
                  path: 'inspectors',
                  lazy: page(async () => (await import('./pages/inspectors')).Inspectors),
                },
                {
                  path: 'inspectors/:code',
                  lazy: page(async () => (await import('./pages/inspector')).InspectorPage),
                },
                { path: 'efforts', lazy: page(async () => (await import('./pages/efforts')).EffortsOfYear) },
                { path: 'cases', lazy: page(async () => (await import('./pages/cases')).Cases) },
                { path: 'cases/:id', lazy: page(async () => (await import('./pages/case')).CasePage) },
                { path: 'credit', lazy: page(async () => (await import('./pages/credit')).CreditPage) },
                { path: 'api-keys', lazy: page(async () => (await import('./pages/api-keys')).ApiKeys) },
                {
                  path: 'deliveries',
                  lazy: page(async () => (await import('./pages/deliveries')).Deliveries),
                },
                {
                  path: 'document-templates',
                  lazy: page(async () => (await import('./pages/document-templates')).DocumentTemplates),
                },
                {
                  path: 'document-templates/:kind',
                  lazy: page(async () => (await import('./pages/document-template')).DocumentTemplatePage),
                },
                { path: 'users', lazy: page(async () => (await import('./pages/users')).Users) },
                { path: 'users/:id', lazy: page(async () => (await import('./pages/user')).UserPage) },
                { path: 'audit', lazy: page(async () => (await import('./pages/audit')).AuditLog) },
                { path: 'imports', lazy: page(async () => (await import('./pages/imports')).Imports) },
                { path: 'tasks/:id', lazy: page(async () => (await import('./pages/task')).TaskPage) },
                {
                  path: 'deadline-policies',
                  lazy: page(async () => (await import('./pages/deadline-policies')).DeadlinePolicies),
                },
                {
                  path: 'delegations',
                  lazy: page(async () => (await import('./pages/delegations')).Delegations),
                },
                {
                  path: 'visit-calendar',
                  lazy: page(async () => (await import('./pages/visit-calendar')).VisitCalendarPage),
                },
                { path: 'visits/:id', lazy: page(async () => (await import('./pages/visit')).VisitPage) },
                {
                  path: 'oversight',
                  lazy: page(async () => (await import('./pages/oversight')).OversightPage),
                },
                {
                  path: 'oversight/tasks',
                  lazy: page(async () => (await import('./pages/overseen-tasks')).OverseenTasks),
                },
                {
                  path: 'bulletins',
                  lazy: page(async () => (await import('./pages/bulletins')).Bulletins),
                },
                {
                  path: 'bulletins/:number',
                  lazy: page(async () => (await import('./pages/bulletin')).BulletinPage),
                },
                {
                  path: 'urging-orders',
                  lazy: page(async () => (await import('./pages/urging-orders')).UrgingOrdersPage),
                },
                {
                  path: 'urging-orders/:number',
                  lazy: page(async () => (await import('./pages/urging-order')).UrgingOrderPage),
                },
                {
                  path: 'statistics',
                  lazy: page(async () => (await import('./pages/statistics')).StatisticsPage),
                },
              ],
            },
          ],
        },
        { path: '*', Component: Missing },
      ],
    },
  ]);
