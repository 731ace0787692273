import type { Knex } from 'knex';

/** Entities of one area, class and tag are found by the kinds that have all three: exactly, and in the order of lists. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create index entities_kind on entities (kind_id, id) include (status) where ended_at is null;
    -- As it was, and numbers are read from it alone.
    alter table entity_kinds
      drop constraint entity_kinds_region_code_draw_class_tags_key,
      add constraint entity_kinds_alike unique (region_code, draw_class, tags) include (id);
    -- entities_area finds one code in the order of numbers as well.
    drop index entities_region;
  `);
}

export { down } from './0001-organisation';
