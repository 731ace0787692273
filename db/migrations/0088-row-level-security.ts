import type { Knex } from 'knex';

/**
 * The second wall under the permissions: PostgreSQL itself shows the API a person's own rows only. The rules are those of the
 * routes (api/visits/sight.ts, api/tasks/seen-task.ts, api/handling/case-of.ts), told once more in SQL, and by department
 * where a route goes by person; docs/security/row-level-security.md has them as a table.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(ACTING);
  await db.raw(BY_OWNER);
  await db.raw(SEES_CASE);
  for (const [table, rows] of Object.entries(SEEN)) {
    await db.raw(`
      alter table ${table} enable row level security;
      create policy worker_all on ${table} to onevisit_worker using (true);
      create policy api_seen on ${table} to onevisit_api using ((select acting_beyond()) or ${rows});`);
  }
  await db.raw(REGION);
}

/** Who acts is told by the API (db/acting.ts); what they may see is read here, from what they were granted. */
const ACTING = `
  create function acting_user() returns bigint language sql stable parallel safe as
    $$ select nullif(current_setting('onevisit.user_id', true), '')::bigint $$;
  create function acting_beyond() returns boolean language sql stable parallel safe as
    $$ select coalesce(current_setting('onevisit.beyond', true), '') = 'on' $$;

  -- Their own, and of those whom they stand in for today the roles in which tasks of a department are done. With what the
  -- codes of the region begin with.
  create function acting_grants() returns table (role text, department text, area text)
    language sql stable security definer set search_path = public, pg_temp as $$
    select r.role, r.department_code, regexp_replace(r.region_code, '(00)+$', '')
      from user_roles r join users u on u.id = r.user_id and u.disabled_at is null
     where r.user_id = acting_user()
    union
    select o.role, o.department_code, regexp_replace(o.region_code, '(00)+$', '')
      from delegations g
      join users u on u.id = g.delegate_id and u.disabled_at is null
      join user_roles o on o.user_id = g.user_id and o.department_code = g.department_code
     where g.delegate_id = acting_user() and g.ended_at is null
       and cast(nullif(current_setting('onevisit.day', true), '') as date) between g.from_day and g.until_day
       and o.role in ('liaison', 'lead_officer')
  $$;
  create function acting_areas(variadic roles text[]) returns text[]
    language sql stable security definer set search_path = public, pg_temp as
    $$ select array(select distinct area from acting_grants() where role = any (roles)) $$;
  create function acting_departments() returns text[]
    language sql stable security definer set search_path = public, pg_temp as
    $$ select array(select distinct department from acting_grants()) $$;
  create function acting_has(variadic roles text[]) returns boolean
    language sql stable security definer set search_path = public, pg_temp as
    $$ select exists (select from acting_grants() where role = any (roles)) $$;

  -- Visits to which the person is assigned.
  create function acting_visits() returns bigint[]
    language sql stable security definer set search_path = public, pg_temp as $$
    select array(select a.visit_id from assignments a join inspectors i on i.id = a.inspector_id
                  where i.user_id = acting_user()) $$;

  -- The person, and those whom they stand in for today.
  create function acting_for() returns bigint[]
    language sql stable security definer set search_path = public, pg_temp as $$
    select array(select acting_user() union
                 select g.user_id from delegations g where g.delegate_id = acting_user() and g.ended_at is null
                    and cast(nullif(current_setting('onevisit.day', true), '') as date) between g.from_day and g.until_day) $$;`;

/**
 * What policies look up in other tables that have policies, which would go round in a circle: views read by their owner's
 * rights, of ids alone.
 */
const BY_OWNER = `
  create view visit_departments as select visit_id, department_code from visit_items;
  create view visit_regions as
    select v.id as visit_id, e.region_code from visits v join entities e on e.id = v.entity_id;
  create view owed_for_visits as
    select visit_id, department_code, assignee_id from tasks where visit_id is not null;
  create view case_departments as select case_id, department_code from joint_notices;
  revoke insert, update, delete
    on visit_departments, visit_regions, owed_for_visits, case_departments from onevisit_api, onevisit_worker;`;

/**
 * By a function, whose query is planned once in a connection: written out, the rules of cases would be planned again for each
 * table of a query whose rows go by visits, which takes longer than the query.
 */
const SEES_CASE = `
  create function sees_case_of(visit bigint) returns boolean language sql stable as
    $$ select exists (select from handling_cases h where h.visit_id = visit) $$;`;

const OVERVIEW = `(select acting_areas('lead_officer', 'coordinator', 'supervisor', 'approver', 'credit_officer', 'budget_officer'))`;
const OVERSEEN = `(select acting_areas('supervisor', 'coordinator', 'lead_officer', 'approver'))`;
const CASES = `(select acting_areas('supervisor', 'coordinator', 'lead_officer', 'credit_officer', 'approver'))`;
const DEPARTMENTS = `(select acting_departments())`;

/** The region code begins with one of the areas. */
const within = (region: string, areas: string) =>
  `exists (select from unnest(cast(${areas} as text[])) a where starts_with(${region}, a))`;

/** Of an entity in the person's areas; of their department, assigned to them, owed by them, with a case that they see. */
const VISIT = `(
  (cardinality(${OVERVIEW}) > 0 and exists (
     select from entities e where e.id = visits.entity_id and ${within('e.region_code', OVERVIEW)}))
  or exists (select from visit_departments d
              where d.visit_id = visits.id and d.department_code = any (cast(${DEPARTMENTS} as text[])))
  or visits.id = any (cast((select acting_visits()) as bigint[]))
  or exists (select from owed_for_visits o
              where o.visit_id = visits.id
                and (o.assignee_id = any (cast((select acting_for()) as bigint[]))
                     or o.department_code = any (cast(${DEPARTMENTS} as text[]))))
  or sees_case_of(visits.id))`;

/** Of an entity in the person's areas; of a department of theirs where the entity is: it found, keeps the list, joins in. */
const CASE = `exists (
  select from visit_regions v
   where v.visit_id = handling_cases.visit_id
     and (${within('v.region_code', CASES)} or exists (
       select from acting_grants() g
        where starts_with(v.region_code, g.area)
          and (g.department in (handling_cases.department_code, handling_cases.keeper_code) or exists (
                select from case_departments j
                 where j.case_id = handling_cases.id and j.department_code = g.department)))))`;

/** Their own and of whom they stand in for, their department's, about a visit or case that they see, of their areas. */
const TASK = `(
  assignee_id = any (cast((select acting_for()) as bigint[]))
  or department_code = any (cast(${DEPARTMENTS} as text[]))
  or (visit_id is not null and exists (select from visits v where v.id = tasks.visit_id))
  or (case_id is not null and exists (select from handling_cases h where h.id = tasks.case_id))
  or (cardinality(${OVERSEEN}) > 0 and (${within('region_code', OVERSEEN)}
      or exists (select from campaigns c, unnest(c.region_codes) r, unnest(cast(${OVERSEEN} as text[])) a
                  where c.id = tasks.campaign_id and tasks.visit_id is null
                    and (starts_with(r, a) or starts_with(a, regexp_replace(r, '(00)+$', ''))))
      or exists (select from departments p, unnest(cast(${OVERSEEN} as text[])) a
                  where tasks.plan_year is not null and p.code = tasks.department_code
                    and (starts_with(p.region_code, a)
                         or starts_with(a, regexp_replace(p.region_code, '(00)+$', '')))))))`;

const OF_VISIT = (table: string) => `exists (select from visits v where v.id = ${table}.visit_id)`;
const OF_CASE = (table: string) => `exists (select from handling_cases h where h.id = ${table}.case_id)`;
const OF_TASK = (table: string) => `exists (select from tasks t where t.id = ${table}.task_id)`;
const OWN = (column: string) => `${column} = (select acting_user())`;

const SEEN: Record<string, string> = {
  visits: VISIT,
  ...Object.fromEntries(
    [
      'visit_items',
      'assignments',
      'unfilled_slots',
      'evidence',
      'result_drafts',
      'inspection_approvals',
      'corrections',
      'objections',
      'recusal_requests',
      'visit_codes',
      'visit_days',
      'visit_ratings',
      'visit_traces',
    ].map((table) => [table, OF_VISIT(table)]),
  ),
  visit_day_agreements: `exists (select from visit_days d where d.id = visit_day_agreements.visit_day_id)`,
  handling_cases: CASE,
  handling_events: OF_CASE('handling_events'),
  joint_notices: OF_CASE('joint_notices'),
  credit_records: `(${OF_CASE('credit_records')} or exists (
    select from entities e where e.id = credit_records.entity_id and ${within(
      'e.region_code',
      `(select acting_areas('credit_officer', 'supervisor', 'coordinator', 'lead_officer', 'approver', 'liaison'))`,
    )}))`,
  tasks: TASK,
  task_extensions: OF_TASK('task_extensions'),
  task_moves: OF_TASK('task_moves'),
  task_steps: `(assignee_id = (select acting_user()) or department_code = any (cast(${DEPARTMENTS} as text[])))`,
  notices: OWN('recipient_id'),
  // Who keeps the mails (api/contract/mails.ts) mends addresses of those that failed.
  mails: `(${OWN('recipient_id')} or (select acting_has('supervisor', 'coordinator', 'lead_officer', 'admin')))`,
  notice_preferences: OWN('user_id'),
  calendar_feeds: OWN('user_id'),
  delegations: `((select acting_user()) in (user_id, delegate_id)
    or department_code = any (cast(${DEPARTMENTS} as text[])))`,
  sessions: OWN('user_id'),
  sign_in_places: OWN('user_id'),
  idempotency_keys: OWN('user_id'),
  // By name, before anybody is signed in: what asks for them goes beyond sight.
  login_failures: 'false',
};

/** A task's region comes from its visit or case, which who writes the task need not see. */
const REGION = `
  alter function task_region() security definer set search_path = public, pg_temp;
`;

export { down } from './0001-organisation';
