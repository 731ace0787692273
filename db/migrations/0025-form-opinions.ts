import type { Knex } from 'knex';

/** Handling opinions that inspectors choose from (plan 3.4): of the form, so that a campaign freezes them with it. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table check_forms add column opinions text[] not null default '{}'
  `);
}

export { down } from './0001-organisation';
