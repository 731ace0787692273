import type { Knex } from 'knex';

/** How long things may take and who is told when, as the supervision office sets it, in versions (plan 4.4). */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table deadline_policies (
      version int generated always as identity primary key,
      status text not null default 'draft' check (status in ('draft', 'submitted', 'returned', 'approved')),
      -- domain/deadlines/policy.ts
      policy jsonb not null,
      reason text not null check (reason <> ''),
      valid_from date not null,
      created_by bigint not null references users (id),
      created_at timestamptz not null default now(),
      submitted_by bigint references users (id),
      submitted_at timestamptz,
      decided_by bigint references users (id),
      decided_at timestamptz,
      decision_note text not null default '',
      -- Nobody approves what they submitted.
      constraint deadline_policy_four_eyes check (decided_by is null or decided_by is distinct from submitted_by)
    );
    create index deadline_policies_in_force on deadline_policies (valid_from, version) where status = 'approved';
    create index deadline_policies_created_by on deadline_policies (created_by);
    create index deadline_policies_submitted_by on deadline_policies (submitted_by);
    create index deadline_policies_decided_by on deadline_policies (decided_by);

    -- Kinds of tasks that have steps of their own have deadlines of their own; '': those of all other kinds.
    alter table deadlines add column rule text not null default '';
    alter table deadlines
      drop constraint deadlines_campaign_id_due_at_key,
      drop constraint deadlines_plan_year_due_at_key,
      add unique (campaign_id, due_at, rule),
      add unique (plan_year, due_at, rule);
  `);
}

export { down } from './0001-organisation';
