import type { Knex } from 'knex';

/** What a department's inspectors have filled in of an item and not handed in: one draft for all of them (plan 3.5). */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table result_drafts (
      visit_id bigint not null,
      item_code text collate "C" not null,
      -- Whoever saves names the revision that they saw: nobody overwrites what they have not seen.
      revision int not null check (revision > 0),
      content jsonb not null,
      saved_by bigint not null references users (id),
      saved_at timestamptz not null,
      primary key (visit_id, item_code),
      foreign key (visit_id, item_code) references visit_items (visit_id, item_code)
    );
    create index result_drafts_saved_by on result_drafts (saved_by);
  `);
}

export { down } from './0001-organisation';
