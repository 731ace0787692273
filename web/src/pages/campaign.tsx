import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Empty, Tabs, Tag, Timeline } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { answerOf, api } from '../api/client';
import type { Campaign, Command } from '../api/types';
import { Commands } from '../components/campaign/commands';
import { Overview } from '../components/campaign/overview';
import { StageSteps } from '../components/campaign/stage-steps';
import { HandlingCases } from '../components/handling-cases';
import { Instant } from '../components/instant';
import { FileLinks } from '../components/documents/file-links';
import { LinkButton } from '../components/link-button';
import { lazyPart } from '../components/lazy-part';
import { Loaded } from '../components/loaded';
import { Paged } from '../components/paged';
import { StageTag } from '../components/stage-tag';
import { TaskList } from '../components/task-list';
import { UrgingOrders } from '../components/urging/urging-orders';
import { usePages } from '../lib/use-pages';
import { useTitle } from '../lib/use-title';
import { hasRole, useSession } from '../session/use-session';

const Amendments = lazyPart(
  async () => (await import('../components/campaign/amendments/amendments')).Amendments,
);
const Efforts = lazyPart(async () => (await import('../components/campaign/efforts')).Efforts);
const Inspections = lazyPart(
  async () => (await import('../components/campaign/inspections/inspections')).Inspections,
);
const VisitList = lazyPart(async () => (await import('../components/campaign/visit-list')).VisitList);

/** One campaign: where it is, what comes next and who does it, and everything it holds. */
export function CampaignPage() {
  const { code = '' } = useParams();
  const query = useQuery({
    queryKey: ['campaign', code],
    queryFn: () => answerOf(api.GET('/api/v1/campaigns/{code}', { params: { path: { code } } })),
    refetchInterval: ({ state }) =>
      state.data?.stage === 'closed' || state.data?.stage === 'cancelled' ? false : 5_000,
  });
  useTitle(query.data?.name);
  return <Loaded query={query}>{(campaign) => <Content campaign={campaign} />}</Loaded>;
}

function Content({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const { data: me } = useSession();
  const [search, setSearch] = useSearchParams();
  const isEditable = campaign.stage === 'draft' || campaign.stage === 'returned';
  const hasCeremony = campaign.ceremony !== null || campaign.stage === 'approved';
  const isFrozen = campaign.ceremony !== null || campaign.stage === 'cancelled';
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{campaign.name}</h1>
          <div className="muted">
            {campaign.code} · {t('campaigns.lead', { name: campaign.leadDepartment.name })} ·{' '}
            {t('campaigns.window', { from: campaign.visitFrom, to: campaign.visitTo })}
          </div>
        </div>
        <div className="filters">
          <StageTag stage={campaign.stage} />
          {isEditable && hasRole(me, 'lead_officer', 'coordinator') && (
            <LinkButton to={`/campaigns/${campaign.code}/edit`}>{t('campaign.edit')}</LinkButton>
          )}
          {hasRole(me, 'lead_officer', 'coordinator') && (
            <LinkButton to={`/campaigns/new?from=${campaign.code}`}>{t('wizard.copy')}</LinkButton>
          )}
          {hasCeremony && (
            <LinkButton to={`/public/${campaign.code}/ceremony`}>{t('campaign.wall')}</LinkButton>
          )}
          {isFrozen && <LinkButton to={`/public/${campaign.code}`}>{t('campaign.publicPage')}</LinkButton>}
          {isFrozen && (
            <FileLinks
              href={`/api/v1/campaigns/${campaign.code}/report`}
              name={t('documents.report')}
              isNamed
            />
          )}
        </div>
      </div>
      <Card className="gap-below">
        {campaign.stage === 'cancelled' ? (
          <Alert type="error" title={t('campaign.cancelled', { reason: campaign.stageReason ?? '' })} />
        ) : (
          <StageSteps campaign={campaign} />
        )}
        {campaign.stage === 'returned' && campaign.stageReason && (
          <Alert
            type="warning"
            className="gap-above"
            title={t('campaign.returned', { reason: campaign.stageReason })}
          />
        )}
        <div className="next-step" role="status">
          {campaign.nextStep !== null && (
            <strong>
              {t('campaign.next')}：{campaign.nextStep}
            </strong>
          )}
          {campaign.stage === 'closed' && <strong>{t('campaign.ended')}</strong>}
          {me && campaign.nextStep !== null && <Commands campaign={campaign} me={me} />}
        </div>
      </Card>
      <Tabs
        activeKey={search.get('tab') ?? 'overview'}
        onChange={(tab) => setSearch(tab === 'overview' ? {} : { tab }, { replace: true })}
        items={[
          {
            key: 'overview',
            label: t('campaign.tabs.overview'),
            children: <Overview campaign={campaign} />,
          },
          {
            key: 'visits',
            label: `${t('campaign.tabs.visits')} ${campaign.visits || ''}`,
            children: <VisitList campaign={campaign} />,
          },
          {
            key: 'tasks',
            label: `${t('campaign.tabs.tasks')} ${campaign.openTasks || ''}`,
            children: <CampaignTasks code={campaign.code} />,
          },
          ...(campaign.demandsApproval && campaign.visits > 0
            ? [
                {
                  key: 'inspections',
                  label: (
                    <>
                      {t('inspections.tab')}{' '}
                      {campaign.inspectionsWaiting > 0 && (
                        <Tag color="gold">{campaign.inspectionsWaiting}</Tag>
                      )}
                    </>
                  ),
                  children: <Inspections campaign={campaign} />,
                },
              ]
            : []),
          ...(campaign.visits > 0
            ? [
                {
                  key: 'amendments',
                  label: (
                    <>
                      {t('campaign.tabs.amendments')}{' '}
                      {campaign.amendmentsWaiting > 0 && (
                        <Tag color="gold">
                          {t('campaign.amendmentsWaiting', { n: campaign.amendmentsWaiting })}
                        </Tag>
                      )}
                    </>
                  ),
                  children: <Amendments campaign={campaign} />,
                },
              ]
            : []),
          {
            key: 'oversight',
            label: t('campaign.tabs.oversight'),
            children: (
              <div className="stack">
                <UrgingOrders campaign={campaign.code} />
                <HandlingCases of={{ campaign: campaign.code }} />
              </div>
            ),
          },
          ...(hasRole(
            me,
            ...([
              'liaison',
              'lead_officer',
              'budget_officer',
              'supervisor',
              'coordinator',
              'approver',
            ] as const),
          )
            ? [{ key: 'efforts', label: t('efforts.title'), children: <Efforts code={campaign.code} /> }]
            : []),
          {
            key: 'timeline',
            label: t('campaign.tabs.timeline'),
            children: <History timeline={campaign.timeline} />,
          },
        ]}
      />
    </>
  );
}

function CampaignTasks({ code }: { code: string }) {
  const { t } = useTranslation();
  const { data: me } = useSession();
  const scope = hasRole(me, 'supervisor', 'coordinator', 'lead_officer', 'approver')
    ? 'all'
    : hasRole(me, 'liaison')
      ? 'department'
      : 'mine';
  const pages = usePages(
    ['tasks', { campaign: code, scope }],
    (cursor) =>
      answerOf(
        api.GET('/api/v1/tasks', {
          params: { query: { campaign: code, scope, state: 'any', cursor, limit: 50 } },
        }),
      ),
    { refetchInterval: 10_000 },
  );
  return (
    <Card>
      <Paged pages={pages} empty={t('campaign.taskEmpty')}>
        {(tasks) => <TaskList tasks={tasks} readAt={pages.query.dataUpdatedAt} />}
      </Paged>
    </Card>
  );
}

function History({ timeline }: { timeline: Campaign['timeline'] }) {
  const { t } = useTranslation();
  return (
    <Card>
      {timeline.length === 0 && <Empty description={t('campaign.timelineEmpty')} />}
      <Timeline
        items={timeline.map((entry) => ({
          content: (
            <>
              <strong>{actionLabel(entry.action, t)}</strong> {entry.actor}
              {entry.note && <div>{entry.note}</div>}
              <div className="muted small">
                <Instant at={entry.at} />
              </div>
            </>
          ),
        }))}
      />
    </Card>
  );
}

const OWN = [
  ...(['create', 'edit', 'results', 'request', 'refuse', 'void', 'endWaiting'] as const),
  ...(['enterPublicValue', 'recordWitness', 'removeWitness', 'lookInto'] as const),
];

/** Entries are named like `campaign.approve`; one that this page doesn't know shows as it is. */
function actionLabel(action: string, t: TFunction): string {
  const name = action.split('.').at(-1) ?? action;
  const own = OWN.find((one) => one === name);
  if (own) return t(`campaign.actions.${own}`);
  const label = t(`commands.${name as Command}`, { defaultValue: action });
  return label;
}
