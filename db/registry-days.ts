/** The registry as it was: nothing is deleted, every state an entity was in is kept. */
import type { Knex } from 'knex';
import { prefixOf } from '../domain/regions/covers';

/** The last state of `entity_id` before `:until`, in columns; none where it was not in the registry. */
const STATE_THEN = `
  cross join lateral (select state from entity_versions v where v.entity_id = changed.entity_id and v.valid_from < :until
                       order by v.valid_from desc, v.id desc limit 1) v
  cross join lateral jsonb_to_record(v.state) as was(
    name text, status text, region_code text, entity_type text, business_scope text, address text, established_on date,
    tags text[], risk_class char(1), draw_class char(1), flags text[], complaints int, industry_code text,
    contact_name text, contact_phone text, listed_by text[], ended_at timestamptz)`;

const CHANGED_SINCE = `(select distinct entity_id from entity_versions where valid_from >= :until) changed`;

/**
 * What was in the registry at an instant, or is now, in parts that have nobody in common: what did not change since is
 * read where it stands, so that a page costs little more than one of today. States from before a column was there have
 * it empty.
 */
export function registryAt(db: Knex, until: Date | undefined): Knex.QueryBuilder[] {
  const standing: Knex.QueryBuilder = db('entities').whereNull('ended_at');
  if (until === undefined) return [standing];
  return [
    // The offset keeps it from becoming a join, which would lose the order of those that are read.
    standing.whereRaw(
      `not exists (select 1 from entity_versions v
                    where v.entity_id = entities.id and v.valid_from >= ? offset 0)`,
      [until],
    ),
    db.from(
      db.raw(
        `(select e.id, e.credit_code, was.name, was.status, was.region_code, was.entity_type, was.business_scope,
                 was.address, was.established_on, was.tags, was.risk_class, was.draw_class, was.flags, was.complaints,
                 coalesce(was.industry_code, '') as industry_code, coalesce(was.contact_name, '') as contact_name,
                 coalesce(was.contact_phone, '') as contact_phone, coalesce(was.listed_by, '{}') as listed_by
            from ${CHANGED_SINCE} join entities e on e.id = changed.entity_id ${STATE_THEN}
           where was.ended_at is null) as registry`,
        { until },
      ),
    ),
  ];
}

export interface AlikeEntities {
  tags: string[];
  listed_by: string[];
  entities: number;
}

/**
 * How many active entities had which tags and were listed by whom, at an instant. Today's are counted by their kind from
 * an index alone; those that changed since are taken off as they are and put back as they were.
 */
export async function countAlike(db: Knex, until: Date, areas: readonly string[]): Promise<AlikeEntities[]> {
  const here = (row: string) =>
    `exists (select 1 from unnest(cast(:areas as text[])) a where starts_with(${row}.region_code, a))`;
  const { rows } = await db.raw<{ rows: AlikeEntities[] }>(
    `with kinds as materialized (
       select kind_id, count(*) as n from entities where ended_at is null and status = 'active' group by kind_id
     ), changed as materialized (select distinct entity_id from entity_versions where valid_from >= :until),
     parts as (
       select k.tags, '{}'::text[] as listed_by, n from kinds join entity_kinds k on k.id = kind_id where ${here('k')}
       union all
       select e.tags, one.listed_by, one.n from entities e
        cross join lateral (values ('{}'::text[], -1), (e.listed_by, 1)) as one (listed_by, n)
        where e.listed_by <> '{}' and e.ended_at is null and e.status = 'active' and ${here('e')}
       union all
       select e.tags, e.listed_by, -1 from changed join entities e on e.id = changed.entity_id
        where e.ended_at is null and e.status = 'active' and ${here('e')}
       union all
       select was.tags, coalesce(was.listed_by, '{}'), 1 from changed ${STATE_THEN}
        where was.ended_at is null and was.status = 'active' and ${here('was')}
     )
     select tags, listed_by, sum(n)::bigint as entities from parts group by tags, listed_by having sum(n) <> 0`,
    { until, areas: areas.map(prefixOf) },
  );
  return rows;
}

/** When the registry was first filled; null: it is empty. */
export async function registryBegan(db: Knex): Promise<Date | null> {
  const row = await db('entity_versions').orderBy('id').first<{ valid_from: Date } | undefined>('valid_from');
  return row?.valid_from ?? null;
}
