import type { Knex } from 'knex';

/** What departments plan to spend on a campaign, and what they spent: days of work and money (plan 4.1). */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table effort_plans (
      campaign_id bigint not null references campaigns (id),
      department_code text not null references departments (code),
      person_days numeric(8, 1) not null check (person_days >= 0),
      -- Hundredths of a yuan.
      cost bigint not null check (cost >= 0),
      note text not null,
      updated_by bigint not null references users (id),
      updated_at timestamptz not null,
      primary key (campaign_id, department_code)
    );
    create index effort_plans_department on effort_plans (department_code);
    create index effort_plans_updated_by on effort_plans (updated_by);

    create table efforts (
      id bigint generated always as identity primary key,
      campaign_id bigint not null references campaigns (id),
      department_code text not null references departments (code),
      spent_on date not null,
      person_days numeric(8, 1) not null check (person_days >= 0),
      cost bigint not null check (cost >= 0),
      purpose text not null,
      entered_by bigint not null references users (id),
      entered_at timestamptz not null,
      -- Nothing is deleted: what was wrong is withdrawn with its reason.
      withdrawn_by bigint references users (id),
      withdrawn_at timestamptz,
      withdrawn_reason text,
      check (person_days > 0 or cost > 0),
      check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawn_reason is null))
    );
    create index efforts_campaign on efforts (campaign_id, department_code, id);
    create index efforts_department on efforts (department_code);
    create index efforts_entered_by on efforts (entered_by);
    create index efforts_withdrawn_by on efforts (withdrawn_by) where withdrawn_by is not null;
  `);
}

export { down } from './0001-organisation';
