import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Task } from '../api/types';
import { placeOfTask } from '../lib/place-of-task';
import { DueDate } from './task/due-date';
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
              <Link to={placeOfTask(task)}>{task.title}</Link>
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
            {task.onBehalfOf !== null && ` · ${t('task.onBehalfOf', { name: task.onBehalfOf })}`}
            {' · '}
            <Link to={`/tasks/${task.id}`}>{t('task.details')}</Link>
          </div>
          {task.advice !== null && task.state !== 'done' && <div>{task.advice}</div>}
          {task.note && <p className="quote">{t('voidTask.found', { text: task.note })}</p>}
          {task.mayComplete && <VoidTaskForm id={task.id} />}
        </li>
      ))}
    </ul>
  );
}
