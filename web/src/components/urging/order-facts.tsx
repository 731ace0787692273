import { useTranslation } from 'react-i18next';
import type { UrgingOrderDetail } from '../../api/types';
import { formatInstant } from '../../lib/format';

/** Label and text of what an order is, for its page and for its document. */
export function useOrderFacts(order: UrgingOrderDetail): [label: string, text: string][] {
  const { t } = useTranslation();
  const about = order.campaign
    ? `${order.campaign.name}（${order.campaign.code}）`
    : t('urging.plan', { year: order.planYear });
  const due = order.dueAt ?? order.rounds.at(-1)?.dueAt;
  return [
    [t('urging.department'), order.department.name],
    [t('urging.addressee'), order.addressee ?? t('urging.anyAddressee')],
    [t('urging.about'), about],
    [t('urging.issuedBy'), `${formatInstant(order.issuedAt)} ${order.issuedBy ?? t('urging.bySweep')}`],
    [t('urging.dueAt'), due ? formatInstant(due) : t('states.unset')],
    [t('urging.demand'), order.demand],
  ];
}

export function ConcernedTasks({ order: { concerned } }: { order: UrgingOrderDetail }) {
  const { t } = useTranslation();
  if (concerned.length === 0) return <p className="muted">{t('urging.noneConcerned')}</p>;
  return (
    <div className="scroll-x" tabIndex={0}>
      <table className="numbers">
        <thead>
          <tr>
            <th>{t('urging.task')}</th>
            <th className="words">{t('urging.assignee')}</th>
            <th className="words">{t('urging.taskDue')}</th>
            <th className="words">{t('urging.taskState')}</th>
          </tr>
        </thead>
        <tbody>
          {concerned.map((task) => (
            <tr key={task.id}>
              <th scope="row">{task.title}</th>
              <td className="words">{task.assignee ?? t('states.unset')}</td>
              <td className="words">{formatInstant(task.dueAt)}</td>
              <td className="words">
                {t(`urging.taskStates.${task.state}`)}
                {task.doneAt && ` ${formatInstant(task.doneAt)}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
