/** Entities in operation that had as many visits in a year as their yearly cap allows. */
import type { Knex } from 'knex';
import type { DrawClass } from '../domain/policies/parts';

export interface CappedQuestion {
  /** Whose year counts. */
  day: string;
  /** The kinds that a cap is for (`cappedKinds`). */
  kinds: readonly { id: number; stratum: string; cap: number }[];
}

export interface CappedEntity {
  id: number;
  credit_code: string;
  name: string;
  region_code: string;
  tags: string[];
  risk_class: DrawClass;
  draw_class: DrawClass;
  stratum: string;
  cap: number;
  /** What was counted, the first one first. */
  visits: { campaign: string; name: string; on: string | null }[];
}

/** Grouped in the order of the index `visits_entity`: a page reads the visits behind `:after` until it is full. */
const CAPPED = `
  from (select v.entity_id, count(*) as visits
          from visits v join campaigns c on c.id = v.campaign_id
         where v.entity_id > :after
           and coalesce(v.visit_on, c.visit_from) between cast(:from as date) and cast(:to as date)
         group by v.entity_id) n
  join entities e on e.id = n.entity_id
  join unnest(cast(:kinds as int[]), cast(:strata as text[]), cast(:caps as int[])) as k (id, stratum, cap) on k.id = e.kind_id
 where e.ended_at is null and e.status = 'active' and n.visits >= k.cap`;

const bindingsOf = ({ day, kinds }: CappedQuestion, after = 0) => ({
  after,
  kinds: kinds.map(({ id }) => id),
  strata: kinds.map(({ stratum }) => stratum),
  caps: kinds.map(({ cap }) => cap),
  from: `${day.slice(0, 4)}-01-01`,
  to: `${day.slice(0, 4)}-12-31`,
});

/** In the order in which entities came into the registry. */
export async function listCapped(
  db: Knex,
  { after, limit, ...question }: CappedQuestion & { after: number | undefined; limit: number },
): Promise<CappedEntity[]> {
  const { rows } = await db.raw<{ rows: CappedEntity[] }>(
    `with page as (
       select e.id, e.credit_code, e.name, e.region_code, e.tags, e.risk_class, e.draw_class, k.stratum, k.cap
         ${CAPPED} order by e.id limit :limit)
     select p.*, s.visits
       from page p
      cross join lateral (
        select jsonb_agg(jsonb_build_object('campaign', c.code, 'name', c.name, 'on', v.visit_on)
                         order by coalesce(v.visit_on, c.visit_from), v.id) as visits
          from visits v join campaigns c on c.id = v.campaign_id
         where v.entity_id = p.id
           and coalesce(v.visit_on, c.visit_from) between cast(:from as date) and cast(:to as date)) s
      order by p.id`,
    { ...bindingsOf(question, after), limit },
  );
  return rows;
}

export async function countCapped(
  db: Knex,
  question: CappedQuestion,
): Promise<{ stratum: string; entities: number }[]> {
  const { rows } = await db.raw<{ rows: { stratum: string; entities: number }[] }>(
    `select k.stratum, count(*) as entities ${CAPPED} group by k.stratum order by k.stratum`,
    bindingsOf(question),
  );
  return rows;
}
