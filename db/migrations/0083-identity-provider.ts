import type { Knex } from 'knex';

/** When a session's person last showed who they are, and people as the city's identity provider knows them. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- Null: never by a factor of which we know when it was given.
    alter table sessions add column proven_at timestamptz;
    update sessions set proven_at = created_at;

    create table provider_identities (
      issuer text not null,
      subject text not null,
      user_id bigint not null references users (id),
      linked_at timestamptz not null,
      primary key (issuer, subject),
      unique (user_id, issuer)
    );

    -- What somebody began at a browser and the provider has not answered yet.
    create table provider_sign_ins (
      token_hash text primary key,
      purpose text not null check (purpose in ('sign-in', 'link', 'proof')),
      -- Who is signed in already, and links the account or shows once more who they are.
      user_id bigint references users (id),
      state text not null,
      nonce text not null,
      verifier text not null,
      return_to text not null,
      expires_at timestamptz not null,
      check ((purpose = 'sign-in') = (user_id is null))
    );
    create index provider_sign_ins_user on provider_sign_ins (user_id);

    revoke all on provider_identities from onevisit_worker;
    revoke insert, update on provider_sign_ins from onevisit_worker;
  `);
  for (const table of ['provider_identities', 'provider_sign_ins'])
    await db.raw(`
      alter table ${table} enable row level security;
      create policy worker_all on ${table} to onevisit_worker using (true);
      create policy api_seen on ${table} to onevisit_api
        using ((select acting_beyond()) or user_id = (select acting_user()));`);
}

export { down } from './0001-organisation';
