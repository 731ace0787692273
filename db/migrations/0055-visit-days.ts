import type { Knex } from 'knex';

/** On which day all departments go together, as they propose and agree (plan 3.6; domain guide, section 3). */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table visit_days (
      id bigint generated always as identity primary key,
      visit_id bigint not null references visits (id),
      -- Of the visit: how often a day was proposed.
      number int not null check (number > 0),
      day date not null,
      part text not null check (part in ('morning', 'afternoon', 'day')),
      reason text not null default '',
      proposed_by bigint not null references users (id),
      department_code text not null references departments (code),
      proposed_at timestamptz not null,
      -- All departments agree; null: it is open.
      fixed_at timestamptz,
      -- Another proposal took its place.
      replaced_at timestamptz,
      unique (visit_id, number)
    );
    create unique index visit_days_standing on visit_days (visit_id) where replaced_at is null;
    create index visit_days_by_day on visit_days (day) where replaced_at is null;
    create index visit_days_proposed_by on visit_days (proposed_by);
    create index visit_days_department on visit_days (department_code);

    create table visit_day_agreements (
      visit_day_id bigint not null references visit_days (id),
      department_code text collate "C" not null references departments (code),
      agreed_by bigint not null references users (id),
      agreed_at timestamptz not null,
      primary key (visit_day_id, department_code)
    );
    create index visit_day_agreements_department on visit_day_agreements (department_code);
    create index visit_day_agreements_agreed_by on visit_day_agreements (agreed_by);
  `);
}

export { down } from './0001-organisation';
