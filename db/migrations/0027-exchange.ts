import type { Knex } from 'knex';

/** Files that other systems deliver (plan 3.5: one platform for information), and those that speak of credit alone. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table imports
      drop constraint imports_kind_check,
      add constraint imports_kind_check check (kind in ('entities', 'credit', 'inspectors', 'items')),
      -- The name that the exchange folder gave it: a delivery is imported once.
      add column delivery text unique;
  `);
}

export { down } from './0001-organisation';
