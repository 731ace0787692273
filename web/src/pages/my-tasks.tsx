import { Card, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { answerOf, api } from '../api/client';
import { Notices } from '../components/notices';
import { lazyPart } from '../components/lazy-part';
import { Paged } from '../components/paged';
import { CalendarFeed } from '../components/task/calendar-feed';
import { AwaitingTasks } from '../components/task/awaiting-tasks';
import { TaskList } from '../components/task-list';
import { TASK_KINDS, type TaskFilterValues } from '../lib/task-kinds';
import { usePages } from '../lib/use-pages';
import { useTitle } from '../lib/use-title';
import { hasPost, hasRole, useSession } from '../session/use-session';

const TaskFilters = lazyPart(async () => (await import('../components/task/task-filters')).TaskFilters);

const SCOPES = ['mine', 'department', 'all'] as const;
const STATES = ['open', 'overdue', 'done', 'any'] as const;

/** Where a signed-in person starts: what is owed, by when, and what was told; the latter alone where they have no post. */
export function MyTasks() {
  const { data: me } = useSession();
  return hasPost(me) ? <Tasks /> : <OnlyNotices />;
}

function OnlyNotices() {
  const { t } = useTranslation();
  useTitle(t('notices.title'));
  const { data: me } = useSession();
  return (
    <div className="narrow">
      <div className="page-head">
        <div>
          <h1>{t('notices.title')}</h1>
          {me?.grants.length === 0 && <p className="muted">{t('users.noRoleYet')}</p>}
        </div>
      </div>
      <Notices />
    </div>
  );
}

function Tasks() {
  const { t } = useTranslation();
  useTitle(t('tasks.title'));
  const { data: me } = useSession();
  const [search, setSearch] = useSearchParams();
  const seesAll = hasRole(me, 'supervisor', 'coordinator', 'lead_officer', 'approver');
  const seesDepartment = seesAll || hasRole(me, 'liaison');
  const scopes = SCOPES.filter((one) => one === 'mine' || (one === 'all' ? seesAll : seesDepartment));
  const usual = hasRole(me, 'supervisor') ? 'all' : seesDepartment ? 'department' : 'mine';
  const scope = scopes.find((one) => one === search.get('scope')) ?? usual;
  const state = STATES.find((one) => one === search.get('state')) ?? 'open';
  const choose = (change: Record<string, string | undefined>) =>
    setSearch((before) => set({ ...Object.fromEntries(before), ...change }), { replace: true });
  const filters: TaskFilterValues = {
    kind: TASK_KINDS.find((one) => one === search.get('kind')),
    department: search.get('department') ?? undefined,
    dueFrom: search.get('dueFrom') ?? undefined,
    dueTo: search.get('dueTo') ?? undefined,
  };
  const query = { scope, state, ...filters };
  const pages = usePages(
    ['tasks', query],
    (cursor) => answerOf(api.GET('/api/v1/tasks', { params: { query: { ...query, cursor, limit: 30 } } })),
    { refetchInterval: 15_000 },
  );
  return (
    <>
      <div className="page-head">
        <h1>{t('tasks.title')}</h1>
        <a className="phone-only" href="#notices">
          {t('notices.title')} ↓
        </a>
        <div className="filters">
          {scopes.length > 1 && (
            <Segmented
              aria-label={t('tasks.scope')}
              value={scope}
              onChange={(value) => choose({ scope: value })}
              options={scopes.map((value) => ({ value, label: t(`tasks.scopes.${value}`) }))}
            />
          )}
          <Segmented
            aria-label={t('tasks.state')}
            value={state}
            onChange={(value) => choose({ state: value })}
            options={STATES.map((value) => ({ value, label: t(`tasks.states.${value}`) }))}
          />
        </div>
      </div>
      <p className="small">
        {hasRole(me, 'inspector', 'liaison') && (
          <>
            <Link to="/visit-calendar">{t('visitCalendar.link')}</Link> ·{' '}
          </>
        )}
        <Link to="/delegations">{t('delegation.link')}</Link>
        <CalendarFeed />
      </p>
      <div className="two-columns">
        <Card
          title={
            <TaskFilters
              value={filters}
              onChange={(change) => choose({ ...change })}
              withDepartment={scope === 'all'}
            />
          }
          extra={<Exports query={query} />}
        >
          <Paged pages={pages} empty={t('tasks.empty')}>
            {(tasks) => <TaskList tasks={tasks} readAt={pages.query.dataUpdatedAt} withCampaign />}
          </Paged>
        </Card>
        <div className="stack">
          <AwaitingTasks />
          <Notices />
        </div>
      </div>
    </>
  );
}

/** Without those that are not set. */
const set = (values: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : [])));

function Exports({ query }: { query: Record<string, string | undefined> }) {
  const { t } = useTranslation();
  const search = new URLSearchParams(set(query)).toString();
  return (
    <span className="small">
      {t('task.export')}：
      {(['csv', 'xlsx'] as const).map((format) => (
        <a key={format} href={`/api/v1/tasks.${format}?${search}`} download>
          {' '}
          {format.toUpperCase()}
        </a>
      ))}
    </span>
  );
}
