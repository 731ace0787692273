/** What a rule of tags does to the registry: counted beforehand, or carried out, by a few statements over all entities. */
import type { Knex } from 'knex';
import type { TagRule } from '../domain/registry/tags';
import { ENTITY_IN_AREAS } from './areas';
import { ENTITY_STATE } from './entity-changes';

/** Entities that have the tag or would, of those that are looked at; a declared one stays, whatever the rule. */
const judgedOf = (entities: string): string => `
  select e.id, e.credit_code, e.region_code, e.tags, g.gives, h.has,
         g.gives and not h.has as gains,
         h.has and not g.gives and cast(:tag as text) <> all (e.declared_tags) as loses
    from ${entities}
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

/** Enough for numbers that hold, and few enough to be judged in a second. */
const MOST_JUDGED = 150_000;

export interface TriedTagRule extends TagRuleEffect {
  samples: SampledEntity[];
  /** Of how many entities the numbers were estimated; null: of all, they are exact. */
  estimatedFrom: number | null;
}

/**
 * Writes nothing. Samples are of the areas: from all over the registry, and the same ones each time. Where the registry has
 * more than `mostJudged`, pages of it are drawn at random, the same ones each time as well, and numbers are estimates.
 */
export async function tryTagRule(
  db: Knex,
  rule: TagRule,
  areas: readonly string[],
  mostJudged = MOST_JUDGED,
): Promise<TriedTagRule> {
  const known = await knownSize(db);
  const share = known > mostJudged ? mostJudged / known : 1;
  const looked = share < 1 ? `entities e tablesample system (${share * 100}) repeatable (0)` : 'entities e';
  const some = (condition: string) =>
    `(array_agg(e.id order by hashtext(e.credit_code), e.id)
        filter (where ${condition} and ${ENTITY_IN_AREAS}))[1:${SAMPLES}]`;
  const { rows } = await db.raw<{
    rows: [TagRuleEffect & Record<`${SampledSet}_ids`, number[] | null>];
  }>(
    `with judged as (${judgedOf(looked)})
     select count(*) filter (where gives) as matching, count(*) filter (where gains) as gaining,
            count(*) filter (where loses) as losing,
            count(*) filter (where has and not gives and not loses) as declared,
            ${some('gives')} as matching_ids, ${some('gains')} as gaining_ids, ${some('loses')} as losing_ids
       from judged e`,
    { ...bindings(rule), areas: [...areas] },
  );
  const [{ matching, gaining, losing, declared, ...ids }] = rows;
  const ofAll = (count: number) => Math.round(count / share);
  return {
    ...{
      matching: ofAll(matching),
      gaining: ofAll(gaining),
      losing: ofAll(losing),
      declared: ofAll(declared),
    },
    samples: await readSamples(db, ids),
    estimatedFrom: share < 1 ? mostJudged : null,
  };
}

/** As PostgreSQL last counted; to count would take as long as to judge. */
async function knownSize(db: Knex): Promise<number> {
  const { rows } = await db.raw<{ rows: [{ known: number }] }>(
    `select reltuples as known from pg_class where oid = 'entities'::regclass`,
  );
  return rows[0].known;
}

async function readSamples(
  db: Knex,
  ids: Record<`${SampledSet}_ids`, number[] | null>,
): Promise<SampledEntity[]> {
  const { rows } = await db.raw<{ rows: SampledEntity[] }>(
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
  return rows;
}

/** In a hundred, roughly by time. */
const AFTER_FINDING = 60;
const FEWEST_AT_ONCE = 50_000;
const STEPS = 20;

/**
 * Gives the tag and takes it, with a state and a change on record for each entity, and the numbers with the version. Goes
 * through the registry piece by piece and tells after each how far it is, in a hundred.
 */
export async function applyTagRule(
  trx: Knex,
  rule: TagRule,
  version: number,
  tell: (progress: number) => Promise<void> = () => Promise.resolve(),
): Promise<{ gained: number; lost: number }> {
  await trx.raw(
    `create temp table tag_changes (entity_id bigint not null, gains boolean not null, tags text[] not null)
       on commit drop`,
  );
  const pieces = await piecesOf(trx);
  for (const [at, piece] of pieces.entries()) {
    await trx.raw(
      `insert into tag_changes
       select id, gains, case when gains then all_tags(tags, array[cast(:tag as text)])
                              else array_remove(tags, cast(:tag as text)) end
         from (${judgedOf('entities e')} and e.id >= :from and e.id < :to) e where gains or loses`,
      { ...bindings(rule), ...piece },
    );
    await tell(Math.floor(((at + 1) / pieces.length) * AFTER_FINDING));
  }
  await trx.raw('analyze tag_changes');
  for (const [at, piece] of pieces.entries()) {
    await changeTags(trx, version, piece);
    await tell(AFTER_FINDING + Math.floor(((at + 1) / pieces.length) * (99 - AFTER_FINDING)));
  }
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

interface Piece {
  from: number;
  to: number;
}

async function piecesOf(trx: Knex): Promise<Piece[]> {
  const { rows } = await trx.raw<{ rows: [{ first: number | null; last: number | null }] }>(
    'select min(id) as first, max(id) as last from entities',
  );
  const [{ first, last }] = rows;
  if (first === null || last === null) return [];
  const length = Math.max(FEWEST_AT_ONCE, Math.ceil((last - first + 1) / STEPS));
  const count = Math.ceil((last - first + 1) / length);
  return Array.from({ length: count }, (_, at) => ({
    ...{ from: first + at * length, to: first + (at + 1) * length },
  }));
}

async function changeTags(trx: Knex, version: number, piece: Piece): Promise<void> {
  await trx.raw(
    `insert into entity_changes (entity_id, presence_before, region_before, class_before, tags_before,
                                 presence, region, class, tags)
     select e.id, e.status, e.region_code, e.draw_class, e.tags, e.status, e.region_code, e.draw_class, c.tags
       from tag_changes c join entities e on e.id = c.entity_id
      where c.entity_id >= :from and c.entity_id < :to`,
    { ...piece },
  );
  await trx.raw(
    `with e as (
       update entities e set tags = c.tags, updated_at = now() from tag_changes c
        where e.id = c.entity_id and c.entity_id >= :from and c.entity_id < :to
       returning e.*
     )
     insert into entity_versions (entity_id, tag_rule_version_id, state)
     select e.id, :version, ${ENTITY_STATE} from e`,
    { version, ...piece },
  );
}
