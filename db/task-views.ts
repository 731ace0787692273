/** Tasks, urging orders, handling cases and notices as lists show them. */
import type { Knex } from 'knex';
import type { TaskKind } from '../domain/notices/kinds';
import { TASK_IN_AREAS } from './areas';
import type { MailWord } from './mail-views';

export interface TaskRow {
  id: number;
  kind: TaskKind;
  /** null: owed to the plan of a year. */
  campaign_code: string | null;
  campaign_name: string | null;
  plan_year: number | null;
  visit_id: number | null;
  visit_number: number | null;
  entity_name: string | null;
  case_id: number | null;
  department: string;
  department_name: string;
  assignee_id: number | null;
  assignee: string | null;
  params: Record<string, string | number>;
  note: string | null;
  due_at: Date;
  provisional: boolean;
  /** Of its deadline. */
  unit: 'working-days' | 'seconds';
  created_at: Date;
  done_at: Date | null;
  done_by: string | null;
  cancelled_at: Date | null;
}

export interface TaskFilter {
  id?: number;
  /** The person's own, and of those whom they stand in for what they can do: results are for the visit's team alone. */
  own?: { userId: number; standsInFor: readonly number[] };
  departments?: readonly string[];
  /** Only what is about entities or campaigns of these areas (starts of region codes), and the user's own. */
  within?: { areas: readonly string[]; userId: number };
  campaign?: string;
  kind?: string;
  /** Due from and to these days' ends. */
  dueFrom?: Date;
  dueBefore?: Date;
  state: 'open' | 'overdue' | 'done' | 'any';
  after?: { dueAt: string; id: number };
  limit: number;
  now: Date;
}

/** The most urgent first. */
export async function listTasks(db: Knex, filter: TaskFilter): Promise<TaskRow[]> {
  const { rows } = await db.raw<{ rows: TaskRow[] }>(
    `with page as materialized (
       select t.*, d.due_at, d.provisional
         from tasks t join deadlines d on d.id = t.deadline_id
        where (cast(:id as bigint) is null or t.id = :id)
          and (cast(:holders as bigint[]) is null or t.assignee_id = any (cast(:holders as bigint[]))
               and (t.assignee_id = :me or t.kind <> 'results' or exists (
                 select 1 from assignments a join inspectors i on i.id = a.inspector_id
                  where a.visit_id = t.visit_id and a.department_code = t.department_code and i.user_id = :me)))
          and (cast(:departments as text[]) is null or t.department_code = any (cast(:departments as text[])))
          and (cast(:areas as text[]) is null or t.assignee_id = :seer or ${TASK_IN_AREAS})
          and (cast(:campaign as text) is null or t.campaign_id = (select id from campaigns where code = :campaign))
          and (cast(:kind as text) is null or t.kind = :kind)
          and (cast(:dueFrom as timestamptz) is null or d.due_at >= cast(:dueFrom as timestamptz))
          and (cast(:dueBefore as timestamptz) is null or d.due_at < cast(:dueBefore as timestamptz))
          and case :state when 'any' then true
                when 'done' then t.done_at is not null
                else t.done_at is null and t.cancelled_at is null and (:state = 'open' or d.due_at < :now) end
          and (cast(:afterDue as timestamptz) is null or (d.due_at, t.id) > (cast(:afterDue as timestamptz), :afterId))
        order by d.due_at, t.id limit :limit)
     select t.id, t.kind, c.code as campaign_code, c.name as campaign_name, t.plan_year, t.visit_id, v.number as visit_number,
            e.name as entity_name, t.case_id, t.department_code as department, o.short_name as department_name,
            t.assignee_id, u.name as assignee, t.params, t.note, t.due_at, t.provisional, t.created_at, t.done_at,
            b.name as done_by, t.cancelled_at, coalesce(c.deadline_policy, p.deadline_policy) ->> 'unit' as unit
       from page t
       left join campaigns c on c.id = t.campaign_id
       left join annual_plans p on p.year = t.plan_year
       join departments o on o.code = t.department_code
       left join users u on u.id = t.assignee_id
       left join users b on b.id = t.done_by
       left join handling_cases h on h.id = t.case_id
       left join visits v on v.id = coalesce(t.visit_id, h.visit_id)
       left join entities e on e.id = v.entity_id
      order by t.due_at, t.id`,
    {
      id: filter.id ?? null,
      holders: filter.own ? [filter.own.userId, ...filter.own.standsInFor] : null,
      me: filter.own?.userId ?? null,
      departments: filter.departments ? [...filter.departments] : null,
      areas: filter.within ? [...filter.within.areas] : null,
      seer: filter.within?.userId ?? null,
      campaign: filter.campaign ?? null,
      kind: filter.kind ?? null,
      dueFrom: filter.dueFrom ?? null,
      dueBefore: filter.dueBefore ?? null,
      state: filter.state,
      now: filter.now,
      afterDue: filter.after?.dueAt ?? null,
      afterId: filter.after?.id ?? 0,
      limit: filter.limit,
    },
  );
  return rows;
}

export interface NoticeRow {
  id: number;
  kind: string;
  params: Record<string, string | number>;
  campaign: string | null;
  campaign_name: string | null;
  created_at: Date;
  read_at: Date | null;
  mail: MailWord;
}

/** A person's own notices, newest first. */
export async function listNotices(
  db: Knex,
  userId: number,
  beforeId: number | null,
  limit: number,
): Promise<NoticeRow[]> {
  const { rows } = await db.raw<{ rows: NoticeRow[] }>(
    `select n.id, n.kind, n.params, c.code as campaign, c.name as campaign_name, n.created_at, n.read_at,
            case when n.unmailable then 'none' else coalesce(m.status, 'waiting') end as mail
       from notices n left join campaigns c on c.id = n.campaign_id left join mails m on m.id = n.mail_id
      where n.recipient_id = :user and (cast(:before as bigint) is null or n.id < :before)
      order by n.id desc limit :limit`,
    { user: userId, before: beforeId, limit },
  );
  return rows;
}
