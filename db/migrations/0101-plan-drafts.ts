import type { Knex } from 'knex';

/** Plans of campaigns that somebody is still writing: unfinished, and nobody's business but the writer's. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table plan_drafts (
      id bigint generated always as identity primary key,
      user_id bigint not null references users (id),
      content jsonb not null check (octet_length(content::text) < 200000),
      step int not null check (step between 0 and 9),
      revision int not null default 1,
      saved_at timestamptz not null
    );
    create index plan_drafts_user on plan_drafts (user_id, id);

    alter table plan_drafts enable row level security;
    create policy worker_all on plan_drafts to onevisit_worker using (true);
    create policy api_own on plan_drafts to onevisit_api
      using (user_id = (select acting_user())) with check (user_id = (select acting_user()));
  `);
}

export { down } from './0001-organisation';
