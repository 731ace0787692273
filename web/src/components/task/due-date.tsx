import { Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Task } from '../../api/types';
import { daysSince, formatInstant } from '../../lib/format';

/** When a task is due, and how many working days are left; or when it was done. `readAt`: when the task was read. */
export function DueDate({ task, readAt }: { task: Task; readAt: number }) {
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
  const days = task.workingDaysLeft;
  if (task.state === 'overdue') {
    return (
      <span className="bad">
        {days === null || days === 0
          ? t('tasks.overdueBy', { days: daysSince(task.dueAt, readAt), at })
          : `${t('task.overdue', { n: -days })}（${t('tasks.due', { at })}）`}
      </span>
    );
  }
  return (
    <span>
      {t('tasks.due', { at })}
      {days !== null && (
        <span className="muted small">
          {' '}
          · {days === 0 ? t('task.leftToday') : t('task.left', { n: days })}
        </span>
      )}{' '}
      {task.provisional && (
        <Tooltip title={t('tasks.provisionalWhy')}>
          <Tag tabIndex={0}>{t('tasks.provisional')}</Tag>
        </Tooltip>
      )}
    </span>
  );
}
