import type { Knex } from 'knex';

/**
 * The second wall, narrower: a department's people see visits where their post reaches, as the routes have it since posts of
 * a county end at the county; and who sees a row need not be who writes it. Docs: docs/security/row-level-security.md.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(BEYOND);
  await db.raw(POSTS);
  await db.raw(CAMPAIGNS);
  await db.raw(ACCOUNTS);
  await db.raw(COMMANDS);
  await db.raw(`alter policy api_seen on visits using ((select acting_beyond()) or ${VISIT})`);
  for (const [table, written] of Object.entries(WRITTEN)) {
    const { rows } = await db.raw<{ rows: { seen: string }[] }>(
      `select qual as seen from pg_policies where schemaname = 'public' and tablename = ? and policyname = 'api_seen'`,
      [table],
    );
    const seen = SEEN[table] ?? rows[0]?.seen;
    if (seen === undefined) throw new Error(`${table} has no policy yet`);
    await db.raw(`drop policy api_seen on ${table}`);
    await writable(db, table, seen, written);
  }
  for (const [table, written] of Object.entries(SHARED)) {
    await db.raw(`
      alter table ${table} enable row level security;
      create policy worker_all on ${table} to onevisit_worker using (true);`);
    await writable(db, table, SEEN[table] ?? 'true', written);
  }
  await db.raw(REFUSALS);
  await db.raw(ROLES);
}

interface Written {
  /** Which rows the person changes and takes away; what somebody may change they may hand over. */
  rows: string;
  /** Which they may make of them, where that is not the same. */
  into?: string;
  /** Which they add, where that is not the same. */
  added?: string;
}

/** What is seen is told apart from what is added, changed and taken away. */
async function writable(db: Knex, table: string, seen: string, written: string | Written): Promise<void> {
  const { rows, into = 'true', added = rows } = typeof written === 'string' ? { rows: written } : written;
  const orFor = (rule: string) => `((select acting_for_others()) or ${rule})`;
  await db.raw(`
    create policy api_seen on ${table} for select to onevisit_api using (${seen});
    create policy api_added on ${table} for insert to onevisit_api with check (${orFor(added)});
    create policy api_changed on ${table} for update to onevisit_api using (${orFor(rows)}) with check (${orFor(into)});
    create policy api_removed on ${table} for delete to onevisit_api using (${orFor(rows)});`);
}

/** An endpoint that reads past the person's sight writes no more for it; what follows from an allowed request does. */
const BEYOND = `
  create or replace function acting_beyond() returns boolean language sql stable parallel safe as
    $$ select coalesce(current_setting('onevisit.beyond', true), '') in ('reading', 'writing', 'on') $$;
  create function acting_for_others() returns boolean language sql stable parallel safe as
    $$ select coalesce(current_setting('onevisit.beyond', true), '') in ('writing', 'on') $$;`;

const POSTS = `
  -- The person's posts, each as its department, a space, and what the codes of its region begin with.
  create function acting_posts() returns text[]
    language sql stable security definer set search_path = public, pg_temp as
    $$ select array(select distinct concat(department, ' ', area) from acting_grants()) $$;

  -- Whether the person is of the visit's team, or of one of its departments where the entity is.
  create function acting_inspects(visit bigint) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select visit = any (acting_visits()) or exists (
      select from visits v join entities e on e.id = v.entity_id join visit_items i on i.visit_id = v.id
        join acting_grants() g on g.department = i.department_code
       where v.id = visit and starts_with(e.region_code, g.area)) $$;

  create function is_leading_group(code text) returns boolean
    language sql stable security definer set search_path = public, pg_temp as
    $$ select exists (select from departments d where d.code = is_leading_group.code and d.kind = 'leading-group') $$;

  -- The same, and who leads the campaign or decides on it: the lead department, the leading group.
  create function acting_decides(visit bigint) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select acting_inspects(visit) or exists (
      select from visits v join entities e on e.id = v.entity_id join campaigns c on c.id = v.campaign_id
        join acting_grants() g on starts_with(e.region_code, g.area)
       where v.id = visit and ((g.role in ('lead_officer', 'approver') and g.department = c.lead_department)
         or (g.role = 'approver' and is_leading_group(g.department)))) $$;

  -- Departments in which the person has one of the roles.
  create function acting_departments_as(variadic roles text[]) returns text[]
    language sql stable security definer set search_path = public, pg_temp as
    $$ select array(select distinct department from acting_grants() where role = any (roles)) $$;
  -- Who only guards the system has no business in a department's rows.
  create or replace function acting_departments() returns text[]
    language sql stable security definer set search_path = public, pg_temp as
    $$ select array(select distinct department from acting_grants() where role not in ('security_admin', 'audit_admin')) $$;

  -- Whether the person is the inspector, or keeps the inspectors of that department.
  create function acting_keeps(inspector bigint) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from inspectors i
                    where i.id = inspector and (i.user_id = acting_user()
                      or i.department_code = any (acting_departments_as('liaison', 'lead_officer')))) $$;
  -- Whether the person coordinates where the visit is.
  create function acting_coordinates(visit bigint) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from visits v join entities e on e.id = v.entity_id
                     join acting_grants() g on g.role = 'coordinator' and starts_with(e.region_code, g.area)
                    where v.id = visit) $$;`;

const CAMPAIGNS = `
  create function reaches_all(area text, regions text[]) returns boolean language sql immutable parallel safe as
    $$ select not exists (select from unnest(regions) r where not starts_with(r, area)) $$;
  create function overlaps_some(area text, regions text[]) returns boolean language sql immutable parallel safe as $$
    select exists (select from unnest(regions) r
                    where starts_with(r, area) or starts_with(area, regexp_replace(r, '(00)+$', ''))) $$;

  -- The lead department's officers in charge of all the regions, or their coordinator.
  create function acting_leads(lead text, regions text[]) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from acting_grants() g
                    where (g.role = 'coordinator' or (g.role = 'lead_officer' and g.department = lead))
                      and reaches_all(g.area, regions)) $$;
  create function acting_leads(campaign bigint) returns boolean
    language sql stable security definer set search_path = public, pg_temp as
    $$ select exists (select from campaigns c where c.id = campaign and acting_leads(c.lead_department, c.region_codes)) $$;

  -- Heads of the lead department and the leading group, in charge of all the regions.
  create function acting_approves(campaign bigint) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from campaigns c join acting_grants() g on g.role = 'approver'
                    where c.id = campaign and reaches_all(g.area, c.region_codes)
                      and (g.department = c.lead_department or is_leading_group(g.department))) $$;

  -- Liaisons of departments whose items are checked, of the campaign's regions or some of them.
  create function acting_takes_part(campaign bigint) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from campaigns c join campaign_items l on l.campaign_id = c.id join items i on i.code = l.item_code
                     join acting_grants() g on g.role = 'liaison' and g.department = i.department_code
                    where c.id = campaign and overlaps_some(g.area, c.region_codes)) $$;

  create function acting_has_for(campaign bigint, role text) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from campaigns c join acting_grants() g on g.role = acting_has_for.role
                    where c.id = campaign and reaches_all(g.area, c.region_codes)) $$;

  -- Whether one of the roles, or any, reaches some of the campaign's regions; without one, where the department is.
  create function acting_at(campaign bigint, department text, roles text[]) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from acting_grants() g
                    where (roles is null or g.role = any (roles))
                      and overlaps_some(g.area, coalesce(
                        (select c.region_codes from campaigns c where c.id = campaign),
                        (select array[d.region_code] from departments d where d.code = acting_at.department)))) $$;
  create function acting_answers(department text) returns boolean
    language sql stable security definer set search_path = public, pg_temp as
    $$ select department = any (acting_departments_as('liaison', 'lead_officer', 'approver')) $$;
  create function acting_on_order(number_of bigint) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from urging_orders o
                    where o.id = number_of and (acting_answers(o.department_code)
                      or acting_at(o.campaign_id, o.department_code, array['supervisor']))) $$;

  -- The liaison for all of the department, or an administrator of all departments (mayKeepTemplates).
  create function acting_keeps_templates(department text) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from acting_grants() g
                    where case when acting_keeps_templates.department is null
                      then g.role = 'admin' and not exists (
                        select from departments d where not starts_with(d.region_code, g.area))
                      else g.role = 'liaison' and g.department = acting_keeps_templates.department and exists (
                        select from departments d where d.code = g.department and starts_with(d.region_code, g.area)) end) $$;

  -- Whose file it was, and who answers for the registries.
  create function acting_sent(run bigint) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from imports i
                    where i.id = run and (i.started_by = acting_user() or acting_has('coordinator', 'admin')
                      or (i.started_by is null and i.kind = 'credit' and acting_has('credit_officer')))) $$;`;

const ACCOUNTS = `
  -- Whether all that somebody else may lies in one area whose accounts the person keeps or guards.
  create function acting_keeps_account(account bigint) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select account <> acting_user() and exists (
      select from acting_grants() g
       where g.role in ('admin', 'security_admin')
         and not exists (select from user_roles r where r.user_id = account and not starts_with(r.region_code, g.area))) $$;
  -- Two grants at once have to see each other, whoever grants.
  alter function refuse_mixed_administrators() security definer set search_path = public, pg_temp;`;

/** Workflows act for all: whether somebody may send them a command is asked of PostgreSQL before (db/wall.ts). */
const COMMANDS = `
  create function acting_commands(campaign text, command text) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from campaigns c where c.code = campaign and case
      when command in ('approve', 'return', 'amend') then acting_approves(c.id)
      when command in ('seal', 'reveal') then acting_takes_part(c.id)
      when command = 'recordPublicValue'
        then acting_leads(c.id) or acting_takes_part(c.id) or acting_has_for(c.id, 'supervisor')
      else acting_leads(c.id) end) $$;
  create function acting_handles(case_id bigint) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from handling_cases h join visits v on v.id = h.visit_id join entities e on e.id = v.entity_id
                     join acting_grants() g on starts_with(e.region_code, g.area)
                    where h.id = acting_handles.case_id and g.role in ('liaison', 'inspector', 'approver')
                      and (g.department in (h.department_code, h.keeper_code) or exists (
                        select from joint_notices j where j.case_id = h.id and j.department_code = g.department))) $$;
  create function acting_commands_plan(command text) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from acting_grants() g
                    where case when command in ('approve', 'return')
                      then g.role = 'approver' and exists (
        select from departments d
         where d.code = g.department and d.kind = 'leading-group' and starts_with(d.region_code, g.area))
      else g.role = 'coordinator' end) $$;
  create function acting_commands_bulletin(region text, command text) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from acting_grants() g
                    where starts_with(region, g.area) and case when command in ('approve', 'return')
                      then g.role = 'approver' and is_leading_group(g.department) else g.role = 'supervisor' end) $$;`;

const OVERVIEW = `(select acting_areas('lead_officer', 'coordinator', 'supervisor', 'approver', 'credit_officer', 'budget_officer'))`;
const DEPARTMENTS = `cast((select acting_departments()) as text[])`;
const SELF = '(select acting_user())';
const AS = (...roles: string[]) =>
  `any (cast((select acting_departments_as(${roles.map((one) => `'${one}'`).join(', ')})) as text[]))`;
const BY_OFFICE = `department_code = ${AS('liaison', 'lead_officer')}`;
const BY_LIAISON = `department_code = ${AS('liaison')}`;
const SUPERVISED = `acting_at(campaign_id, department_code, array['supervisor'])`;

/** A post of the department, and for where the entity is. */
const postFor = (department: string) => `exists (
  select from entities e, unnest(cast((select acting_posts()) as text[])) p
   where e.id = visits.entity_id and split_part(p, ' ', 1) = ${department}
     and starts_with(e.region_code, split_part(p, ' ', 2)))`;

const VISIT = `(
  (cardinality(${OVERVIEW}) > 0 and exists (
     select from entities e, unnest(cast(${OVERVIEW} as text[])) a
      where e.id = visits.entity_id and starts_with(e.region_code, a)))
  or exists (select from visit_departments d
              where d.visit_id = visits.id and d.department_code = any (${DEPARTMENTS})
                and ${postFor('d.department_code')})
  or visits.id = any (cast((select acting_visits()) as bigint[]))
  or exists (select from owed_for_visits o
              where o.visit_id = visits.id
                and (o.assignee_id = any (cast((select acting_for()) as bigint[]))
                     or (o.department_code = any (${DEPARTMENTS}) and ${postFor('o.department_code')})))
  or sees_case_of(visits.id))`;

/** Found on site: by who was there, or their department. */
const INSPECTS = 'acting_inspects(visit_id)';
/** Asked for and decided on: also by the lead department and the leading group. */
const DECIDES = 'acting_decides(visit_id)';

const BY_DEPARTMENT = `department_code = any (${DEPARTMENTS})`;
const OWED = `(assignee_id = any (cast((select acting_for()) as bigint[])) or ${BY_DEPARTMENT})`;
/** Whom requests about a task go to (domain/tasks/extension.ts). */
const SETTLED = `(campaign_id is not null and case
  when kind in ('answer-urging', 'void-ceremony', 'publish', 'changed-entity', 'changed-inspector')
    then acting_has_for(campaign_id, 'supervisor')
  else acting_leads(campaign_id) or acting_approves(campaign_id) end)`;
const OWED_TASK = `exists (select from tasks where id = task_id and ${OWED})`;
const SETTLED_TASK = `exists (select from tasks where id = task_id and ${SETTLED})`;
const TASK_ASKED_ABOUT = `exists (select from tasks where id = task_id and (${OWED} or ${SETTLED}))`;

/** Coordination holds what it sees to, as those who decide do; writing it is theirs. */
const HELD_ROWS = `(${DECIDES} or acting_coordinates(visit_id))`;
const HELD: Written = { rows: HELD_ROWS, into: DECIDES, added: DECIDES };
const ASKED = `(${DECIDES} or (kind <> 'result' and acting_coordinates(visit_id)))`;

const WRITTEN: Record<string, string | Written> = {
  visits: { rows: '(acting_decides(id) or acting_coordinates(id))', into: 'acting_decides(id)' },
  visit_items: HELD,
  result_drafts: INSPECTS,
  evidence: INSPECTS,
  visit_days: INSPECTS,
  visit_codes: INSPECTS,
  visit_traces: INSPECTS,
  visit_day_agreements: `exists (select from visit_days d where d.id = visit_day_id and acting_inspects(d.visit_id))`,
  inspection_approvals: HELD,
  corrections: { rows: HELD_ROWS, into: ASKED, added: `(${ASKED} and asked_by = ${SELF})` },
  objections: HELD,
  recusal_requests: HELD,
  delegations: `(user_id = ${SELF} or ${BY_LIAISON})`,
  tasks: `(${OWED} or ${SETTLED})`,
  task_moves: `(${OWED_TASK} or (extension_id is not null and ${TASK_ASKED_ABOUT}))`,
  task_extensions: {
    rows: TASK_ASKED_ABOUT,
    into: `case status when 'withdrawn' then requested_by = ${SELF} when 'requested' then ${OWED_TASK} else ${SETTLED_TASK} end`,
    added: `(requested_by = ${SELF} and ${OWED_TASK})`,
  },
};

const FOR_ALL = '(select acting_beyond())';
const PAID = `${FOR_ALL} or ${BY_OFFICE} or acting_leads(campaign_id)
  or acting_at(campaign_id, null, array['coordinator', 'supervisor', 'budget_officer', 'approver'])`;
const READERS = `(select acting_areas('supervisor', 'coordinator', 'lead_officer', 'approver'))`;

/** What is not for all who see what it belongs to, or for everybody in office. */
const SEEN: Record<string, string> = {
  // As mayReadEvidence of domain/permissions/rules.ts has it.
  evidence: `${FOR_ALL} or ${DECIDES} or acting_coordinates(visit_id)`,
  result_drafts: `${FOR_ALL} or ${DECIDES}`,
  delegations: `${FOR_ALL} or ${SELF} in (user_id, delegate_id) or ${BY_LIAISON}`,
  // Why somebody keeps away is for their department, and for who oversees the inspectors.
  exclusions: `${FOR_ALL} or (select acting_has('coordinator', 'supervisor')) or acting_keeps(inspector_id)`,
  efforts: PAID,
  effort_plans: PAID,
  amendments: `(select acting_for_others()) or acting_at(campaign_id, null, null)`,
  urging_orders: `${FOR_ALL} or ${BY_DEPARTMENT}
    or acting_at(campaign_id, department_code, array['supervisor', 'coordinator', 'lead_officer'])`,
  urging_order_rounds: 'exists (select from urging_orders o where o.id = order_id)',
  urging_order_tasks: 'exists (select from urging_orders o where o.id = order_id)',
  // Before it is public; of their areas only.
  bulletins: `(select acting_for_others()) or exists (select from bulletin_editions e where e.bulletin_id = bulletins.id)
    or exists (select from unnest(cast(${READERS} as text[])) a where starts_with(region_code, a))`,
};

const OF_CEREMONY = (rule: string) =>
  `exists (select from ceremonies c where c.id = ceremony_id and (${rule}))`;
const OF_ITEM = (rule: string) => `exists (select from items i where i.code = item_code and ${rule})`;
const SIMULATES = `(acting_leads(campaign_id) or acting_approves(campaign_id) or acting_has_for(campaign_id, 'budget_officer'))`;
const OWN_ITEM = OF_ITEM(`i.${BY_OFFICE}`);
const REGISTRAR = `(select acting_has('list_registrar'))`;

/** Everybody in office reads them, if not said otherwise; they are written by whose they are. */
const SHARED: Record<string, string | Written> = {
  inspectors: `(user_id = ${SELF} or ${BY_OFFICE})`,
  inspector_trainings: 'acting_keeps(inspector_id)',
  exclusions: 'acting_keeps(inspector_id)',
  efforts: BY_OFFICE,
  effort_plans: BY_OFFICE,
  campaigns: 'acting_leads(lead_department, region_codes)',
  campaign_items: 'acting_leads(campaign_id)',
  campaign_departments: 'acting_leads(campaign_id)',
  amendments: {
    rows: 'acting_approves(campaign_id)',
    added: `(requested_by = ${SELF} and (acting_leads(campaign_id) or acting_takes_part(campaign_id)))`,
  },
  witnesses: OF_CEREMONY('acting_leads(c.campaign_id)'),
  public_value_entries: OF_CEREMONY(
    `acting_leads(c.campaign_id) or acting_takes_part(c.campaign_id) or acting_has_for(c.campaign_id, 'supervisor')`,
  ),
  simulations: SIMULATES,
  annual_plan_lines: `department_code = ${AS('liaison', 'lead_officer', 'coordinator')}`,
  // Answered by whom it is for, all else by whom it is from.
  urging_orders: {
    rows: `(acting_answers(department_code) or ${SUPERVISED})`,
    into: `case when status = 'answered' then acting_answers(department_code) else ${SUPERVISED} end`,
    added: `(issued_by = ${SELF} and ${SUPERVISED})`,
  },
  urging_order_rounds: 'acting_on_order(order_id)',
  urging_order_tasks: 'acting_on_order(order_id)',
  items: { rows: `(${BY_OFFICE} or ${REGISTRAR})`, added: BY_OFFICE },
  // What registrars decide on, they do not write.
  item_versions: {
    rows: `(${REGISTRAR} or ${OWN_ITEM})`,
    into: `(status not in ('draft', 'submitted') or returned_reason is not null or ${OWN_ITEM})`,
    added: OWN_ITEM,
  },
  check_forms: OWN_ITEM,
  users: {
    rows: `(id = ${SELF} or acting_keeps_account(id))`,
    added: `(select acting_has('admin'))`,
  },
  imports: {
    rows: 'acting_sent(id)',
    added: `(started_by = ${SELF} and (undo_of is null or acting_sent(undo_of)))`,
  },
  document_templates: `(made_by = ${SELF} and acting_keeps_templates(department_code))`,
  bulletins: `acting_commands_bulletin(region_code, 'edit')`,
};

/** Rows of files, with whatever stands in them; the worker alone writes them. */
const REFUSALS = `
  alter table import_refusals enable row level security;
  create policy worker_all on import_refusals to onevisit_worker using (true);
  create policy api_seen on import_refusals for select to onevisit_api using (acting_sent(import_id));`;

const ROLES = `
  alter policy api_ends on user_roles using ((select acting_for_others()) or acting_keeps_account(user_id));
  alter policy api_asks on role_requests with check (requested_by = ${SELF} and exists (
    select from unnest(cast((select acting_areas('admin')) as text[])) a where starts_with(region_code, a)));
  alter policy api_decides on role_requests with check (
    (decided_by is null or decided_by = ${SELF}) and (status <> 'withdrawn' or requested_by = ${SELF}));`;

export { down } from './0001-organisation';
