import { Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Task } from '../api/types';
import { daysSince, formatInstant } from '../lib/format';
import { VoidTaskForm } from './void-task-form';

interface Props {
  tasks: Task[];
  /** When the tasks were read, for the days they are overdue. */
  readAt: number;
  /** Left out on a campaign's own page. */
  withCampaign?: boolean;
}

/** Tasks with what is due when, why they are whose, and the way to where they are done. */
export function TaskList({ tasks, readAt, withCampaign = false }: Props) {
  const { t } = useTranslation();
  return (
    <ul className="row-list">
      {tasks.map((task) => (
        <li key={task.id}>
          <div className="row-head">
            <strong>
              <Link to={placeOf(task)}>{task.title}</Link>
            </strong>
            <DueDate task={task} readAt={readAt} />
          </div>
          <div className="muted small">
            {withCampaign && (
              <>
                {task.campaign ? (
                  <Link to={`/campaigns/${task.campaign.code}`}>{task.campaign.name}</Link>
                ) : (
                  t('annual.titleOf', { year: task.planYear })
                )}
                {' · '}
              </>
            )}
            {!task.why.includes(task.department.name) && `${task.department.name} · `}
            {task.why}
          </div>
          {task.advice !== null && task.state !== 'done' && <div>{task.advice}</div>}
          {task.note && <p className="quote">{t('voidTask.found', { text: task.note })}</p>}
          {task.mayComplete && <VoidTaskForm id={task.id} />}
        </li>
      ))}
    </ul>
  );
}

function DueDate({ task, readAt }: { task: Task; readAt: number }) {
  const { t } = useTranslation();
  const at = formatInstant(task.dueAt);
  if (task.state === 'cancelled') return <span className="muted">{t('tasks.cancelled')}</span>;
  if (task.state === 'done' || task.state === 'done-late') {
    const done = task.doneAt ? formatInstant(task.doneAt) : '';
    return task.state === 'done' ? (
      <span className="good">{t('tasks.doneAt', { at: done })}</span>
    ) : (
      <span className="muted">{t('tasks.doneLate', { at: done })}</span>
    );
  }
  if (task.state === 'overdue') {
    return <span className="bad">{t('tasks.overdueBy', { days: daysSince(task.dueAt, readAt), at })}</span>;
  }
  return (
    <span>
      {t('tasks.due', { at })}{' '}
      {task.provisional && (
        <Tooltip title={t('tasks.provisionalWhy')}>
          <Tag tabIndex={0}>{t('tasks.provisional')}</Tag>
        </Tooltip>
      )}
    </span>
  );
}

function placeOf(task: Task): string {
  if (task.campaign === null) return `/annual-plans/${task.planYear ?? ''}`;
  if (task.inspector !== null) {
    return `/campaigns/${task.campaign.code}?tab=amendments&replace=${task.inspector}`;
  }
  if (task.caseId !== null) return `/cases/${task.caseId}`;
  if (task.visitId !== null) return `/visits/${task.visitId}`;
  const tab = task.kind === 'answer-urging' ? '?tab=oversight' : '';
  return `/campaigns/${task.campaign.code}${tab}`;
}
