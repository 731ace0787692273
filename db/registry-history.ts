/** What moved in the registries, for the question whether it moved around freezes. */
import type { Knex } from 'knex';
import type { CoveringItem } from '../domain/draw/coverage';
import type { Manifest } from '../domain/draw/manifest';
import type { History, Registry, RegistryChange } from '../domain/statistics/grooming';
import type { IndustryRisk } from '../domain/policies/industry-risk';
import type { DrawTraits, Freeze } from '../domain/statistics/reach';
import { linesOf } from './past-draws';

/** Entities named of those that changed alike; all are counted. */
const NAMED = 100;

const TRAITS = `'presence', presence, 'region', region, 'drawClass', class, 'tags', tags`;
const TRAITS_BEFORE = `case when presence_before is not null then jsonb_build_object('presence', presence_before,
  'region', region_before, 'drawClass', class_before, 'tags', tags_before) end`;

export async function readRegistry(db: Knex, windowDays: number): Promise<Registry> {
  const [entitiesSince, inspectorsSince, changes, histories, inspectors, exclusions] = await Promise.all([
    firstVersion(db, 'entity_versions'),
    firstVersion(db, 'inspector_versions'),
    readChanges(db),
    readHistories(db, windowDays),
    readInspectorMoves(db),
    readExclusionDays(db),
  ]);
  return { entitiesSince, inspectorsSince, changes, histories, inspectors, exclusions };
}

async function firstVersion(db: Knex, table: 'entity_versions' | 'inspector_versions'): Promise<Date | null> {
  const row = await db(table).orderBy('id').first<{ valid_from: Date } | undefined>('valid_from');
  return row?.valid_from ?? null;
}

/** Changes that are alike together, whatever their number: traits are few, moments many. */
async function readChanges(db: Knex): Promise<Registry['changes']> {
  const { rows } = await db.raw<{
    rows: { before: DrawTraits | null; after: DrawTraits; moments: [at: number, entities: number][] }[];
  }>(
    `select ${TRAITS_BEFORE} as before, jsonb_build_object(${TRAITS}) as after,
            json_agg(json_build_array(extract(epoch from at) * 1000, entities)) as moments
       from (select at, presence_before, region_before, class_before, tags_before, presence, region, class, tags,
                    count(*) as entities
               from entity_changes
              group by at, presence_before, region_before, class_before, tags_before, presence, region, class, tags) one
      group by presence_before, region_before, class_before, tags_before, presence, region, class, tags`,
  );
  return rows.map(({ moments, ...change }) => ({
    ...change,
    moments: moments.map(([at, entities]) => ({ at: new Date(at), entities })),
  }));
}

/** Of entities that changed twice within the windows before and after a day; those that changed alike together. */
async function readHistories(db: Knex, windowDays: number): Promise<History[]> {
  const { rows } = await db.raw<{
    rows: { changes: (Omit<RegistryChange, 'at'> & { at: string })[]; entities: number; ids: number[] }[];
  }>(
    // By numbers, one for each different change, until all that is alike is together: states of 100,000 entities are long.
    `with near as (
       select distinct entity_id
         from (select entity_id, at - lag(at) over (partition by entity_id order by at, id) as since
                 from entity_changes where presence_before is not null) one
        where since < 2 * make_interval(days => :days)
     ), numbered as materialized (
       select c.*, dense_rank() over (order by at, presence_before, region_before, class_before, tags_before,
                                               presence, region, class, tags) as number
         from entity_changes c join near using (entity_id)
     ), kinds as (
       select number,
              jsonb_build_object('at', at, 'before', ${TRAITS_BEFORE}, 'after', jsonb_build_object(${TRAITS})) as change
         from (select distinct on (number) * from numbered order by number) one
     ), histories as (
       select path, count(*) as entities, (array_agg(entity_id order by entity_id))[1:${NAMED}] as ids
         from (select entity_id, array_agg(number order by at, id) as path from numbered group by entity_id) one
        group by path
     )
     select jsonb_agg(k.change order by step.place) as changes, h.entities, h.ids
       from histories h
       cross join lateral unnest(h.path) with ordinality as step (number, place)
       join kinds k on k.number = step.number
      group by h.path, h.entities, h.ids`,
    { days: windowDays },
  );
  return rows.map(({ changes, entities, ids }) => ({
    changes: changes.map((change) => ({ ...change, at: new Date(change.at) })),
    entities,
    ids: ids.map(Number),
  }));
}

/** Who joined or left a department's inspectors after the first list of them. */
async function readInspectorMoves(db: Knex): Promise<Registry['inspectors']> {
  const { rows } = await db.raw<{ rows: { at: Date; department: string; joined: boolean }[] }>(
    `select at, department, is_serving as joined
       from (select id, valid_from as at, state ->> 'department_code' as department,
                    state ->> 'ended_at' is null and state ->> 'status' = 'active' as is_serving,
                    lag(state ->> 'ended_at' is null and state ->> 'status' = 'active')
                      over (partition by inspector_id order by valid_from, id) as was_serving
               from inspector_versions) v
      where is_serving is distinct from coalesce(was_serving, false)
        and not (was_serving is null and at = (select min(valid_from) from inspector_versions))
      order by at`,
  );
  return rows;
}

async function readExclusionDays(db: Knex): Promise<Registry['exclusions']> {
  return db('exclusions as x')
    .join('inspectors as i', 'i.id', 'x.inspector_id')
    .orderBy('x.declared_at')
    .select({ at: 'x.declared_at', department: 'i.department_code' });
}

export type FrozenCampaign = Freeze & { departments: string[] };

/** Every freeze, also of ceremonies that came to nothing, with what it took into its populations. */
export async function readFreezes(db: Knex): Promise<FrozenCampaign[]> {
  const { rows } = await db.raw<{
    rows: {
      id: number;
      code: string;
      name: string;
      at: Date;
      regions: string[];
      industries: IndustryRisk[];
      manifest: string;
      items: CoveringItem[] | null;
    }[];
  }>(
    `select y.id, c.code, c.name, y.frozen_at as at, c.region_codes as regions, c.industries, y.manifest,
            (select jsonb_agg(jsonb_build_object('code', ci.item_code, 'category', v.category,
                                                 'object_tags', v.object_tags, 'object_regions', v.object_regions)
                              order by ci.item_code)
               from campaign_items ci join item_versions v on v.id = ci.item_version_id
              where ci.campaign_id = c.id) as items
       from ceremonies y join campaigns c on c.id = y.campaign_id
      order by y.id`,
  );
  return rows.map(({ id, code, name, at, regions, industries, manifest, items }) => {
    const parsed = JSON.parse(manifest) as Manifest;
    return {
      ...{ campaign: code, campaignName: name, ceremonyId: id, at, regions, industries, items: items ?? [] },
      lines: linesOf(parsed, null),
      departments: parsed.teams.map((team) => team.department),
    };
  });
}

export async function readEntityNames(
  db: Knex,
  ids: readonly number[],
): Promise<Map<number, { creditCode: string; name: string }>> {
  const rows = await db('entities')
    .whereIn('id', [...ids])
    .select<{ id: number; creditCode: string; name: string }[]>({
      id: 'id',
      creditCode: 'credit_code',
      name: 'name',
    });
  return new Map(rows.map(({ id, creditCode, name }) => [id, { creditCode, name }]));
}
