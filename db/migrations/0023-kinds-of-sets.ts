import type { Knex } from 'knex';

/** Who inserts many entities at once names their kinds at once; the trigger finds the kind where nobody did. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    drop trigger entity_kind_of_new on entities;
    create trigger entity_kind_of_new before insert on entities
      for each row when (new.kind_id is null) execute function entity_kind();
  `);
}

export { down } from './0001-organisation';
