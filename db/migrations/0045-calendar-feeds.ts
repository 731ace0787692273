import type { Knex } from 'knex';

/** The secret address under which somebody's calendar program reads their due dates. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table calendar_feeds (
      user_id bigint primary key references users (id),
      token_hash text not null unique,
      created_at timestamptz not null
    );
    create index tasks_ended_assignee on tasks (assignee_id, coalesce(done_at, cancelled_at))
      where done_at is not null or cancelled_at is not null;
  `);
}

export { down } from './0001-organisation';
