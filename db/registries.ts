/** The two registries as lists show them, and recusals. */
import type { Knex } from 'knex';
import { prefixOf } from '../domain/regions/covers';

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
  flags: string[];
  complaints: number;
  industry_code: string;
  contact_name: string;
  contact_phone: string;
  listed_by: string[];
}

export interface EntityFilter {
  creditCode?: string;
  /** Start of the name or of the credit code. */
  q?: string;
  region?: string;
  tag?: string;
  /** Only entities inside one of these areas. */
  areas?: readonly string[];
  afterId?: number;
  limit: number;
}

/** Entities that are in the registry now. */
export async function listEntities(db: Knex, filter: EntityFilter): Promise<EntityRow[]> {
  const query = db<EntityRow>('entities').whereNull('ended_at').orderBy('id').limit(filter.limit);
  if (filter.creditCode !== undefined) void query.where('credit_code', filter.creditCode);
  if (filter.afterId !== undefined) void query.where('id', '>', filter.afterId);
  if (filter.tag !== undefined) void query.whereRaw('tags @> array[?::text]', [filter.tag]);
  if (filter.region !== undefined) inAreas(query, [filter.region]);
  if (filter.areas) inAreas(query, filter.areas);
  if (filter.q !== undefined && filter.q !== '') {
    const start = `${filter.q.replace(/[\\%_]/g, '\\$&')}%`;
    void query.where((either) => {
      void either.whereRaw('name like ?', [start]).orWhereRaw('credit_code like ?', [start.toUpperCase()]);
    });
  }
  return query.select(
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
  );
}

/** Names by code, of those that ended too. */
export async function readEntitiesByCode(db: Knex, codes: readonly string[]): Promise<Map<string, string>> {
  const rows = await db<EntityRow>('entities')
    .whereIn('credit_code', [...codes])
    .select('credit_code', 'name');
  return new Map(rows.map((row) => [row.credit_code, row.name]));
}

/** One condition per area, each of which an index can serve; `like any (…)` it can't. */
function inAreas(query: Knex.QueryBuilder, areas: readonly string[]): void {
  void query.where((either) => {
    void either.whereRaw('false');
    for (const area of areas) void either.orWhereRaw('region_code like ?', [`${prefixOf(area)}%`]);
  });
}

export interface InspectorRow {
  id: number;
  code: string;
  department_code: string;
  name: string;
  certificate_number: string;
  certificate_valid_until: string;
  regions: string[];
  qualifications: string[];
  capacity: number | null;
  status: 'active' | 'leave' | 'left';
  user_id: number | null;
}

export async function listInspectors(
  db: Knex,
  filter: { department?: string; code?: string; afterId?: number; limit: number },
): Promise<InspectorRow[]> {
  const query = db<InspectorRow>('inspectors').whereNull('ended_at').orderBy('id').limit(filter.limit);
  if (filter.code !== undefined) void query.where('code', filter.code);
  if (filter.department !== undefined) void query.where('department_code', filter.department);
  if (filter.afterId !== undefined) void query.where('id', '>', filter.afterId);
  return query.select(
    'id',
    'code',
    'department_code',
    'name',
    'certificate_number',
    'certificate_valid_until',
    'regions',
    'qualifications',
    'capacity',
    'status',
    'user_id',
  );
}

export interface ExclusionRow {
  inspector_id: number;
  entity_id: number;
  inspector: string;
  creditCode: string;
  reason: string;
}

export interface ExclusionFilter {
  /** Only recusals of inspectors of these departments, or of the inspector who is this user. */
  scope?: { departments: readonly string[]; userId: number };
  after?: [number, number];
  limit: number;
}

export async function listExclusions(db: Knex, filter: ExclusionFilter): Promise<ExclusionRow[]> {
  const query = db('exclusions as x')
    .join('inspectors as i', 'i.id', 'x.inspector_id')
    .join('entities as e', 'e.id', 'x.entity_id')
    .orderBy(['x.inspector_id', 'x.entity_id'])
    .limit(filter.limit)
    .select({
      inspector_id: 'x.inspector_id',
      entity_id: 'x.entity_id',
      inspector: 'i.code',
      creditCode: 'e.credit_code',
      reason: 'x.reason',
    });
  if (filter.after) void query.whereRaw('(x.inspector_id, x.entity_id) > (?, ?)', filter.after);
  const { scope } = filter;
  if (scope) {
    void query.where((either) => {
      void either.whereIn('i.department_code', [...scope.departments]).orWhere('i.user_id', scope.userId);
    });
  }
  return query;
}

/** Declares a recusal; false where it was declared before. */
export async function addExclusion(
  trx: Knex,
  exclusion: { inspectorId: number; entityId: number; reason: string; declaredBy: number },
): Promise<boolean> {
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    `insert into exclusions (inspector_id, entity_id, reason, declared_by)
     values (:inspector, :entity, :reason, :by) on conflict do nothing`,
    {
      inspector: exclusion.inspectorId,
      entity: exclusion.entityId,
      reason: exclusion.reason,
      by: exclusion.declaredBy,
    },
  );
  return rowCount > 0;
}
