import type { Knex } from 'knex';

/** Published results of all campaigns, found by a part of the entity's name or the start of its code, as entities are (0019). */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create index published_results_name_parts on published_results using gin (name_parts(entity_name));
    create index published_results_code on published_results (credit_code text_pattern_ops, id)
     where superseded_at is null;
  `);
}

export { down } from './0001-organisation';
