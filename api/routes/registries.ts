import { appendAudit } from '../../db/audit';
import {
  addExclusion,
  listEntities,
  listExclusions,
  listInspectors,
  type InspectorRow,
} from '../../db/registries';
import { dayOf } from '../../domain/deadlines/working-days';
import { forbidden, notFound } from '../../domain/errors';
import { hasRole, hasRoleIn, type Actor, type Role } from '../../domain/roles';
import { registriesContract as contract } from '../contract/registries';
import { decodeCursor, isId, pageOf } from '../cursor';
import { implement } from '../implement';
import { noEntity } from '../registries/entity-of';

export const registryRoutes = [
  implement(contract.listInspectors, async ({ query }, { db, now }) => {
    const { cursor, limit, department } = query;
    const afterId = decodeCursor(cursor, isId);
    const rows = await listInspectors(db, {
      limit: limit + 1,
      ...(department === undefined ? {} : { department }),
      ...(afterId === undefined ? {} : { afterId }),
    });
    const page = pageOf(rows, limit, (row) => row.id);
    return { ...page, rows: page.rows.map((row) => inspectorOf(row, dayOf(now()))) };
  }),

  implement(contract.listExclusions, async ({ query, actor }, { db }) => {
    const after = decodeCursor(query.cursor, isPair);
    const rows = await listExclusions(db, {
      limit: query.limit + 1,
      // Why somebody stays away from an entity is a private matter: it goes no further than it must.
      ...(hasRole(actor, 'supervisor', 'coordinator')
        ? {}
        : { scope: { departments: departmentsAs(actor, 'liaison', 'lead_officer'), userId: actor.id } }),
      ...(after ? { after } : {}),
    });
    const page = pageOf(rows, query.limit, (row) => [row.inspector_id, row.entity_id]);
    return {
      ...page,
      rows: page.rows.map(({ inspector, creditCode, reason }) => ({ inspector, creditCode, reason })),
    };
  }),

  implement(contract.declareExclusion, async ({ body, actor, address, requestId }, { db }) => {
    const [inspector] = await listInspectors(db, { code: body.inspector, limit: 1 });
    if (!inspector) throw notFound('inspector-not-found', `没有编号为“${body.inspector}”的执法人员。`);
    if (inspector.user_id !== actor.id && !hasRoleIn(actor, inspector.department_code, 'liaison')) {
      throw forbidden('not-own-inspector', '只能为本人或本部门的执法人员申报回避。');
    }
    const [entity] = await listEntities(db, { creditCode: body.creditCode, limit: 1 });
    if (!entity) throw noEntity(body.creditCode);
    await db.transaction(async (trx) => {
      const isNew = await addExclusion(trx, {
        inspectorId: inspector.id,
        entityId: entity.id,
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
];

/** Departments in which the actor holds one of the roles. */
export const departmentsAs = (actor: Actor, ...roles: Role[]): string[] =>
  actor.grants.filter((grant) => roles.includes(grant.role)).map((grant) => grant.department);

const isPair = (value: unknown): value is [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every(isId);

const inspectorOf = (row: InspectorRow, today: string) => ({
  code: row.code,
  departmentCode: row.department_code,
  name: row.name,
  certificateNumber: row.certificate_number,
  certificateValidUntil: row.certificate_valid_until,
  certificateValid: row.certificate_valid_until >= today,
  regions: row.regions,
  qualifications: row.qualifications,
  capacity: row.capacity,
  status: row.status,
});
