import type { Knex } from 'knex';

/** An undo that failed changed nothing, and may be tried again. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table imports drop constraint imports_undo_of_key;
    create unique index imports_undo_of on imports (undo_of) where status in ('waiting', 'running', 'done');
  `);
}

export { down } from './0001-organisation';
