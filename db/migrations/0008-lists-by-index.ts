import type { Knex } from 'knex';

/** What lists and searches ask for is found by index. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- By the beginning of a code, which the default order of texts can't serve.
    create index entities_area on entities (region_code text_pattern_ops, id) where ended_at is null;
    -- Lists show those that are not in operation as well.
    drop index entities_tags;
    create index entities_tags on entities using gin (tags) where ended_at is null;
    -- Also those that are done.
    drop index tasks_open_assignee;
    create index tasks_assignee on tasks (assignee_id);
    create index tasks_open_campaign on tasks (campaign_id, deadline_id)
      where done_at is null and cancelled_at is null;
  `);
}

export { down } from './0001-organisation';
