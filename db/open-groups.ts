import type { Knex } from 'knex';
import type { DeadlinePolicy } from '../domain/deadlines/policy';
import type { TaskKind } from '../domain/notices/kinds';
import { TASK_IN_AREAS } from './areas';

/** Open tasks of one kind, department and person that are due together. */
export interface OpenGroup {
  kind: TaskKind;
  department: string;
  departmentName: string;
  assigneeId: number | null;
  /** Of the campaign; null: owed to the annual plan. */
  leadDepartment: string | null;
  policy: DeadlinePolicy;
  dueAt: Date;
  tasks: number;
}

/** All that is open in these areas, in groups. */
export async function readOpenGroups(db: Knex, areas: readonly string[]): Promise<OpenGroup[]> {
  const { rows } = await db.raw<{ rows: OpenGroup[] }>(
    `select g.kind, g.department_code as department, o.short_name as "departmentName", g.assignee_id as "assigneeId",
            c.lead_department as "leadDepartment", coalesce(c.deadline_policy, p.deadline_policy) as policy,
            d.due_at as "dueAt", g.tasks
       from (select t.deadline_id, t.kind, t.department_code, t.assignee_id, count(*) as tasks
               from tasks t
              where t.done_at is null and t.cancelled_at is null and ${TASK_IN_AREAS}
              group by t.deadline_id, t.kind, t.department_code, t.assignee_id) g
       join deadlines d on d.id = g.deadline_id
       join departments o on o.code = g.department_code
       left join campaigns c on c.id = d.campaign_id
       left join annual_plans p on p.year = d.plan_year
      order by d.due_at, g.kind, g.department_code, g.assignee_id`,
    { areas: [...areas] },
  );
  return rows;
}
