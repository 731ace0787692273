/** The entity registry as lists show it. */
import type { Knex } from 'knex';
import type { Flag } from '../domain/registry/risk';
import { readsAsCode } from '../domain/registry/search-text';
import { filterEntities, type EntityFilter } from './entity-filter';
import { alongWays, waysTo, type Ways } from './entity-ways';
import { registryAt } from './registry-days';

export interface EntityRow {
  id: number;
  credit_code: string;
  name: string;
  status: 'active' | 'revoked' | 'cancelled' | 'moved';
  region_code: string;
  entity_type: string;
  business_scope: string;
  address: string;
  established_on: string | null;
  tags: string[];
  risk_class: 'A' | 'B' | 'C' | 'D';
  draw_class: 'A' | 'B' | 'C' | 'D';
  flags: Flag[];
  complaints: number;
  industry_code: string;
  contact_name: string;
  contact_phone: string;
  listed_by: string[];
}

export interface EntityPage extends EntityFilter {
  /** As the registry was at the end of this day; left out: as it is. */
  until?: Date;
  /** Code or number of the last one before the page (`orderOf`). */
  after?: string | number;
  limit: number;
}

const COLUMNS = [
  'id',
  'credit_code',
  'name',
  'status',
  'region_code',
  'entity_type',
  'business_scope',
  'address',
  'established_on',
  'tags',
  'risk_class',
  'draw_class',
  'flags',
  'complaints',
  'industry_code',
  'contact_name',
  'contact_phone',
  'listed_by',
] as const satisfies (keyof EntityRow)[];

/** Entities of the registry, those whose code begins as asked in the order of codes, others in that of their arrival. */
export async function listEntities(db: Knex, page: EntityPage): Promise<EntityRow[]> {
  const order = orderOf(page);
  const ways = page.until === undefined ? await waysTo(db, page) : null;
  if (ways) return listAlong(db, ways, page);
  const parts = registryAt(db, page.until).map((part) => {
    filterEntities(part, page);
    if (page.after !== undefined) void part.where(order, '>', page.after);
    return part.orderBy(order).limit(page.limit).select(COLUMNS);
  });
  const [whole] = parts;
  const rows: unknown = await (whole && parts.length === 1
    ? whole
    : db.unionAll(parts, true).orderBy(order).limit(page.limit));
  return rows as EntityRow[];
}

async function listAlong(db: Knex, ways: Ways, page: EntityPage): Promise<EntityRow[]> {
  const met = alongWays(db, ways, page).orderBy('id').limit(page.limit).as('met');
  const rows: unknown = await db
    .from(met)
    .join('entities', 'entities.id', 'met.id')
    .orderBy('entities.id')
    .select(COLUMNS.map((column) => `entities.${column}`));
  return rows as EntityRow[];
}

/** Names by code, of those that ended too. */
export async function readEntitiesByCode(db: Knex, codes: readonly string[]): Promise<Map<string, string>> {
  const rows = await db<EntityRow>('entities')
    .whereIn('credit_code', [...codes])
    .select('credit_code', 'name');
  return new Map(rows.map((row) => [row.credit_code, row.name]));
}

/** Codes are found in their own order, without sorting all that begin alike. */
export const orderOf = ({ q }: EntityFilter): 'credit_code' | 'id' =>
  q !== undefined && readsAsCode(q) ? 'credit_code' : 'id';

/** Above this a number is told as PostgreSQL estimates it: counting would take longer than anybody waits while typing. */
const COUNTED = 20_000;

export async function countEntities(
  db: Knex,
  filter: EntityFilter & Pick<EntityPage, 'until'>,
): Promise<{ count: number; isEstimate: boolean }> {
  // However wrong an estimate is.
  const most = 5 * COUNTED;
  const ways = filter.until === undefined ? await waysTo(db, filter) : null;
  if (ways?.column === 'kind_id') return countSome(db, alongWays(db, ways).limit(most), most);
  const matching = (limit?: number) =>
    db.unionAll(
      registryAt(db, filter.until).map((part) => {
        filterEntities(part, filter);
        if (limit !== undefined) void part.limit(limit);
        return part.select('id');
      }),
      true,
    );
  const { rows: plans } = await db.raw<{ rows: [{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }] }>(
    'explain (format json) ?',
    [matching()],
  );
  const estimate = plans[0]['QUERY PLAN'][0].Plan['Plan Rows'];
  if (estimate > COUNTED) return { count: estimate, isEstimate: true };
  return countSome(db, matching(most), most);
}

async function countSome(
  db: Knex,
  some: Knex.QueryBuilder,
  most: number,
): Promise<{ count: number; isEstimate: boolean }> {
  const [row] = await db.from(some.as('some')).count<{ count: number }[]>('* as count');
  const count = row?.count ?? 0;
  return { count, isEstimate: count >= most };
}
