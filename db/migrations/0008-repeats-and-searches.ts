import type { Knex } from 'knex';

/** A repeated request creates one campaign; what lists and searches ask for is found by index. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- The Idempotency-Key of the request that created it.
    alter table campaigns add column creation_key text unique;
  `);
}

export { down } from './0001-organisation';
