import { Card, Select, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../api/client';
import type { OverseenTask } from '../api/types';
import { BoardFilters } from '../components/oversight/board-filters';
import { TableLinks } from '../components/oversight/table-links';
import { queryText, useBoardFilter } from '../components/oversight/use-board-filter';
import { Paged } from '../components/paged';
import { formatInstant } from '../lib/format';
import { usePages } from '../lib/use-pages';
import { useTitle } from '../lib/use-title';

const OUTCOMES = ['onTime', 'late', 'overdue', 'waiting'] as const;
const COLOURS = { onTime: 'green', late: 'gold', overdue: 'red', waiting: 'blue' } as const;

/** The tasks behind a figure of the board, one by one. */
export function OverseenTasks() {
  const { t } = useTranslation();
  useTitle(t('board.tasks.title'));
  const board = useBoardFilter();
  const filter = {
    ...board.filter,
    kind: board.search.get('kind') ?? undefined,
    outcome: OUTCOMES.find((one) => one === board.search.get('outcome')),
  };
  const pages = usePages(['overseen-tasks', filter], (cursor) =>
    answerOf(api.GET('/api/v1/oversight/tasks', { params: { query: { ...filter, cursor, limit: 50 } } })),
  );
  return (
    <>
      <div className="page-head">
        <div>
          <Link to={`/oversight?${queryText(board.filter)}`}>← {t('board.tasks.back')}</Link>
          <h1>{t('board.tasks.title')}</h1>
          <p className="muted">{t('board.tasks.lead')}</p>
        </div>
        <TableLinks path="/api/v1/oversight/tasks" query={filter} />
      </div>
      <BoardFilters board={board} withTrend={false} />
      <Select
        aria-label={t('board.tasks.outcome')}
        className="stage-filter gap-below"
        value={filter.outcome ?? ''}
        onChange={(outcome) => board.set({ outcome })}
        options={[
          { value: '', label: t('board.tasks.anyOutcome') },
          ...OUTCOMES.map((value) => ({ value, label: t(`board.tasks.outcomes.${value}`) })),
        ]}
      />
      <Card>
        <Paged pages={pages} empty={t('board.tasks.empty')}>
          {(rows) => (
            <ul className="row-list">
              {rows.map((row) => (
                <TaskLine key={row.id} task={row} />
              ))}
            </ul>
          )}
        </Paged>
      </Card>
    </>
  );
}

function TaskLine({ task }: { task: OverseenTask }) {
  const { t } = useTranslation();
  return (
    <li>
      <div className="row-head">
        <strong>{task.title}</strong>
        <Tag color={COLOURS[task.outcome]}>{t(`board.tasks.outcomes.${task.outcome}`)}</Tag>
      </div>
      <div className="muted small">
        {t('board.tasks.line', {
          department: `${task.department.name}${task.assignee ? ` ${task.assignee}` : ''}`,
          region: task.region.name,
          due: formatInstant(task.dueAt),
        })}
        {task.doneAt && ` · ${t('board.tasks.done', { at: formatInstant(task.doneAt) })}`} ·{' '}
        {task.campaign ? (
          <Link to={`/campaigns/${task.campaign.code}`}>{task.campaign.name}</Link>
        ) : (
          <Link to={`/annual-plans/${task.planYear ?? ''}`}>{t('urging.plan', { year: task.planYear })}</Link>
        )}
      </div>
    </li>
  );
}
