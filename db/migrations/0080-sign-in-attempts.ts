import type { Knex } from 'knex';

/** Failed sign-ins by where they came from, and where each person has signed in before. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table login_failures
      add column id bigint generated always as identity primary key,
      add column address text,
      add column device text,
      add column lane text not null default 'stranger' check (lane in ('device', 'address', 'stranger'));
    create index login_failures_address on login_failures (address, at);

    create table sign_in_places (
      user_id bigint not null references users (id),
      kind text not null check (kind in ('device', 'address')),
      -- A device's is the SHA-256 of its cookie.
      value text not null,
      last_at timestamptz not null,
      primary key (user_id, kind, value)
    );
  `);
}

export { down } from './0001-organisation';
