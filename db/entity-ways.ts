/** The ways on which the first entities of a list are met without reading past many that are not in it. */
import type { Knex } from 'knex';
import { prefixOf } from '../domain/regions/covers';
import { filterEntities, type EntityFilter } from './entity-filter';

/** Values of an indexed column: what has one of them is in the list, but for the rest of the filter. */
export interface Ways {
  column: 'kind_id' | 'region_code';
  values: readonly number[] | readonly string[];
  rest: EntityFilter;
}

/** Going more ways takes longer than reading in order what then are many. */
const MOST_KINDS = 2000;
const MOST_REGIONS = 64;

/**
 * What areas, class and tag together ask for, PostgreSQL takes to be spread over the whole registry, and reads all of it
 * to find those of a city, whose entities arrived together. Null: it knows best, for what is asked for has an index of its
 * own, or is common and everywhere.
 */
export async function waysTo(db: Knex, filter: EntityFilter): Promise<Ways | null> {
  const { creditCode, q, status, industry, flag, department, region, areas, tag } = filter;
  // Each of these has an index of its own, whose few entities PostgreSQL finds by itself.
  if (creditCode ?? q ?? industry ?? flag) return null;
  if (status !== undefined && status !== 'active') return null;
  if (!region && !areas) return null;
  // One code has an index in the order of arrival. Of a province a registry has little else.
  if (region ? prefixOf(region) === region : areas?.some((area) => prefixOf(area).length <= 2)) return null;
  const regions = await regionsIn(db, only(filter, ['region', 'areas']));
  if (regions.length > MOST_REGIONS) return null;
  if (tag && !department) {
    const kinds = await kindsOf(db, regions, only(filter, ['tag', 'drawClass']));
    if (kinds.length <= MOST_KINDS) {
      return { column: 'kind_id', values: kinds, rest: only(filter, ['status']) };
    }
  }
  return {
    ...{ column: 'region_code', values: regions },
    rest: only(filter, ['status', 'tag', 'drawClass', 'department']),
  };
}

const only = (filter: EntityFilter, names: (keyof EntityFilter)[]): EntityFilter =>
  Object.fromEntries(Object.entries(filter).filter(([name]) => names.some((one) => one === name)));

/** From an index alone, in its order; more than `MOST_KINDS` are not all. */
function kindsOf(db: Knex, regions: readonly string[], filter: EntityFilter): Promise<number[]> {
  const query = db('entity_kinds')
    .whereRaw('region_code = any (?::text[])', [regions as string[]])
    .orderBy(['region_code', 'draw_class', 'tags'])
    .limit(MOST_KINDS + 1);
  filterEntities(query, filter);
  return query.pluck<number[]>('id');
}

/** Every entity has a kind: codes of areas that have entities, each looked up from the one before. */
async function regionsIn(db: Knex, filter: EntityFilter): Promise<string[]> {
  const next = (after: string | Knex.Raw) => {
    const query = db('entity_kinds').where('region_code', '>', after).orderBy('region_code').limit(1);
    filterEntities(query, filter);
    return query.select('region_code');
  };
  const { rows } = await db.raw<{ rows: { code: string }[] }>(
    `with recursive found(code, number) as (
       (select region_code, 1 from (?) first)
       union all
       select next.region_code, found.number + 1 from found cross join lateral (?) next where found.number <= ?
     )
     select code from found`,
    [next(''), next(db.raw('found.code')), MOST_REGIONS],
  );
  return rows.map(({ code }) => code);
}

/**
 * Numbers of entities, way by way; `page`: the first of each. Not "=": of few different values PostgreSQL takes each to be
 * common and reads the whole table in order, however few have this one.
 */
export function alongWays(
  db: Knex,
  { column, values, rest }: Ways,
  page?: { after?: string | number; limit: number },
): Knex.QueryBuilder {
  const { type, from, to, order } = INDEXED[column];
  const each = db('entities')
    .whereNull('ended_at')
    .whereRaw(`${column} ${from} way.value and ${column} ${to} way.value`)
    .select('id');
  filterEntities(each, rest);
  if (page?.after !== undefined) void each.where('id', '>', page.after);
  if (page) void each.orderByRaw(order).limit(page.limit);
  return db
    .from(
      db.raw(`unnest(cast(? as ${type}[])) as way(value) cross join lateral (?) as met`, [
        values as string[],
        each,
      ]),
    )
    .select('met.id');
}

/** In the order of `entities_kind` and `entities_area`. */
const INDEXED = {
  kind_id: { type: 'int', from: '>=', to: '<=', order: 'kind_id, id' },
  region_code: { type: 'text', from: '~>=~', to: '~<=~', order: 'region_code using ~<~, id' },
};
