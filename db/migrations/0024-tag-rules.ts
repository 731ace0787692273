import type { Knex } from 'knex';

/**
 * Rules of tags have versions, and are tried out and changed where the registry is. The functions say in SQL what
 * domain/registry/tags.ts says; a property test holds them together.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table tag_rules add column not_with text[] not null default '{}';

    create table tag_rule_versions (
      id bigint generated always as identity primary key,
      tag text not null references tag_rules (tag),
      label text not null,
      any_of text[] not null check (cardinality(any_of) > 0),
      none_of text[] not null,
      not_with text[] not null,
      -- null: what an installation starts with.
      changed_by bigint references users (id),
      -- When it was done: now() is when its transaction began.
      changed_at timestamptz not null default clock_timestamp(),
      reason text not null,
      gained bigint not null default 0,
      lost bigint not null default 0
    );
    create index tag_rule_versions_tag on tag_rule_versions (tag, id);
    create index tag_rule_versions_changed_by on tag_rule_versions (changed_by);
    insert into tag_rule_versions (tag, label, any_of, none_of, not_with, reason)
    select tag, label, any_of, none_of, not_with, '' from tag_rules order by tag;

    alter table entity_versions add column tag_rule_version_id bigint references tag_rule_versions (id);
    create index entity_versions_tag_rule on entity_versions (tag_rule_version_id)
     where tag_rule_version_id is not null;
  `);
  await db.raw(FUNCTIONS.replaceAll('?', '\\?'));
  await db.raw(`
    alter table entities add column declared_tags text[] not null default '{}';
    with declared as (
      select e.id, array(
               select t from unnest(e.tags) t
                where not exists (select 1 from tag_rules r where r.tag = t
                                     and scope_gives(e.business_scope, r.any_of, r.none_of, r.not_with))
                order by t collate "C") as tags
        from entities e where e.tags <> '{}'
    )
    update entities e set declared_tags = d.tags from declared d where d.id = e.id and d.tags <> '{}';
  `);
}

const FUNCTIONS = String.raw`
  create function stated_scope(stated text) returns text language plpgsql immutable parallel safe as $$
  begin
    -- Looking for a word is a hundred times cheaper than for a pattern.
    if strpos(stated, '许可证') > 0 or strpos(stated, '有效期') > 0 or strpos(stated, '凭证') > 0
       or strpos(stated, '依法须经批准') > 0 then
      stated := regexp_replace(stated,
        '[（(【\[][^（）()【】\[\]]*(?:许可证|有效期|凭证|依法须经批准)[^（）()【】\[\]]*[）)】\]]', '', 'g');
    end if;
    if strpos(stated, '除外') > 0 then
      stated := regexp_replace(stated, '(?<=^|[，,。；;（(【\[])[^，,。；;（(【\[]*除外', '', 'g');
    end if;
    if strpos(stated, '除') > 0 or strpos(stated, '不含') > 0 or strpos(stated, '不包') > 0
       or strpos(stated, '不得') > 0 or strpos(stated, '严禁') > 0 or strpos(stated, '禁止') > 0 then
      stated := regexp_replace(stated,
        '(?:不含|不包括|不包含|除外的|不得从事|不得经营|严禁|禁止|未经许可不得|(?<!解)除(?![尘锈草虫雪湿臭垢]))[^，,。；;）)】\]]*',
        '', 'g');
    end if;
    return stated;
  end $$;

  create function has_word(stated text, words text[]) returns boolean
  language plpgsql immutable parallel safe as $$
  declare
    word text;
  begin
    foreach word in array words loop
      if strpos(stated, word) > 0 then return true; end if;
    end loop;
    return false;
  end $$;

  create function scope_gives(scope text, any_of text[], none_of text[], not_with text[]) returns boolean
  language plpgsql immutable parallel safe as $$
  declare
    stated text := normalize(scope, NFKC);
    word text;
    can_be boolean := false;
  begin
    -- Text is only ever taken out: where a word's ends are not, it can't be. Most scopes are done with here.
    foreach word in array any_of loop
      can_be := strpos(stated, left(word, 1)) > 0 and strpos(stated, right(word, 1)) > 0;
      exit when can_be;
    end loop;
    if not can_be then return false; end if;
    stated := stated_scope(stated);
    if has_word(stated, not_with) or not has_word(stated, any_of) then return false; end if;
    foreach word in array none_of loop
      stated := replace(stated, word, '');
    end loop;
    return has_word(stated, any_of);
  end $$;

  create function tags_of_scope(scope text) returns text[] language sql stable parallel safe as $$
    select array(select tag from tag_rules
                  where scope_gives(scope, any_of, none_of, not_with) order by tag collate "C")
  $$;

  create function all_tags(of_scope text[], declared text[]) returns text[] language sql immutable parallel safe as $$
    select array(select distinct t collate "C" from unnest(of_scope || declared) t order by 1)
  $$;
`;

export { down } from './0001-organisation';
