/** Drawn visits that are not done, whose entity or inspector is no longer what was drawn: the lead department's tasks. */
import type { Knex } from 'knex';
import { beyondSight } from './acting';
import { PAST_REMINDERS } from './tasks';

/** The gravest first: one task tells one thing. The entity's region is compared with the one it was drawn in. */
const CHANGED = `
  select 'changed-entity/' || v.id as key, 'changed-entity' as kind, v.id as visit_id,
         jsonb_build_object('change', change) as params
    from visits v
    join entities e on e.id = v.entity_id
    left join (select d.credit_code, min(d.region_code) as region_code
                 from ceremonies y join drawn d on d.ceremony_id = y.id
                where y.campaign_id = :campaign and y.status = 'drawn' group by d.credit_code) d
      on d.credit_code = e.credit_code
    cross join lateral (select case
      when e.status <> 'active' then e.status
      when e.ended_at is not null then 'ended'
      when d.region_code <> e.region_code then 'region' end as change) c
   where v.campaign_id = :campaign and v.finished_at is null and change is not null
  union all
  select 'changed-inspector/' || :campaign || '/' || inspector, 'changed-inspector', null,
         jsonb_build_object('change', change, 'inspector', inspector, 'name', name, 'visits', count(*))
    from (
      select i.code as inspector, i.name, case
               when i.ended_at is not null then 'ended'
               when i.status <> 'active' then i.status
               when i.department_code <> a.department_code then 'department'
               when i.certificate_valid_until < cast(:today as date) then 'certificate' end as change
        from visits v
        join assignments a on a.visit_id = v.id
        join inspectors i on i.id = a.inspector_id
       where v.campaign_id = :campaign and v.finished_at is null
         and exists (select 1 from visit_items o where o.visit_id = v.id and o.department_code = a.department_code
                        and o.result_code is null)) team
   where change is not null
   group by inspector, name, change`;

export interface Moment {
  now: Date;
  /** The city's day. */
  today: string;
}

/** How many changes nobody has an open task for. */
export async function countUnheeded(trx: Knex, campaignId: number, today: string): Promise<number> {
  const { rows } = await trx.raw<{ rows: [{ count: number }] }>(
    `select count(*) as count from (${CHANGED}) c
      where not exists (select 1 from tasks t
                         where t.key = c.key and t.done_at is null and t.cancelled_at is null)`,
    { campaign: campaignId, today },
  );
  return rows[0].count;
}

/** A task for each change of a kind; one that was closed is owed again where the change is back. */
export async function addChangeTasks(
  trx: Knex,
  campaignId: number,
  kind: string,
  owed: { department: string; assigneeId: number | null; deadlineId: number },
  { now, today }: Moment,
): Promise<void> {
  await trx.raw(
    `insert into tasks (key, kind, campaign_id, visit_id, department_code, assignee_id, deadline_id, params, step_done,
                        created_at)
     select key, kind, :campaign, visit_id, :department, :assignee, :deadline, params, ${PAST_REMINDERS}, :now
       from (${CHANGED}) changed where kind = :kind
     on conflict (key) do update
        set deadline_id = excluded.deadline_id, step_done = excluded.step_done, params = excluded.params,
            done_at = null, done_by = null, cancelled_at = null
      where tasks.done_at is not null or tasks.cancelled_at is not null`,
    {
      ...{ campaign: campaignId, kind, today, now },
      ...{ department: owed.department, assignee: owed.assigneeId, deadline: owed.deadlineId },
    },
  );
}

/**
 * Open tasks tell what is so now. Those whose visits are done, or whose inspector was replaced, are done; those of
 * changes that were taken back fall away.
 */
export async function settleChangeTasks(
  trx: Knex,
  campaignId: number,
  { now, today }: Moment,
): Promise<void> {
  const bindings = { campaign: campaignId, today };
  await trx.raw(
    `update tasks t set params = c.params from (${CHANGED}) c
      where t.key = c.key and t.done_at is null and t.cancelled_at is null and t.params <> c.params`,
    bindings,
  );
  await trx.raw(
    `update tasks t
        set done_at = case when not still.owed then cast(:now as timestamptz) end,
            cancelled_at = case when still.owed then cast(:now as timestamptz) end
       from tasks s
       cross join lateral (select exists (
         select 1 from visits v
          where v.campaign_id = :campaign and v.finished_at is null and (v.id = s.visit_id or exists (
            select 1 from assignments a join inspectors i on i.id = a.inspector_id
              join visit_items o on o.visit_id = a.visit_id and o.department_code = a.department_code
             where a.visit_id = v.id and i.code = s.params ->> 'inspector' and o.result_code is null))) as owed) still
      where s.id = t.id and t.campaign_id = :campaign and t.kind in ('changed-entity', 'changed-inspector')
        and t.done_at is null and t.cancelled_at is null
        and not exists (select 1 from (${CHANGED}) c where c.key = t.key)`,
    { ...bindings, now },
  );
}

/** Open tasks about a visit's entity or about somebody of its teams. */
export async function readChangesOf(
  db: Knex,
  visitId: number,
): Promise<{ kind: string; params: Record<string, string | number> }[]> {
  // Tasks of the lead department, which all who go there are told of.
  const { rows } = await beyondSight(db, async (all) =>
    all.raw<{ rows: { kind: string; params: Record<string, string | number> }[] }>(
      `select t.kind, t.params from visits v join tasks t on t.campaign_id = v.campaign_id
      where v.id = :visit and t.kind in ('changed-entity', 'changed-inspector')
        and t.done_at is null and t.cancelled_at is null
        and (t.visit_id = v.id or exists (
          select 1 from assignments a join inspectors i on i.id = a.inspector_id
           where a.visit_id = v.id and i.code = t.params ->> 'inspector'))
      order by t.id`,
      { visit: visitId },
    ),
  );
  return rows;
}

/** Codes of the campaigns in which an inspector still has visits to do. */
export async function campaignsAwaiting(db: Knex, inspector: string): Promise<string[]> {
  return db('assignments as a')
    .join('inspectors as i', 'i.id', 'a.inspector_id')
    .join('visits as v', 'v.id', 'a.visit_id')
    .join('campaigns as c', 'c.id', 'v.campaign_id')
    .where('i.code', inspector)
    .whereNull('v.finished_at')
    .distinct<{ code: string }[]>('c.code')
    .pluck('c.code');
}
