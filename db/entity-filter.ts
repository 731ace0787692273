/** Which entities a list is about; every condition is one that an index can serve. */
import type { Knex } from 'knex';
import { covers, prefixOf } from '../domain/regions/covers';
import { namePartsOf, nameKey, readsAsCode } from '../domain/registry/search-text';

export interface EntityFilter {
  creditCode?: string;
  /** Part of the name, at least two characters; or the start of the credit code. */
  q?: string;
  region?: string;
  tag?: string;
  status?: 'active' | 'revoked' | 'cancelled' | 'moved';
  drawClass?: 'A' | 'B' | 'C' | 'D';
  /** Start of a code of GB/T 4754. */
  industry?: string;
  /** A flag, or that there are complaints. */
  flag?: string;
  /** Whose registry it is in: by its tags (null: every entity), or because the department listed it. */
  department?: { code: string; tags: readonly string[] | null };
  /** Only entities inside one of these areas. */
  areas?: readonly string[];
}

/** Conditions on the columns of `entities`, which need not be the table itself. */
export function filterEntities(query: Knex.QueryBuilder, filter: EntityFilter): void {
  const { creditCode, q, region, tag, status, drawClass, industry, flag, department, areas } = filter;
  if (creditCode !== undefined) void query.where('credit_code', creditCode);
  if (q !== undefined && q !== '') search(query, q);
  if (region !== undefined) inAreas(query, [region]);
  if (areas && !areas.some((area) => region !== undefined && covers(area, region))) inAreas(query, areas);
  if (tag !== undefined) void query.whereRaw('tags @> array[?::text]', [tag]);
  // Apart, so that the index of those few can serve.
  if (status === 'active') void query.where('status', status);
  else if (status !== undefined) void query.where('status', status).whereRaw(`status <> 'active'`);
  if (drawClass !== undefined) void query.where('draw_class', drawClass);
  if (industry !== undefined)
    void query.whereRaw(`industry_code <> '' and industry_code like ?`, [`${industry}%`]);
  if (flag === 'complaints') void query.where('complaints', '>', 0);
  else if (flag !== undefined) void query.whereRaw(`flags <> '{}' and flags @> array[?::text]`, [flag]);
  if (department) inRegistryOf(query, department);
}

function search(query: Knex.QueryBuilder, q: string): void {
  if (readsAsCode(q)) {
    void query.whereRaw('credit_code like ?', [`${q.toUpperCase()}%`]);
    return;
  }
  const key = nameKey(q);
  const parts = namePartsOf(key);
  void query.whereRaw('name_parts(name) @> ?::text[]', [parts]);
  // Pairs that are all there need not be neighbours. Not "like": it would be taken to be rarer than the pairs say.
  if (parts.length > 1) void query.whereRaw('strpos(upper(normalize(name, nfkc)), ?) > 0', [key]);
}

/** One condition per area, each of which an index can serve; `like any (…)` it can't. */
function inAreas(query: Knex.QueryBuilder, areas: readonly string[]): void {
  void query.where((either) => {
    void either.whereRaw('false');
    for (const area of areas) {
      // Of one code an index also has the order.
      if (prefixOf(area) === area) void either.orWhere('region_code', area);
      else void either.orWhereRaw('region_code like ?', [`${prefixOf(area)}%`]);
    }
  });
}

function inRegistryOf(
  query: Knex.QueryBuilder,
  { code, tags }: NonNullable<EntityFilter['department']>,
): void {
  if (tags === null) return;
  void query.where((either) => {
    void either
      .whereRaw('tags && ?::text[]', [[...tags]])
      .orWhereRaw(`(listed_by <> '{}' and listed_by @> array[?::text])`, [code]);
  });
}
