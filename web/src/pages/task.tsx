import { useQuery } from '@tanstack/react-query';
import { Card, Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { answerOf, api } from '../api/client';
import type { TaskDetail } from '../api/types';
import { LinkButton } from '../components/link-button';
import { Loaded } from '../components/loaded';
import { DueDate } from '../components/task/due-date';
import type { TaskKind } from '../lib/task-kinds';
import { TaskActions } from '../components/task/task-actions';
import { TaskExtensions } from '../components/task/task-extensions';
import { TaskHistory } from '../components/task/task-history';
import { placeOfTask } from '../lib/place-of-task';
import { useTitle } from '../lib/use-title';
import { useSession } from '../session/use-session';

/** One task: what is owed by whom until when, why by them, and all that happened. */
export function TaskPage() {
  const { t } = useTranslation();
  const id = Number(useParams()['id']);
  const query = useQuery({
    queryKey: ['tasks', 'detail', id],
    queryFn: () => answerOf(api.GET('/api/v1/tasks/{id}', { params: { path: { id } } })),
  });
  useTitle(query.data?.title);
  return (
    <Loaded query={query}>
      {(task) => (
        <>
          <div className="page-head">
            <div>
              <h1>{task.title}</h1>
              <p className="muted">{t('task.number', { id: task.id })}</p>
            </div>
            <div className="filters">
              <LinkButton to="/">{t('task.back')}</LinkButton>
              <TaskActions task={task} />
              {(task.state === 'open' || task.state === 'overdue') && (
                <LinkButton type="primary" to={placeOfTask(task)}>
                  {t('task.go')}
                </LinkButton>
              )}
            </div>
          </div>
          <div className="stack">
            <Card title={t('task.facts')}>
              <Facts task={task} readAt={query.dataUpdatedAt} />
            </Card>
            <TaskExtensions task={task} />
            <Card title={t('task.history')}>
              <TaskHistory history={task.history} />
            </Card>
          </div>
        </>
      )}
    </Loaded>
  );
}

function Facts({ task, readAt }: { task: TaskDetail; readAt: number }) {
  const { t } = useTranslation();
  const { data: me } = useSession();
  const isMine = me?.name === task.assignee;
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, md: 2 }}
      items={[
        { key: 'kind', label: t('task.kind'), children: t(`task.kinds.${task.kind as TaskKind}`) },
        {
          key: 'campaign',
          label: t('task.campaign'),
          children: task.campaign ? (
            <Link to={`/campaigns/${task.campaign.code}`}>{task.campaign.name}</Link>
          ) : (
            <Link to={`/annual-plans/${task.planYear ?? ''}`}>
              {t('annual.titleOf', { year: task.planYear })}
            </Link>
          ),
        },
        { key: 'department', label: t('task.department'), children: task.department.name },
        {
          key: 'assignee',
          label: t('task.assignee'),
          children:
            task.standIn === null
              ? (task.assignee ?? t('task.nobody'))
              : t('task.standIn', { name: task.assignee, delegate: task.standIn }),
        },
        { key: 'due', label: t('task.due'), children: <DueDate task={task} readAt={readAt} /> },
        ...(task.doneBy === null
          ? []
          : [{ key: 'done', label: t('task.state'), children: t('task.done', { by: task.doneBy }) }]),
        {
          key: 'why',
          label: t(isMine ? 'task.why' : 'task.whyOther'),
          span: 'filled' as const,
          children: (
            <div>
              <div>{task.why}</div>
              <div className="muted small">{task.rule}</div>
            </div>
          ),
        },
      ]}
    />
  );
}
