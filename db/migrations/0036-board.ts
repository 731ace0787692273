import type { Knex } from 'knex';

/** What the supervision office's board counts by: where a task is, and indexes that begin with the period asked about. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- The smallest area of GB/T 2260 around all of these: 691101 and 691102 lie in 691100.
    create function area_around(codes text[]) returns text language sql immutable as $$
      select case when min(c) = max(c) then min(c)
                  when left(min(c), 4) = left(max(c), 4) then left(min(c), 4) || '00'
                  when left(min(c), 2) = left(max(c), 2) then left(min(c), 2) || '0000'
                  else '000000' end
        from unnest(codes) c
    $$;

    -- Where it was when it was given: counts of a period stay as they are when an entity moves.
    create function task_region() returns trigger language plpgsql as $$
    begin
      new.region_code := coalesce(
        (select e.region_code from visits v join entities e on e.id = v.entity_id
          where v.id = coalesce(new.visit_id, (select visit_id from handling_cases where id = new.case_id))),
        (select area_around(region_codes) from campaigns where id = new.campaign_id),
        (select region_code from departments where code = new.department_code));
      return new;
    end $$;

    alter table tasks add column region_code text;
    update tasks t set region_code = coalesce(
      (select e.region_code from visits v join entities e on e.id = v.entity_id
        where v.id = coalesce(t.visit_id, (select visit_id from handling_cases where id = t.case_id))),
      (select area_around(region_codes) from campaigns where id = t.campaign_id),
      (select region_code from departments where code = t.department_code));
    alter table tasks alter column region_code set not null;
    create trigger task_region before insert on tasks for each row execute function task_region();

    create index deadlines_due on deadlines (due_at, id);
    -- With the step: a sweep that takes this index for that of open tasks reads no more than by that.
    create index tasks_counted on tasks (deadline_id, step_done)
      include (department_code, region_code, kind, campaign_id, created_at, done_at, cancelled_at);
    create index visits_finished on visits (finished_at, id) where finished_at is not null;
    create index visits_publication on visits (campaign_id, finished_at)
      include (entity_id, published_at) where finished_at is not null;
    create index annual_plan_lines_window on annual_plan_lines (window_to, window_from);
  `);
}

export { down } from './0001-organisation';
