import type { Knex } from 'knex';
import { appendAudit } from '../../db/audit';
import { listExclusions } from '../../db/exclusions';
import {
  countInspectorVisits,
  insertInspector,
  listInspectors,
  listInspectorVersions,
  listInspectorVisits,
  lockInspector,
  updateInspector,
  type InspectorFacts,
  type InspectorFilter,
  type InspectorRow,
} from '../../db/inspectors';
import { listRegions } from '../../db/organisation';
import { ratioPolicies } from '../../db/ratio-policies';
import { campaignsAwaiting } from '../../db/registry-changes';
import { listTrainings } from '../../db/trainings';
import { dayOf } from '../../domain/deadlines/working-days';
import { conflict, forbidden, invalid, notFound } from '../../domain/errors';
import { actsForDepartment, mayDeclareExclusion, seesInspectorFile } from '../../domain/permissions/records';
import { relationsToInspector, shownAs, sightOn } from '../../domain/privacy/fields';
import type { Actor } from '../../domain/roles';
import { inspectorsContract as contract } from '../contract/inspectors';
import { decodeCursor, isId, pageOf } from '../cursor';
import { implement } from '../implement';
import type { inspectorEdit, inspectorExportQuery } from '../schemas/inspectors';
import { csvAnswer } from '../tables';
import { exclusionOf } from './exclusions';
import { trainingOf } from './trainings';
import { versionsOf } from '../inspectors/versions';
import { maskedFacts } from '../inspectors/masked';
import { INSPECTOR_TABLE } from '../inspectors/table';
import type { z } from 'zod';

const SHOWN_VISITS = 100;
const ALL = 100_000;

export const inspectorRoutes = [
  implement(contract.listInspectors, async ({ query, actor }, { db, now }) => {
    const { cursor, limit, ...filters } = query;
    const afterId = decodeCursor(cursor, isId);
    const today = dayOf(now());
    const rows = await listInspectors(db, {
      ...filterOf(filters, today),
      limit: limit + 1,
      ...(afterId === undefined ? {} : { afterId }),
    });
    const page = pageOf(rows, limit, (row) => row.id);
    return { ...page, rows: page.rows.map((row) => inspectorOf(row, today, actor)) };
  }),

  implement(contract.downloadInspectors, async ({ query, actor }, { db, now }) => {
    const rows = await listInspectors(db, { ...filterOf(query, dayOf(now())), limit: ALL });
    const isClear = (row: InspectorRow) => query.personal === 'clear' && maySee(row, actor);
    const seen = rows.map((row) => (isClear(row) ? row : maskedFacts(row)));
    return csvAnswer(INSPECTOR_TABLE, seen, 'onevisit-inspectors.csv');
  }),

  implement(contract.readInspector, async ({ params, actor }, { db, now }) =>
    inspectorOf(await existing(db, params.code), dayOf(now()), actor),
  ),

  implement(contract.readInspectorFile, async ({ params, actor }, { db, now }) => {
    const row = await existing(db, params.code);
    if (!maySee(row, actor)) {
      throw forbidden('other-department', '只有本人、本部门联络员和督查可以查看履历、回避和联系方式。');
    }
    const relations = relationsTo(row, actor);
    const year = new Date(`${dayOf(now()).slice(0, 4)}-01-01T00:00:00+08:00`);
    const [versions, exclusions, trainings, policy, visits, counts] = await Promise.all([
      listInspectorVersions(db, row.id),
      listExclusions(db, { inspectorId: row.id, standingOnly: false, limit: ALL }),
      listTrainings(db, { inspectorId: row.id }),
      ratioPolicies.inForce(db, dayOf(now())),
      listInspectorVisits(db, row.id, SHOWN_VISITS),
      countInspectorVisits(db, row.id, year),
    ]);
    return {
      email: row.email === null ? null : shownAs('inspectorMail', row.email, relations),
      phone: shownAs('inspectorPhone', row.phone, relations),
      contactSight: sightOn('inspectorPhone', relations),
      mayEdit: actsForDepartment(actor, row.department_code),
      mayDeclare: mayDeclareExclusion(actor, { userId: row.user_id, department: row.department_code }),
      versions: versionsOf(versions, relations),
      exclusions: exclusions.map((one) => exclusionOf(one, actor)),
      trainings: trainings.map((one) => trainingOf(one, actor)),
      trainingRequired: policy?.training_required ?? false,
      workload: { open: counts.open, doneThisYear: counts.done },
      visits: visits.map((visit) => ({
        id: visit.id,
        number: visit.number,
        campaign: { code: visit.campaign, name: visit.campaign_name },
        entity: { creditCode: visit.credit_code, name: visit.entity_name },
        visitOn: visit.visit_on,
        finishedAt: visit.finished_at?.toISOString() ?? null,
      })),
    };
  }),

  implement(contract.createInspector, async ({ body, actor, address, requestId }, { db, now }) => {
    const { code, reason, ...rest } = body;
    if (!actsForDepartment(actor, rest.departmentCode)) throw otherDepartment();
    await assertKnownRegions(db, rest.regions);
    await db.transaction(async (trx) => {
      const change = { actorId: actor.id, reason, at: now() };
      if (!(await insertInspector(trx, code, factsOf(rest), change))) {
        throw conflict(
          'inspector-exists',
          `编号“${code}”已被使用（离开名录的人员也保留编号）；请换一个编号，或用导入使其重新入库。`,
        );
      }
      const subject = `inspector/${code}`;
      await appendAudit(trx, {
        ...{ actorId: actor.id, action: 'inspector.create', subject, address, requestId },
        after: maskedFacts(body),
      });
    });
    return inspectorOf(await existing(db, code), dayOf(now()), actor);
  }),

  implement(contract.editInspector, async (request, { db, now, campaigns }) => {
    const { params, body, actor, address, requestId } = request;
    const { reason, ...rest } = body;
    await assertKnownRegions(db, rest.regions);
    await db.transaction(async (trx) => {
      const before = await lockInspector(trx, params.code);
      if (!before) throw noInspector(params.code);
      if (!actsForDepartment(actor, before.department_code)) throw otherDepartment();
      await updateInspector(trx, before.id, factsOf(rest), { actorId: actor.id, reason, at: now() }).catch(
        refuseUnknownDepartment,
      );
      const subject = `inspector/${params.code}`;
      await appendAudit(trx, {
        ...{ actorId: actor.id, action: 'inspector.edit', subject, address, requestId },
        before: maskedFacts(before),
        after: maskedFacts(body),
      });
    });
    // Who still has visits to do may have to be replaced: their campaigns look now.
    for (const campaign of await campaignsAwaiting(db, params.code)) {
      request.afterwards(() => campaigns.resultsArrived(campaign));
    }
    return inspectorOf(await existing(db, params.code), dayOf(now()), actor);
  }),
];

const relationsTo = (row: InspectorRow, actor: Actor) =>
  relationsToInspector(actor, { userId: row.user_id, department: row.department_code });

const maySee = (row: InspectorRow, actor: Actor): boolean =>
  seesInspectorFile(actor, { userId: row.user_id, department: row.department_code });

const otherDepartment = () => forbidden('other-department', '只能管理本部门的执法人员。');

const noInspector = (code: string) =>
  notFound('inspector-not-found', `名录库中没有编号为“${code}”的执法人员。`);

async function existing(db: Knex, code: string): Promise<InspectorRow> {
  const [row] = await listInspectors(db, { code, limit: 1 });
  if (!row) throw noInspector(code);
  return row;
}

async function assertKnownRegions(db: Knex, regions: readonly string[]): Promise<void> {
  const known = new Set((await listRegions(db)).map((region) => region.code));
  const unknown = regions.filter((code) => !known.has(code));
  if (unknown.length === 0) return;
  const message = `没有这些行政区划代码：${unknown.join('、')}`;
  throw invalid('unknown-region', `${message}。`, [{ field: 'regions', message }]);
}

/** An inspector who is transferred needs a department to go to. */
function refuseUnknownDepartment(error: unknown): never {
  if (
    error instanceof Error &&
    'constraint' in error &&
    error.constraint === 'inspectors_department_code_fkey'
  ) {
    const message = '没有这个部门，请选择名单中的部门';
    throw invalid('unknown-department', `${message}。`, [{ field: 'departmentCode', message }]);
  }
  throw error;
}

/** How long before its end a certificate is a matter to be looked after. */
const EXPIRING_DAYS = 60;

const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

function filterOf(
  query: Omit<z.output<typeof inspectorExportQuery>, 'personal'>,
  today: string,
): Omit<InspectorFilter, 'limit' | 'afterId'> {
  const { certificate, training, q, department, status, region } = query;
  return {
    ...(q === undefined ? {} : { q }),
    ...(department === undefined ? {} : { department }),
    ...(status === undefined ? {} : { status }),
    ...(region === undefined ? {} : { region }),
    ...(certificate === 'expired' ? { validUntil: { from: null, to: daysAfter(today, -1) } } : {}),
    ...(certificate === 'expiring'
      ? { validUntil: { from: today, to: daysAfter(today, EXPIRING_DAYS) } }
      : {}),
    ...(training === 'invalid' ? { trainedUntil: { from: null, to: daysAfter(today, -1) } } : {}),
    ...(training === 'expiring'
      ? { trainedUntil: { from: today, to: daysAfter(today, EXPIRING_DAYS) } }
      : {}),
  };
}

const factsOf = (body: Omit<z.output<typeof inspectorEdit>, 'reason'>): InspectorFacts => ({
  department_code: body.departmentCode,
  name: body.name,
  certificate_number: body.certificateNumber,
  certificate_valid_until: body.certificateValidUntil,
  regions: [...new Set(body.regions)].sort(),
  qualifications: [...new Set(body.qualifications)].sort(),
  capacity: body.capacity,
  status: body.status,
  email: body.email,
  phone: body.phone,
});

const inspectorOf = (row: InspectorRow, today: string, actor: Actor) => ({
  code: row.code,
  departmentCode: row.department_code,
  name: row.name,
  certificateNumber: shownAs('certificate', row.certificate_number, relationsTo(row, actor)),
  certificateSight: sightOn('certificate', relationsTo(row, actor)),
  certificateValidUntil: row.certificate_valid_until,
  certificateValid: row.certificate_valid_until >= today,
  certificateExpiring:
    row.certificate_valid_until >= today && row.certificate_valid_until <= daysAfter(today, EXPIRING_DAYS),
  trainedUntil: row.trained_until,
  trainingExpiring:
    row.trained_until !== null &&
    row.trained_until >= today &&
    row.trained_until <= daysAfter(today, EXPIRING_DAYS),
  trainingValid: row.trained_until !== null && row.trained_until >= today,
  regions: row.regions,
  qualifications: row.qualifications,
  capacity: row.capacity,
  status: row.status,
});
