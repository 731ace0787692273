import type { Knex } from 'knex';

/** How an item was inspected is public with its result (国办发〔2024〕54号; plan 3.5). */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- Null: published before it was kept.
    alter table published_results add column method text check (method in ('on-site', 'documentary', 'online'));
  `);
}

export { down } from './0001-organisation';
