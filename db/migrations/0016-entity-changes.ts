import type { Knex } from 'knex';

/**
 * What changed in an entity that decides whether and from which stratum it can be drawn: a row per change, found by time
 * or by entity. `entity_versions` keeps whole states and stays the record of what was in the registry on any day; looking
 * for a change there would mean to compare every state with the one before it. Entities that were there from the start,
 * which may be millions, are no changes.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table entity_changes (
      id bigint generated always as identity primary key,
      entity_id bigint not null references entities (id),
      at timestamptz not null default now(),
      import_id bigint references imports (id),
      -- All four are null where it was never in the registry before.
      presence_before text check (presence_before in ('active', 'revoked', 'cancelled', 'moved', 'ended')),
      region_before text,
      class_before char(1),
      tags_before text[],
      presence text not null check (presence in ('active', 'revoked', 'cancelled', 'moved', 'ended')),
      region text not null,
      class char(1) not null,
      tags text[] not null,
      check (num_nulls(presence_before, region_before, class_before, tags_before) in (0, 4)),
      check ((presence_before, region_before, class_before, tags_before)
             is distinct from (presence, region, class, tags))
    );
    create index entity_changes_at on entity_changes (at);
    create index entity_changes_entity on entity_changes (entity_id, at);
    create index entity_changes_import on entity_changes (import_id);
    ${FROM_VERSIONS};

    -- What is dear to compute, with what it was computed from: another basis, and it is computed anew.
    create table statistics_reports (
      kind text not null check (kind in ('patterns', 'coverage')),
      key text not null,
      basis text not null,
      report jsonb not null,
      computed_at timestamptz not null default now(),
      primary key (kind, key)
    );
  `);
}

/** What was kept as whole states until now. */
export const FROM_VERSIONS = `
    insert into entity_changes (entity_id, at, import_id, presence_before, region_before, class_before, tags_before,
                                presence, region, class, tags)
    select entity_id, valid_from, import_id, presence_before, region_before, class_before, tags_before,
           presence, region, class, tags
      from (select s.*,
                   lag(presence) over own as presence_before, lag(region) over own as region_before,
                   lag(class) over own as class_before, lag(tags) over own as tags_before
              from (select id, entity_id, valid_from, import_id,
                           case when state ->> 'ended_at' is null then state ->> 'status' else 'ended' end as presence,
                           state ->> 'region_code' as region, cast(state ->> 'draw_class' as char(1)) as class,
                           array(select jsonb_array_elements_text(state -> 'tags')) as tags
                      from entity_versions) s
            window own as (partition by entity_id order by valid_from, id)) v
     where (presence_before, region_before, class_before, tags_before) is distinct from (presence, region, class, tags)
       and not (presence_before is null and valid_from = (select min(valid_from) from entity_versions))`;

export { down } from './0001-organisation';
