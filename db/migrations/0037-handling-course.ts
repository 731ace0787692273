import type { Knex } from 'knex';

/** The whole course of a violation: orders, lists, credit record, joint punishment, repair (plan 3.5). */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table handling_cases
      drop constraint handling_cases_status_check,
      add constraint handling_cases_status_check check (status in (
        'open', 'rectifying', 'extension-requested', 'awaiting-recheck', 'hearing', 'proposed', 'listed',
        'repair-requested', 'lifting', 'closed')),
      -- Who submitted what waits for a decision: somebody else decides.
      add column submitted_by bigint references users (id),
      -- Working days that the extension is asked for.
      add column extension_days int check (extension_days > 0),
      -- The department that keeps the list.
      add column keeper_code text references departments (code),
      add column hearing_until timestamptz,
      add column listed_at timestamptz,
      add column repair_from timestamptz,
      add column list_ends_at timestamptz,
      -- What the entity is flagged with as long as it is listed, and whether this case put the flag there.
      add column flag text check (flag in ('abnormal-operations', 'serious-violation')),
      add column flag_added boolean not null default false,
      add constraint handling_listed_whole check (
        status not in ('listed', 'repair-requested') or (listed_at is not null and flag is not null)),
      add constraint handling_decision_pending check (
        status not in ('extension-requested', 'proposed', 'repair-requested') or submitted_by is not null);
    create index handling_cases_submitted_by on handling_cases (submitted_by) where submitted_by is not null;
    create index handling_cases_keeper on handling_cases (keeper_code) where keeper_code is not null;

    alter table handling_events add column facts jsonb not null default '{}';

    -- Joint punishment: one notice for a case and department.
    create table joint_notices (
      id bigint generated always as identity primary key,
      case_id bigint not null references handling_cases (id),
      department_code text not null references departments (code),
      -- What the department is asked to do, by the table in force when it was told.
      measures text not null check (measures <> ''),
      issued_at timestamptz not null,
      status text not null default 'issued' check (status in ('issued', 'answered', 'lifting', 'lifted', 'withdrawn')),
      taken boolean,
      measure text not null default '',
      acted_on date,
      note text not null default '',
      answered_by bigint references users (id),
      answered_at timestamptz,
      lifted_on date,
      lift_note text not null default '',
      lifted_by bigint references users (id),
      lifted_at timestamptz,
      unique (case_id, department_code),
      constraint joint_answer_whole check ((answered_at is null) = (taken is null)),
      constraint joint_measure_named check (taken is distinct from true or (measure <> '' and acted_on is not null)),
      constraint joint_lifted_whole check ((status = 'lifted') = (lifted_at is not null))
    );
    create index joint_notices_department on joint_notices (department_code, status);
    create index joint_notices_answered_by on joint_notices (answered_by) where answered_by is not null;
    create index joint_notices_lifted_by on joint_notices (lifted_by) where lifted_by is not null;

    -- Settled violations, as they count for the entity.
    create table credit_records (
      id bigint generated always as identity primary key,
      case_id bigint not null references handling_cases (id),
      entity_id bigint not null references entities (id),
      kind text not null check (kind in ('rectified', 'penalty', 'settled', 'abnormal-operations', 'serious-violation')),
      what text not null,
      basis text not null default '',
      department_code text not null references departments (code),
      recorded_on date not null,
      -- null: as long as the entity is listed.
      counts_until date,
      corrected_at timestamptz,
      corrected_by bigint references users (id),
      correction text check (correction <> ''),
      unique (case_id, kind),
      constraint credit_correction_whole check ((corrected_at is null) = (correction is null))
    );
    create index credit_records_entity on credit_records (entity_id);
    create index credit_records_department on credit_records (department_code);
    create index credit_records_corrected_by on credit_records (corrected_by) where corrected_by is not null;

    -- Periods, keepers of lists, measures of joint punishment; the newest is in force.
    create table handling_policies (
      version int generated always as identity primary key,
      content jsonb not null,
      reason text not null check (reason <> ''),
      created_by bigint not null references users (id),
      created_at timestamptz not null default now()
    );
    create index handling_policies_created_by on handling_policies (created_by);

    alter table entity_versions add column case_id bigint references handling_cases (id);
    create index entity_versions_case on entity_versions (case_id) where case_id is not null;

    -- Flags that entities have by decisions here: a file of the credit office doesn't take them off.
    create view listed_flags as
      select v.entity_id, array_agg(distinct h.flag order by h.flag) as flags
        from handling_cases h join visits v on v.id = h.visit_id
       where h.status in ('listed', 'repair-requested') and h.flag_added
       group by v.entity_id;
    create index handling_cases_listed on handling_cases (visit_id) where status in ('listed', 'repair-requested');
  `);
}

export { down } from './0001-organisation';
