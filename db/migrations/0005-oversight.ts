import type { Knex } from 'knex';

/** Tasks with their deadlines, urging orders, handling of violations (plan 3.5, 4.2, 4.4). */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- Tasks that are due at the same instant of a campaign share one row of computed step times,
    -- so working-day arithmetic is done once in TypeScript and sweeps stay set-based.
    create table deadlines (
      id bigint generated always as identity primary key,
      campaign_id bigint not null references campaigns (id),
      due_at timestamptz not null,
      -- Rests on a year whose holidays were not announced when it was computed: recomputed when they are.
      provisional boolean not null,
      basis jsonb not null,
      unique (campaign_id, due_at)
    );
    create index deadlines_provisional on deadlines (campaign_id) where provisional;

    create table deadline_steps (
      deadline_id bigint not null references deadlines (id) on delete cascade,
      step int not null,
      name text not null,
      action text not null check (action in ('remind', 'overdue', 'urge', 'escalate')),
      at timestamptz not null,
      primary key (deadline_id, step)
    );

    create table handling_cases (
      id bigint generated always as identity primary key,
      campaign_id bigint not null references campaigns (id),
      visit_id bigint not null references visits (id),
      item_code text not null,
      department_code text not null references departments (code),
      result_code smallint not null,
      track text not null check (track in ('rectification', 'abnormal-list', 'serious-list', 'penalty')),
      status text not null default 'open' check (status in ('open', 'awaiting-recheck', 'closed')),
      outcome text,
      opened_at timestamptz not null default now(),
      -- Its handling workflow runs.
      started_at timestamptz,
      closed_at timestamptz,
      unique (visit_id, item_code)
    );
    create index handling_cases_campaign on handling_cases (campaign_id);
    create index handling_cases_unstarted on handling_cases (campaign_id) where started_at is null;
    create index handling_cases_department on handling_cases (department_code) where status <> 'closed';

    create table handling_events (
      id bigint generated always as identity primary key,
      case_id bigint not null references handling_cases (id),
      key text not null,
      kind text not null,
      note text not null default '',
      actor_id bigint references users (id),
      at timestamptz not null default now(),
      unique (case_id, key)
    );
    create index handling_events_actor on handling_events (actor_id);

    create table tasks (
      id bigint generated always as identity primary key,
      -- What is owed, by whom, for what: a step that runs twice creates it once.
      key text not null unique,
      kind text not null,
      campaign_id bigint not null references campaigns (id),
      visit_id bigint references visits (id),
      case_id bigint references handling_cases (id),
      department_code text not null references departments (code),
      assignee_id bigint references users (id),
      deadline_id bigint not null references deadlines (id),
      params jsonb not null default '{}',
      -- The last deadline step that was carried out.
      step_done int not null default -1,
      created_at timestamptz not null default now(),
      done_at timestamptz,
      cancelled_at timestamptz
    );
    create index tasks_open_deadline on tasks (deadline_id, step_done) where done_at is null and cancelled_at is null;
    create index tasks_open_assignee on tasks (assignee_id) where done_at is null and cancelled_at is null;
    create index tasks_department on tasks (department_code, campaign_id);
    create index tasks_campaign on tasks (campaign_id, kind);
    create index tasks_visit on tasks (visit_id);
    create index tasks_case on tasks (case_id);

    create sequence urging_order_numbers;
    create table urging_orders (
      id bigint generated always as identity primary key,
      number text not null unique,
      campaign_id bigint not null references campaigns (id),
      department_code text not null references departments (code),
      status text not null default 'issued' check (status in ('issued', 'answered', 'returned', 'accepted')),
      issued_at timestamptz not null default now(),
      answer text,
      answered_by bigint references users (id),
      answered_at timestamptz,
      decision_note text,
      decided_by bigint references users (id),
      decided_at timestamptz
    );
    create unique index urging_orders_one_open on urging_orders (campaign_id, department_code) where status <> 'accepted';
    create index urging_orders_department on urging_orders (department_code);
    create index urging_orders_answered_by on urging_orders (answered_by);
    create index urging_orders_decided_by on urging_orders (decided_by);

    create table urging_order_tasks (
      order_id bigint not null references urging_orders (id),
      task_id bigint not null references tasks (id),
      primary key (order_id, task_id)
    );
    create index urging_order_tasks_task on urging_order_tasks (task_id);
  `);
}

export { down } from './0001-organisation';
