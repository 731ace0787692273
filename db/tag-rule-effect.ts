/** What a rule of tags does to the registry: counted beforehand, or carried out, by a few statements over all entities. */
import type { Knex } from 'knex';
import type { TagRule } from '../domain/registry/tags';
import { ENTITY_IN_AREAS } from './areas';
import { ENTITY_STATE } from './entity-changes';

/** Entities that have the tag or would; a declared one stays, whatever the rule. */
const JUDGED = `
  select e.id, e.credit_code, e.region_code, e.tags, g.gives, h.has,
         g.gives and not h.has as gains,
         h.has and not g.gives and cast(:tag as text) <> all (e.declared_tags) as loses
    from entities e
    cross join lateral (select :active and scope_gives(e.business_scope, cast(:anyOf as text[]), cast(:noneOf as text[]),
                                           cast(:notWith as text[])) as gives) g
    cross join lateral (select e.tags @> array[cast(:tag as text)] as has) h
   where e.ended_at is null and (g.gives or h.has)`;

const bindings = ({ tag, anyOf, noneOf, notWith, active }: TagRule) => ({
  tag,
  active,
  anyOf: [...anyOf],
  noneOf: [...noneOf],
  notWith: [...notWith],
});

export interface TagRuleEffect {
  matching: number;
  gaining: number;
  losing: number;
  declared: number;
}

export type SampledSet = 'matching' | 'gaining' | 'losing';

export interface SampledEntity {
  set: SampledSet;
  credit_code: string;
  name: string;
  business_scope: string;
}

const SAMPLES = 10;

/** Writes nothing. Samples are of the areas: from all over the registry, and the same ones each time. */
export async function tryTagRule(
  db: Knex,
  rule: TagRule,
  areas: readonly string[],
): Promise<TagRuleEffect & { samples: SampledEntity[] }> {
  const some = (condition: string) =>
    `(array_agg(e.id order by hashtext(e.credit_code), e.id)
        filter (where ${condition} and ${ENTITY_IN_AREAS}))[1:${SAMPLES}]`;
  const { rows } = await db.raw<{
    rows: [TagRuleEffect & Record<`${SampledSet}_ids`, number[] | null>];
  }>(
    `with judged as (${JUDGED})
     select count(*) filter (where gives) as matching, count(*) filter (where gains) as gaining,
            count(*) filter (where loses) as losing,
            count(*) filter (where has and not gives and not loses) as declared,
            ${some('gives')} as matching_ids, ${some('gains')} as gaining_ids, ${some('loses')} as losing_ids
       from judged e`,
    { ...bindings(rule), areas: [...areas] },
  );
  const [{ matching, gaining, losing, declared, ...ids }] = rows;
  const { rows: samples } = await db.raw<{ rows: SampledEntity[] }>(
    `select s.set, e.credit_code, e.name, e.business_scope
       from (select 'matching' as set, unnest(cast(:matching as bigint[])) as id
             union all select 'gaining', unnest(cast(:gaining as bigint[]))
             union all select 'losing', unnest(cast(:losing as bigint[]))) s
       join entities e using (id)
      order by s.set, e.credit_code`,
    {
      matching: ids.matching_ids ?? [],
      gaining: ids.gaining_ids ?? [],
      losing: ids.losing_ids ?? [],
    },
  );
  return { matching, gaining, losing, declared, samples };
}

/** Gives the tag and takes it, with a state and a change on record for each entity, and the numbers with the version. */
export async function applyTagRule(
  trx: Knex,
  rule: TagRule,
  version: number,
): Promise<{ gained: number; lost: number }> {
  await trx.raw(
    `create temp table tag_changes on commit drop as
     select id as entity_id, gains,
            case when gains then all_tags(tags, array[cast(:tag as text)])
                 else array_remove(tags, cast(:tag as text)) end as tags
       from (${JUDGED}) e where gains or loses`,
    bindings(rule),
  );
  await trx.raw('analyze tag_changes');
  await trx.raw(
    `insert into entity_changes (entity_id, presence_before, region_before, class_before, tags_before,
                                 presence, region, class, tags)
     select e.id, e.status, e.region_code, e.draw_class, e.tags, e.status, e.region_code, e.draw_class, c.tags
       from tag_changes c join entities e on e.id = c.entity_id`,
  );
  await trx.raw(
    `with e as (
       update entities e set tags = c.tags, updated_at = now() from tag_changes c where e.id = c.entity_id
       returning e.*
     )
     insert into entity_versions (entity_id, tag_rule_version_id, state)
     select e.id, :version, ${ENTITY_STATE} from e`,
    { version },
  );
  const { rows } = await trx.raw<{ rows: [{ gained: number; lost: number }] }>(
    `update tag_rule_versions v set gained = n.gained, lost = n.lost
       from (select count(*) filter (where gains) as gained, count(*) filter (where not gains) as lost
               from tag_changes) n
      where v.id = :version
     returning v.gained, v.lost`,
    { version },
  );
  await trx.raw('drop table tag_changes');
  return rows[0];
}
