import { Card, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { answerOf, api } from '../api/client';
import { Notices } from '../components/notices';
import { Paged } from '../components/paged';
import { TaskList } from '../components/task-list';
import { usePages } from '../lib/use-pages';
import { useTitle } from '../lib/use-title';
import { hasRole, useSession } from '../session/use-session';

const SCOPES = ['mine', 'department', 'all'] as const;
const STATES = ['open', 'overdue', 'done', 'any'] as const;

/** Where a signed-in person starts: what is owed, by when, and what was told. */
export function MyTasks() {
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
  const choose = (name: string, value: string) =>
    setSearch((before) => ({ ...Object.fromEntries(before), [name]: value }), { replace: true });
  const pages = usePages(
    ['tasks', { scope, state }],
    (cursor) =>
      answerOf(api.GET('/api/v1/tasks', { params: { query: { scope, state, cursor, limit: 30 } } })),
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
              onChange={(value) => choose('scope', value)}
              options={scopes.map((value) => ({ value, label: t(`tasks.scopes.${value}`) }))}
            />
          )}
          <Segmented
            aria-label={t('tasks.state')}
            value={state}
            onChange={(value) => choose('state', value)}
            options={STATES.map((value) => ({ value, label: t(`tasks.states.${value}`) }))}
          />
        </div>
      </div>
      <div className="two-columns">
        <Card>
          <Paged pages={pages} empty={t('tasks.empty')}>
            {(tasks) => <TaskList tasks={tasks} readAt={pages.query.dataUpdatedAt} withCampaign />}
          </Paged>
        </Card>
        <Notices />
      </div>
    </>
  );
}
