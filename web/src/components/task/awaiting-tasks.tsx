import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../../api/client';
import { hasRole, useSession } from '../../session/use-session';

/** Tasks whose longer time the person decides on; nothing where there is none. */
export function AwaitingTasks() {
  const { t } = useTranslation();
  const { data: me } = useSession();
  const decides = hasRole(me, 'supervisor', 'coordinator', 'lead_officer', 'approver');
  const { data } = useQuery({
    queryKey: ['tasks', 'awaiting'],
    enabled: decides,
    refetchInterval: 30_000,
    queryFn: async () => (await answerOf(api.GET('/api/v1/task-extensions'))).rows,
  });
  if (!data || data.length === 0) return null;
  return (
    <Card title={t('task.waiting')}>
      <ul className="row-list">
        {data.map((task) => (
          <li key={task.id}>
            <Link to={`/tasks/${task.id}`}>{task.title}</Link>
            <div className="muted small">
              {task.department.name} · {task.assignee ?? t('task.nobody')}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
