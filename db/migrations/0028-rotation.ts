import type { Knex } from 'knex';

/** Whoever inspected an entity last stays away from its next visit (plan 3.2), unless the plan says otherwise. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table campaigns add column rotation boolean not null default true;
    -- These were reviewed, or frozen, without it.
    update campaigns set rotation = false where stage not in ('draft', 'returned');
  `);
}

export { down } from './0001-organisation';
