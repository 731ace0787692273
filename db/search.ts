/** What somebody types, looked for in names and codes: the few queries of it that no list has. */
import type { Knex } from 'knex';
import { nameKey } from '../domain/registry/search-text';
import { CAMPAIGN_IN_AREAS } from './areas';
import { filterEntities } from './entity-filter';

/** The newest first. */
export async function findCampaigns(
  db: Knex,
  { q, areas, limit }: { q: string; areas: readonly string[]; limit: number },
): Promise<{ code: string; name: string; lead_name: string }[]> {
  const { rows } = await db.raw<{ rows: { code: string; name: string; lead_name: string }[] }>(
    `select c.code, c.name, l.short_name as lead_name
       from campaigns c join departments l on l.code = c.lead_department
      where strpos(upper(normalize(c.name, nfkc)) || ' ' || upper(c.code), :key) > 0 and ${CAMPAIGN_IN_AREAS}
      order by c.id desc limit :limit`,
    { key: nameKey(q), areas: [...areas], limit },
  );
  return rows;
}

/** By their newest version, in the order of codes. */
export async function findItems(
  db: Knex,
  { q, limit }: { q: string; limit: number },
): Promise<{ code: string; name: string; department_name: string }[]> {
  const { rows } = await db.raw<{ rows: { code: string; name: string; department_name: string }[] }>(
    `select i.code, v.name, d.short_name as department_name
       from items i
       join departments d on d.code = i.department_code
       join lateral (select name from item_versions where item_code = i.code order by version desc limit 1) v on true
      where strpos(upper(normalize(v.name, nfkc)) || ' ' || upper(i.code), :key) > 0
      order by i.code limit :limit`,
    { key: nameKey(q), limit },
  );
  return rows;
}

/** Numbers of entities anywhere, as many as `limit` at most, whoever sees them: what hangs on them has its own limits. */
export async function entityIdsLike(db: Knex, q: string, limit: number): Promise<number[]> {
  const query = db('entities').limit(limit);
  filterEntities(query, { q });
  return query.pluck('id');
}
