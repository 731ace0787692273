import type { Knex } from 'knex';

/** What a registry also knows of its entities (plan 3.2): industry, whom to call, and which departments listed it. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table entities
      -- GB/T 4754, written with the letter of its section (domain/registry/industry.ts).
      add column industry_code text not null default '' check (industry_code ~ '^(|[A-T](|[0-9]{2,4}))$'),
      -- Personal data: for those who inspect, never published.
      add column contact_name text not null default '',
      add column contact_phone text not null default '',
      -- Departments whose registry it is in because they listed it, besides those whose tags it has.
      add column listed_by text[] not null default '{}';
    create index entities_listed_by on entities using gin (listed_by)
     where listed_by <> '{}' and ended_at is null and status = 'active';
  `);
}

export { down } from './0001-organisation';
