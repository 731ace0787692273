/** How often entities are inspected around a day: what the warnings of too frequent inspections are made from. */
import type { Knex } from 'knex';
import { beyondSight } from './acting';
import type { DrawClass } from '../domain/policies/parts';
import { SOON_DAYS, type CountedVisit } from '../domain/visits/frequency';

export interface FrequencyRow {
  visit_id: number;
  region_code: string;
  draw_class: DrawClass;
  tags: string[];
  day: string;
  others: CountedVisit[];
}

/** Of the entity, in the year of `d.day` or so near it that the two are soon after each other; by index. */
const AROUND = `
  select coalesce(jsonb_agg(jsonb_build_object('campaign', oc.code, 'name', oc.name, 'number', o.number, 'on', t.day)
                            order by t.day, o.id), '[]') as others
    from visits o
    join campaigns oc on oc.id = o.campaign_id
    left join visit_days oy on oy.visit_id = o.id and oy.replaced_at is null
   cross join lateral (select coalesce(o.visit_on, oy.day, oc.visit_from) as day) t
   where (t.day between d.day - cast(:soon as int) and d.day + cast(:soon as int)
          or extract(year from t.day) = extract(year from d.day))`;

export async function readFrequencies(db: Knex, visitIds: readonly number[]): Promise<FrequencyRow[]> {
  const { rows } = await beyondSight(db, async (all) =>
    all.raw<{ rows: FrequencyRow[] }>(
      `select v.id as visit_id, e.region_code, e.draw_class, e.tags, d.day, n.others
       from unnest(cast(:visits as bigint[])) i(id)
       join visits v on v.id = i.id
       join campaigns c on c.id = v.campaign_id
       join entities e on e.id = v.entity_id
       left join visit_days y on y.visit_id = v.id and y.replaced_at is null
      cross join lateral (select coalesce(v.visit_on, y.day, c.visit_from) as day) d
      cross join lateral (${AROUND} and o.entity_id = v.entity_id and o.id <> v.id) n`,
      { visits: [...visitIds], soon: SOON_DAYS },
    ),
  );
  return rows;
}

export async function readVisitsAround(db: Knex, entityId: number, day: string): Promise<CountedVisit[]> {
  const { rows } = await beyondSight(db, async (all) =>
    all.raw<{ rows: [{ others: CountedVisit[] }] }>(
      `select n.others from (select cast(:day as date) as day) d
      cross join lateral (${AROUND} and o.entity_id = :entity) n`,
      { day, entity: entityId, soon: SOON_DAYS },
    ),
  );
  return rows[0].others;
}
