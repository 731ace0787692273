import type { Knex } from 'knex';

/** Second factors: authenticator apps and recovery codes, and sign-ins that wait for one. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table second_factors (
      user_id bigint primary key references users (id),
      -- Encrypted under a key that the database does not have.
      secret text,
      confirmed_at timestamptz,
      -- Of the last code that was used: none serves twice.
      last_step bigint not null default 0,
      -- Shown to its owner, not yet in use.
      new_secret text,
      recovery_salt text,
      check ((secret is null) = (confirmed_at is null))
    );

    create table recovery_codes (
      user_id bigint not null references second_factors (user_id) on delete cascade,
      code_hash text not null,
      used_at timestamptz,
      primary key (user_id, code_hash)
    );

    create table sign_in_challenges (
      token_hash text primary key,
      user_id bigint not null references users (id),
      way text not null check (way in ('password', 'provider')),
      expires_at timestamptz not null
    );
    create index sign_in_challenges_user on sign_in_challenges (user_id);

    alter table sessions add column has_second_factor boolean not null default false;

    revoke all on second_factors, recovery_codes from onevisit_worker;
    revoke insert, update on sign_in_challenges from onevisit_worker;
  `);
  for (const table of ['second_factors', 'recovery_codes', 'sign_in_challenges'])
    await db.raw(`
      alter table ${table} enable row level security;
      create policy worker_all on ${table} to onevisit_worker using (true);
      create policy api_seen on ${table} to onevisit_api
        using ((select acting_beyond()) or user_id = (select acting_user()));`);
}

export { down } from './0001-organisation';
