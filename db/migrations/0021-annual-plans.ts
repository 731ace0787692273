import type { Knex } from 'knex';

/** A year's plan with everybody's lines, which are joined, launched in their windows and reminded of (plan 3.4). */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table annual_plans (
      year int primary key check (year between 2000 and 2999),
      stage text not null default 'draft' check (stage in ('draft', 'submitted', 'returned', 'approved', 'published')),
      deadline_policy jsonb not null,
      stage_reason text,
      created_by bigint not null references users (id),
      created_at timestamptz not null default now(),
      submitted_by bigint references users (id),
      approved_by bigint references users (id),
      published_at timestamptz,
      -- Nobody approves what they submitted.
      constraint annual_plan_four_eyes check (approved_by is null or approved_by is distinct from submitted_by)
    );
    create index annual_plans_created_by on annual_plans (created_by);
    create index annual_plans_submitted_by on annual_plans (submitted_by);
    create index annual_plans_approved_by on annual_plans (approved_by);

    create table annual_plan_steps (
      year int not null references annual_plans (year),
      key text not null,
      stage text not null,
      at timestamptz not null default now(),
      primary key (year, key)
    );

    create table annual_plan_joints (
      id bigint generated always as identity primary key,
      year int not null references annual_plans (year),
      lead_department text not null references departments (code),
      created_by bigint not null references users (id),
      created_at timestamptz not null default now(),
      unique (year, id)
    );
    create index annual_plan_joints_lead on annual_plan_joints (lead_department);
    create index annual_plan_joints_created_by on annual_plan_joints (created_by);

    create table annual_plan_lines (
      id bigint generated always as identity primary key,
      year int not null references annual_plans (year),
      department_code text not null references departments (code),
      item_code text not null references items (code),
      region_codes text[] not null check (cardinality(region_codes) > 0),
      ratio_ppm int check (ratio_ppm between 1 and 1000000),
      window_from date not null,
      window_to date not null check (window_to >= window_from),
      note text not null default '',
      joint_id bigint,
      campaign_id bigint references campaigns (id),
      -- A campaign that is cancelled gives its lines back: each launch is another one.
      launches int not null default 0,
      created_by bigint not null references users (id),
      created_at timestamptz not null default now(),
      constraint annual_plan_line_in_its_year check (
        extract(year from window_from) = year and extract(year from window_to) = year),
      foreign key (year, joint_id) references annual_plan_joints (year, id)
    );
    create index annual_plan_lines_year on annual_plan_lines (year, joint_id);
    create index annual_plan_lines_department on annual_plan_lines (department_code);
    create index annual_plan_lines_item on annual_plan_lines (item_code);
    create index annual_plan_lines_campaign on annual_plan_lines (campaign_id);
    create index annual_plan_lines_created_by on annual_plan_lines (created_by);
    -- One campaign can draw for an item once.
    create unique index annual_plan_lines_item_once on annual_plan_lines (joint_id, item_code);

    -- What is owed is owed to a campaign or to a year's plan.
    alter table deadlines
      alter column campaign_id drop not null,
      add column plan_year int references annual_plans (year),
      add constraint deadlines_owner check (num_nonnulls(campaign_id, plan_year) = 1),
      add unique (plan_year, due_at);
    alter table tasks
      alter column campaign_id drop not null,
      add column plan_year int references annual_plans (year),
      add constraint tasks_owner check (num_nonnulls(campaign_id, plan_year) = 1);
    create index tasks_plan on tasks (plan_year);
  `);
}

export { down } from './0001-organisation';
