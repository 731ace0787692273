import type { Knex } from 'knex';

/** A version of an item holds everything that was reviewed, its check form too, and says why it ended (plan 3.1, 3.3). */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table item_versions
      add column check_form_id bigint references check_forms (id),
      add column statutory_frequency text not null default '',
      add column end_reason text not null default '';
    create index item_versions_form on item_versions (check_form_id);
    update item_versions v set check_form_id =
      (select f.id from check_forms f where f.item_code = v.item_code order by f.version desc limit 1);
  `);
}

export { down } from './0001-organisation';
