import type { Knex } from 'knex';

/** A rule of tags can be switched off: it gives nothing until it is on again. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table tag_rules add column active boolean not null default true;
    alter table tag_rule_versions add column active boolean not null default true;
    create or replace function tags_of_scope(scope text) returns text[] language sql stable parallel safe as $$
      select array(select tag from tag_rules
                    where active and scope_gives(scope, any_of, none_of, not_with) order by tag collate "C")
    $$;
  `);
}

export { down } from './0001-organisation';
