import type { Knex } from 'knex';

/** How an item was inspected: what can be settled on paper or online needs no visit (国办发〔2024〕54号; plan 3.4). */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- Null: not inspected yet, or before this was kept.
    alter table visit_items
      add column method text check (method in ('on-site', 'documentary', 'online')),
      add constraint method_of_result check (method is null or result_code is not null);
  `);
}

export { down } from './0001-organisation';
