/** Recusals: who stays away from whom, by whose word, and since when no more. */
import type { Knex } from 'knex';

export interface ExclusionRow {
  id: number;
  inspector_id: number;
  entity_id: number;
  inspector: string;
  inspectorDepartment: string;
  inspectorUserId: number | null;
  creditCode: string;
  entityName: string;
  kind: 'declared' | 'ordered';
  reason: string;
  declaredBy: string | null;
  declaredAt: Date;
  endedBy: string | null;
  endedAt: Date | null;
  endReason: string | null;
}

export interface ExclusionFilter {
  id?: number;
  inspectorId?: number;
  /** Credit code. */
  entity?: string;
  standingOnly: boolean;
  /** Only recusals of inspectors of these departments, or of the inspector who is this user. */
  scope?: { departments: readonly string[]; userId: number };
  after?: [number, number];
  limit: number;
}

export async function listExclusions(db: Knex, filter: ExclusionFilter): Promise<ExclusionRow[]> {
  const { id, inspectorId, entity, scope, after } = filter;
  const query = db('exclusions as x')
    .join('inspectors as i', 'i.id', 'x.inspector_id')
    .join('entities as e', 'e.id', 'x.entity_id')
    .leftJoin('users as d', 'd.id', 'x.declared_by')
    .leftJoin('users as b', 'b.id', 'x.ended_by')
    .orderBy(['x.inspector_id', 'x.entity_id', { column: 'x.id', order: 'desc' }])
    .limit(filter.limit)
    .select({
      id: 'x.id',
      inspector_id: 'x.inspector_id',
      entity_id: 'x.entity_id',
      inspector: 'i.code',
      inspectorDepartment: 'i.department_code',
      inspectorUserId: 'i.user_id',
      creditCode: 'e.credit_code',
      entityName: 'e.name',
      kind: 'x.kind',
      reason: 'x.reason',
      declaredBy: 'd.name',
      declaredAt: 'x.declared_at',
      endedBy: 'b.name',
      endedAt: 'x.ended_at',
      endReason: 'x.end_reason',
    });
  if (id !== undefined) void query.where('x.id', id);
  if (inspectorId !== undefined) void query.where('x.inspector_id', inspectorId);
  if (entity !== undefined) void query.where('e.credit_code', entity);
  if (filter.standingOnly) void query.whereNull('x.ended_at');
  if (after) void query.whereRaw('(x.inspector_id, x.entity_id) > (?, ?)', after);
  if (scope) {
    void query.where((either) => {
      void either.whereIn('i.department_code', [...scope.departments]).orWhere('i.user_id', scope.userId);
    });
  }
  return query;
}

/** Declares a recusal; false where it stands already. */
export async function addExclusion(
  trx: Knex,
  exclusion: {
    inspectorId: number;
    entityId: number;
    kind: ExclusionRow['kind'];
    reason: string;
    declaredBy: number;
  },
): Promise<boolean> {
  const { inspectorId, entityId, kind, reason, declaredBy } = exclusion;
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    `insert into exclusions (inspector_id, entity_id, kind, reason, declared_by)
     values (:inspectorId, :entityId, :kind, :reason, :declaredBy)
     on conflict (inspector_id, entity_id) where ended_at is null do nothing`,
    { inspectorId, entityId, kind, reason, declaredBy },
  );
  return rowCount > 0;
}

/** False where it had ended before. */
export async function endExclusion(
  trx: Knex,
  id: number,
  end: { actorId: number; reason: string; at: Date },
): Promise<boolean> {
  const changed = await trx('exclusions')
    .where({ id })
    .whereNull('ended_at')
    .update({ ended_at: end.at, ended_by: end.actorId, end_reason: end.reason });
  return changed > 0;
}
