import type { Knex } from 'knex';

/** A key for each person, by which their browsers encrypt what they keep without a network. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table users
      -- From 244 bits of chance.
      add column browser_key text not null
        default encode(sha256(convert_to(concat(gen_random_uuid(), gen_random_uuid()), 'UTF8')), 'hex')
        check (browser_key ~ '^[0-9a-f]{64}$');
  `);
}

export { down } from './0001-organisation';
