import type { OverseenTask } from '../../db/overseen-tasks';
import { taskLabel } from '../../domain/notices/kinds';
import type { Names } from '../../domain/oversight/report';

export const overseenTaskOf = (row: OverseenTask, names: Names) => ({
  id: row.id,
  title: owedTitle(row),
  campaign:
    row.campaign_code === null
      ? null
      : { code: row.campaign_code, name: row.campaign_name ?? row.campaign_code },
  planYear: row.plan_year,
  department: { code: row.department, name: names.departments[row.department] ?? row.department },
  region: { code: row.region, name: names.regions[row.region] ?? row.region },
  assignee: row.assignee,
  dueAt: row.due_at.toISOString(),
  doneAt: row.done_at?.toISOString() ?? null,
  outcome: row.outcome,
});

/** What is owed, in a line. */
export function owedTitle({
  kind,
  params,
  visit_number,
  entity_name,
}: Pick<OverseenTask, 'kind' | 'params' | 'visit_number' | 'entity_name'>): string {
  const about =
    visit_number === null
      ? (params['order'] ?? params['what'] ?? params['day'])
      : `第 ${visit_number} 户 ${entity_name ?? ''}`;
  return about === undefined ? taskLabel(kind) : `${taskLabel(kind)}：${about}`;
}
