import { hasEvent } from '../../db/handling';
import { listHandlingCases, type HandlingCaseRow } from '../../db/handling-views';
import { DomainError, forbidden, notFound } from '../../domain/errors';
import { areaPrefixesOf, departmentsOf, hasRoleIn } from '../../domain/roles';
import { workContract as contract } from '../contract/work';
import { decodeCursor, isId, pageOf } from '../cursor';
import { implement } from '../implement';

export const handlingRoutes = [
  implement(contract.listHandlingCases, async ({ query, actor }, { db }) => {
    const afterId = decodeCursor(query.cursor, isId);
    const areas = areaPrefixesOf(
      actor,
      'supervisor',
      'coordinator',
      'lead_officer',
      'credit_officer',
      'approver',
    );
    const rows = await listHandlingCases(db, {
      limit: query.limit + 1,
      ...(areas.length > 0 ? { areas } : { departments: departmentsOf(actor) }),
      ...(query.campaign === undefined ? {} : { campaign: query.campaign }),
      ...(query.entity === undefined ? {} : { entity: query.entity }),
      ...(afterId === undefined ? {} : { afterId }),
    });
    const page = pageOf(rows, query.limit, (row) => row.id);
    return { ...page, rows: page.rows.map(caseOf) };
  }),

  implement(
    contract.recordHandlingStep,
    async ({ params, body, actor, key, address, requestId }, context) => {
      const [row] = await listHandlingCases(context.db, { id: params.id, limit: 1 });
      if (!row) throw notFound('case-not-found', `没有编号为 ${params.id} 的后续处理。`);
      if (!hasRoleIn(actor, row.department, 'liaison', 'inspector')) {
        throw forbidden('other-department', `该案件由 ${row.department_name} 处理。`);
      }
      const { step, note } = body;
      await context.campaigns
        .takeHandlingStep({ caseId: row.id, key, actorId: actor.id, address, requestId, step, note })
        .catch(async (error: unknown) => {
          // The workflow refuses what it did before, in a run of it that is over.
          const isRefused = error instanceof DomainError && error.type === 'handling-step';
          if (!isRefused || !(await hasEvent(context.db, row.id, key))) throw error;
        });
      const [after] = await listHandlingCases(context.db, { id: params.id, limit: 1 });
      return caseOf(after ?? row);
    },
  ),
];

const caseOf = (row: HandlingCaseRow) => ({
  id: row.id,
  campaign: { code: row.campaign_code, name: row.campaign_name },
  visitId: row.visit_id,
  visitNumber: row.visit_number,
  entityName: row.entity_name,
  item: { code: row.item_code, name: row.item_name },
  department: { code: row.department, name: row.department_name },
  resultCode: row.result_code,
  track: row.track,
  status: row.status,
  outcome: row.outcome,
  openedAt: row.opened_at.toISOString(),
  closedAt: row.closed_at?.toISOString() ?? null,
  events: row.events.map((event) => ({ ...event, at: new Date(event.at).toISOString() })),
});
