import type { Knex } from 'knex';

/** Machines call by keys: each of a service user, who is nobody and signs in nowhere. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table users add column is_service boolean not null default false;

    create table api_keys (
      id uuid primary key default gen_random_uuid(),
      user_id bigint not null references users (id),
      name text not null check (name <> ''),
      -- What the key begins with: people tell keys apart by it, and it opens nothing.
      prefix text not null unique,
      -- SHA-256 of the whole key: a stolen table gives none.
      hash text not null unique check (hash ~ '^[0-9a-f]{64}$'),
      scopes text[] not null check (cardinality(scopes) > 0),
      -- The one that it took the place of.
      replaces uuid unique references api_keys (id),
      created_by bigint not null references users (id),
      created_at timestamptz not null,
      expires_at timestamptz not null check (expires_at >= created_at),
      revoked_by bigint references users (id),
      revoked_at timestamptz check ((revoked_at is null) = (revoked_by is null)),
      last_used_at timestamptz,
      last_used_address text
    );
    create index api_keys_user on api_keys (user_id);
    create index api_keys_created_by on api_keys (created_by);
    create index api_keys_revoked_by on api_keys (revoked_by);

    -- Who calls is found past sight; beside that they are for those who make them. No worker needs any.
    alter table api_keys enable row level security;
    create policy api_seen on api_keys to onevisit_api
      using ((select acting_beyond()) or (select acting_has('admin')));
    revoke all on api_keys from onevisit_worker;
    revoke delete on api_keys from onevisit_api;
  `);
}

export { down } from './0001-organisation';
