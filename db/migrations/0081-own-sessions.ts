import type { Knex } from 'knex';

/** What people are told of their sessions, and since when they have their passwords. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table sessions
      -- Names the session to its owner; the token stays unknown.
      add column id uuid not null unique default gen_random_uuid(),
      add column address text,
      add column browser text,
      add column way text not null default 'password' check (way in ('password', 'provider', 'demo')),
      add column last_used_at timestamptz not null default now();

    alter table users
      add column password_changed_at timestamptz not null default now(),
      -- Somebody else knows it: the administrator who made it.
      add column must_change_password boolean not null default false;
  `);
}

export { down } from './0001-organisation';
