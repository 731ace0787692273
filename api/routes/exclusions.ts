import { appendAudit } from '../../db/audit';
import { addExclusion, endExclusion, listExclusions, type ExclusionRow } from '../../db/exclusions';
import { listInspectors } from '../../db/inspectors';
import { listEntities } from '../../db/registries';
import { conflict, forbidden, notFound } from '../../domain/errors';
import { mayDeclareExclusion, mayEndExclusion, seesAllInspectors } from '../../domain/permissions/records';
import type { Actor } from '../../domain/roles';
import { inspectorsContract as contract } from '../contract/inspectors';
import { decodeCursor, isId, pageOf } from '../cursor';
import { implement } from '../implement';
import { departmentsAs } from '../departments-as';
import { noEntity } from '../registries/entity-of';

export const exclusionRoutes = [
  implement(contract.listExclusions, async ({ query, actor }, { db }) => {
    const after = decodeCursor(query.cursor, isPair);
    const rows = await listExclusions(db, {
      limit: query.limit + 1,
      standingOnly: true,
      // Why somebody stays away from an entity is a private matter: it goes no further than it must.
      ...(seesAllInspectors(actor)
        ? {}
        : { scope: { departments: departmentsAs(actor, 'liaison', 'lead_officer'), userId: actor.id } }),
      ...(after ? { after } : {}),
      ...(query.entity === undefined ? {} : { entity: query.entity }),
    });
    const page = pageOf(rows, query.limit, (row) => [row.inspector_id, row.entity_id]);
    return { ...page, rows: page.rows.map((row) => exclusionOf(row, actor)) };
  }),

  implement(contract.declareExclusion, async ({ body, actor, address, requestId }, { db }) => {
    const [inspector] = await listInspectors(db, { code: body.inspector, limit: 1 });
    if (!inspector) throw notFound('inspector-not-found', `没有编号为“${body.inspector}”的执法人员。`);
    const isOwn = inspector.user_id === actor.id;
    if (!mayDeclareExclusion(actor, { userId: inspector.user_id, department: inspector.department_code })) {
      throw forbidden('not-own-inspector', '只能为本人或本部门的执法人员申报回避。');
    }
    const [entity] = await listEntities(db, { creditCode: body.creditCode, limit: 1 });
    if (!entity) throw noEntity(body.creditCode);
    await db.transaction(async (trx) => {
      const isNew = await addExclusion(trx, {
        inspectorId: inspector.id,
        entityId: entity.id,
        kind: isOwn ? 'declared' : 'ordered',
        reason: body.reason,
        declaredBy: actor.id,
      });
      if (!isNew) return;
      await appendAudit(trx, {
        actorId: actor.id,
        action: 'exclusion.declare',
        subject: `inspector/${inspector.code}`,
        address,
        requestId,
        after: body,
      });
    });
    return body;
  }),

  implement(contract.endExclusion, async ({ params, body, actor, address, requestId }, { db, now }) => {
    const read = async () => (await listExclusions(db, { id: params.id, standingOnly: false, limit: 1 }))[0];
    const row = await read();
    if (!row) throw notFound('exclusion-not-found', `没有编号为 ${params.id} 的回避。`);
    if (!mayEnd(row, actor)) {
      throw forbidden('not-own-exclusion', '只能终止本人申报的或本部门人员的回避；部门责令的由部门终止。');
    }
    await db.transaction(async (trx) => {
      if (!(await endExclusion(trx, row.id, { actorId: actor.id, reason: body.reason, at: now() }))) {
        throw conflict('exclusion-ended', '这项回避已经终止。');
      }
      await appendAudit(trx, {
        actorId: actor.id,
        action: 'exclusion.end',
        subject: `inspector/${row.inspector}`,
        address,
        requestId,
        after: { creditCode: row.creditCode, reason: body.reason },
      });
    });
    const ended = await read();
    return exclusionOf(ended ?? row, actor);
  }),
];

const mayEnd = (row: ExclusionRow, actor: Actor): boolean =>
  mayEndExclusion(actor, { userId: row.inspectorUserId, department: row.inspectorDepartment }, row.kind);

export const exclusionOf = (row: ExclusionRow, actor: Actor) => ({
  id: row.id,
  inspector: row.inspector,
  creditCode: row.creditCode,
  entityName: row.entityName,
  kind: row.kind,
  reason: row.reason,
  declaredBy: row.declaredBy,
  declaredAt: row.declaredAt.toISOString(),
  endedBy: row.endedBy,
  endedAt: row.endedAt?.toISOString() ?? null,
  endReason: row.endReason,
  mayEnd: row.endedAt === null && mayEnd(row, actor),
});

const isPair = (value: unknown): value is [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every(isId);
