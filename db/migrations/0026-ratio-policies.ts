import type { Knex } from 'knex';

/** Ratios and yearly caps as officials set them, in versions that a campaign names (plan 3.3). */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table ratio_policies (
      version int generated always as identity primary key,
      status text not null default 'draft' check (status in ('draft', 'submitted', 'returned', 'approved')),
      -- [{region: null | code, drawClass, ratioPpm, cap: null | n}]; the city's four rows and what counties have of their own.
      rows jsonb not null,
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
      constraint ratio_policy_four_eyes check (decided_by is null or decided_by is distinct from submitted_by)
    );
    create index ratio_policies_in_force on ratio_policies (valid_from, version) where status = 'approved';
    create index ratio_policies_created_by on ratio_policies (created_by);
    create index ratio_policies_submitted_by on ratio_policies (submitted_by);
    create index ratio_policies_decided_by on ratio_policies (decided_by);

    -- null: the defaults of the program, or ratios of the plan's own.
    alter table campaigns add column policy_version int references ratio_policies (version);
    create index campaigns_policy on campaigns (policy_version);
  `);
}

export { down } from './0001-organisation';
