/** The single tasks behind a figure (db/figures.ts): the same tasks, one by one. */
import type { Knex } from 'knex';
import { bindingsOf, REGION_IN_AREAS, TASK_ASKED, type FigureFilter } from './figures';

export const OUTCOMES = ['onTime', 'late', 'overdue', 'waiting'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface OverseenTask {
  id: number;
  kind: string;
  params: Record<string, string | number>;
  visit_number: number | null;
  entity_name: string | null;
  campaign_code: string | null;
  campaign_name: string | null;
  plan_year: number | null;
  department: string;
  region: string;
  assignee: string | null;
  due_at: Date;
  done_at: Date | null;
  outcome: Outcome;
}

interface TaskQuery extends Omit<FigureFilter, 'trendBy' | 'region'> {
  kind: string | null;
  outcome: Outcome | null;
  after?: { dueAt: string; id: number };
  limit: number;
}

/** By due date. */
export async function listOverseenTasks(db: Knex, query: TaskQuery): Promise<OverseenTask[]> {
  const { rows } = await db.raw<{ rows: OverseenTask[] }>(
    `with page as materialized (
       select * from (
         select t.id, t.kind, t.params, t.visit_id, t.campaign_id, t.plan_year, t.department_code, t.region_code,
                t.assignee_id, d.due_at, case when t.done_at <= :asOf then t.done_at end as done_at,
                case when t.done_at <= :asOf and t.done_at <= d.due_at then 'onTime'
                     when t.done_at <= :asOf then 'late'
                     when d.due_at < :asOf then 'overdue' else 'waiting' end as outcome
           from deadlines d join tasks t on t.deadline_id = d.id
          where d.due_at >= :from and d.due_at < :until and ${REGION_IN_AREAS('t.region_code')} ${TASK_ASKED}
            and (cast(:kind as text) is null or t.kind = :kind)
            and (cast(:afterDue as timestamptz) is null
                 or (d.due_at, t.id) > (cast(:afterDue as timestamptz), :afterId))) owed
        where cast(:outcome as text) is null or outcome = :outcome
        order by due_at, id limit :limit)
     select p.id, p.kind, p.params, v.number as visit_number, e.name as entity_name, c.code as campaign_code,
            c.name as campaign_name, p.plan_year, p.department_code as department, p.region_code as region,
            u.name as assignee, p.due_at, p.done_at, p.outcome
       from page p
       left join campaigns c on c.id = p.campaign_id
       left join users u on u.id = p.assignee_id
       left join visits v on v.id = p.visit_id
       left join entities e on e.id = v.entity_id
      order by p.due_at, p.id`,
    {
      ...bindingsOf(query),
      kind: query.kind,
      outcome: query.outcome,
      afterDue: query.after?.dueAt ?? null,
      afterId: query.after?.id ?? 0,
      limit: query.limit,
    },
  );
  return rows;
}
