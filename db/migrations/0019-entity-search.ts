import type { Knex } from 'knex';

/**
 * Finding entities while somebody types. `name_parts` are the pairs of neighbouring characters of a name: Chinese words
 * are two characters long, for which the trigrams of pg_trgm have nothing. An index over them answers any part of a
 * name from two characters on, and its statistics tell the planner which pairs are so common that reading in order is
 * faster.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create function name_parts(name text) returns text[]
      language plpgsql immutable strict parallel safe cost 500 as $$
    declare
      folded text := upper(normalize(name, nfkc));
      parts text[] := '{}';
    begin
      for at in 1 .. length(folded) - 1 loop
        parts := parts || substr(folded, at, 2);
      end loop;
      return parts;
    end $$;
    -- Of all, whether ended or not: PostgreSQL keeps no statistics on expressions of partial indexes.
    create index entities_name_parts on entities using gin (name_parts(name));
    drop index entities_name;

    -- Of what few entities have; what many have is soon met when reading in order.
    create index entities_flags on entities using gin (flags) where flags <> '{}' and ended_at is null;
    create index entities_complaints on entities (id) where complaints > 0 and ended_at is null;
    create index entities_inactive on entities (status, id) where status <> 'active' and ended_at is null;
    create index entities_industry on entities (industry_code text_pattern_ops, id)
     where industry_code <> '' and ended_at is null;
    -- These two were of active entities alone: a list shows the others too.
    drop index entities_tags;
    create index entities_tags on entities using gin (tags) where ended_at is null;
    drop index entities_listed_by;
    create index entities_listed_by on entities using gin (listed_by) where listed_by <> '{}' and ended_at is null;

    -- What changed after a day. Versions are only ever appended: blocks follow time, and a small index suffices.
    create index entity_versions_from on entity_versions using brin (valid_from) with (autosummarize = on);
  `);
}

export { down } from './0001-organisation';
