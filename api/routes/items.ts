import type { Knex } from 'knex';
import { appendAudit } from '../../db/audit';
import {
  insertItem,
  insertVersion,
  listItems,
  listVersions,
  setVersion,
  supersede,
  updateVersion,
  type ItemRow,
} from '../../db/items';
import { conflict, forbidden, invalid, notFound } from '../../domain/errors';
import { changesBetween } from '../../domain/items/compare';
import { itemProblems } from '../../domain/items/rules';
import { actsForDepartment } from '../../domain/permissions/records';
import type { Actor } from '../../domain/roles';
import { itemsContract as contract } from '../contract/items';
import type { ApiContext } from '../context';
import { decodeCursor, pageOf } from '../cursor';
import { implement, type ApiRequest } from '../implement';
import { assertPublishable } from '../publishable';

export const itemRoutes = [
  implement(contract.listItems, async ({ query }, { db }) => {
    const { cursor, limit, department, status } = query;
    const afterCode = decodeCursor(cursor, isCode);
    const rows = await listItems(db, {
      limit: limit + 1,
      ...(department === undefined ? {} : { department }),
      ...(status === undefined ? {} : { status }),
      ...(afterCode === undefined ? {} : { afterCode }),
    });
    const page = pageOf(rows, limit, (row) => row.code);
    return { ...page, rows: page.rows.map(itemOf) };
  }),

  implement(contract.readItem, async ({ params }, { db }) => itemOf(await newest(db, params.code))),

  implement(contract.listItemVersions, async ({ params }, { db }) => ({
    rows: (await versionsOf(db, params.code, false)).map(itemOf),
  })),

  implement(contract.compareItemVersions, async ({ params, query }, { db }) =>
    compare(await versionsOf(db, params.code, false), query),
  ),

  implement(contract.createItem, async (request, context) => {
    const { code, departmentCode, draft } = request.body;
    assertOwn(request.actor, departmentCode);
    await change(request, context, 'create', code, async (trx) => {
      if (!(await insertItem(trx, code, departmentCode))) {
        throw conflict('item-exists', `事项编号“${code}”已被使用。`);
      }
      await insertVersion(trx, code, 1, draft, request.actor.id);
    });
    return itemOf(await newest(context.db, code));
  }),

  implement(contract.editItem, async (request, context) => {
    const { code } = request.params;
    await change(request, context, 'edit', code, async (trx) => {
      const row = await newest(trx, code);
      assertOwn(request.actor, row.department);
      if (row.status === 'submitted') throw conflict('item-submitted', '事项正在审核，退回后才能修改。');
      if (row.status === 'draft') await updateVersion(trx, row, request.body);
      else if (request.body.changeReason.trim() === '') {
        throw invalid('change-reason-missing', '修改已公布的事项须写明理由（法律修订、职能调整等）。', [
          { field: 'changeReason', message: '请写明理由' },
        ]);
      } else await insertVersion(trx, code, row.version + 1, request.body, request.actor.id);
    });
    return itemOf(await newest(context.db, code));
  }),

  implement(contract.submitItem, async (request, context) => {
    await change(request, context, 'submit', request.params.code, async (trx) => {
      const row = await newest(trx, request.params.code);
      assertOwn(request.actor, row.department);
      assertStatus(row, 'draft', '提交');
      const problems = itemProblems({
        legalBases: row.legal_bases,
        checkForm: row.sections,
        ratioPpm: row.ratio_ppm,
        statutoryRatioPpm: row.statutory_ratio_ppm,
        frequency: row.frequency,
        statutoryFrequency: row.statutory_frequency,
      });
      if (problems.length > 0) {
        const type = problems[0]?.field === 'legalBases' ? 'item-without-legal-basis' : 'item-incomplete';
        throw invalid(type, problems.map((problem) => problem.message).join(''), problems);
      }
      await setVersion(trx, row.version_id, {
        status: 'submitted',
        submitted_by: request.actor.id,
        submitted_at: context.now(),
        returned_reason: null,
      });
    });
    return itemOf(await newest(context.db, request.params.code));
  }),

  implement(contract.returnItem, async (request, context) => {
    await change(request, context, 'return', request.params.code, async (trx) => {
      const row = await newest(trx, request.params.code);
      assertStatus(row, 'submitted', '退回');
      await setVersion(trx, row.version_id, { status: 'draft', returned_reason: request.body.reason });
    });
    return itemOf(await newest(context.db, request.params.code));
  }),

  implement(contract.publishItem, async (request, context) => {
    await change(request, context, 'publish', request.params.code, async (trx) => {
      const row = await newest(trx, request.params.code);
      assertStatus(row, 'submitted', '公布');
      if (row.submitted_by === request.actor.id)
        throw forbidden('own-submission', '提交人不能公布自己提交的事项。');
      // Those that came by a file were in no request.
      assertPublishable('createItem', row);
      await supersede(trx, row.code, context.now());
      await setVersion(trx, row.version_id, {
        status: 'published',
        published_by: request.actor.id,
        published_at: context.now(),
      });
    });
    return itemOf(await newest(context.db, request.params.code));
  }),

  implement(contract.withdrawItem, async (request, context) => {
    await change(request, context, 'withdraw', request.params.code, async (trx) => {
      // A new version that is still being written does not keep the published one in force.
      const [published] = await listItems(trx, { code: request.params.code, status: 'published', limit: 1 });
      const row = published ?? (await newest(trx, request.params.code));
      assertStatus(row, 'published', '撤销');
      await setVersion(trx, row.version_id, {
        status: 'withdrawn',
        ended_at: context.now(),
        end_reason: request.body.reason,
      });
    });
    return itemOf(await newest(context.db, request.params.code));
  }),
];

/** One change with its audit entry, in one transaction. */
async function change(
  request: Pick<ApiRequest<unknown, unknown, unknown>, 'actor' | 'address' | 'requestId' | 'body'>,
  { db }: ApiContext,
  action: string,
  code: string,
  work: (trx: Knex) => Promise<void>,
): Promise<void> {
  await db.transaction(async (trx) => {
    await trx.raw('select 1 from items where code = ? for update', [code]);
    await work(trx);
    await appendAudit(trx, {
      actorId: request.actor.id,
      action: `item.${action}`,
      subject: `item/${code}`,
      address: request.address,
      requestId: request.requestId,
      after: request.body,
    });
  });
}

/** The newest first. */
export async function versionsOf(db: Knex, code: string, isPublic: boolean): Promise<ItemRow[]> {
  const rows = await listVersions(db, { code, isPublic });
  if (rows.length === 0) throw noItem(code);
  return rows;
}

export function compare(rows: readonly ItemRow[], { from, to }: { from: number; to: number }) {
  const [before, after] = [from, to].map((version) => {
    const row = rows.find((one) => one.version === version);
    if (!row) throw notFound('version-not-found', `事项“${rows[0]?.code ?? ''}”没有第 ${version} 版。`);
    return itemOf(row);
  }) as [ReturnType<typeof itemOf>, ReturnType<typeof itemOf>];
  return { from: before, to: after, changes: changesBetween(before, after, COMPARED) };
}

const COMPARED = [
  ...(['name', 'category', 'content', 'methods', 'legalBases', 'objectTags', 'objectRegions'] as const),
  ...(['qualifications', 'ratioPpm', 'statutoryRatioPpm', 'frequency', 'statutoryFrequency'] as const),
  ...(['checkForm', 'opinions'] as const),
];

const noItem = (code: string) => notFound('item-not-found', `没有编号为“${code}”的抽查事项。`);

async function newest(db: Knex, code: string): Promise<ItemRow> {
  const [row] = await listItems(db, { code, limit: 1 });
  if (!row) throw noItem(code);
  return row;
}

function assertOwn(actor: Actor, department: string): void {
  if (!actsForDepartment(actor, department)) {
    throw forbidden('other-department', `只能管理本部门的事项；该事项属于 ${department}。`);
  }
}

const STATUS_LABELS: Record<ItemRow['status'], string> = {
  draft: '草稿',
  submitted: '待审核',
  published: '已公布',
  superseded: '已被新版本取代',
  withdrawn: '已撤销',
};

function assertStatus(row: ItemRow, needed: ItemRow['status'], doing: string): void {
  if (row.status === needed) return;
  throw conflict(
    'item-status',
    `事项“${row.code}”为“${STATUS_LABELS[row.status]}”，只有“${STATUS_LABELS[needed]}”的可以${doing}。`,
  );
}

const isCode = (value: unknown): value is string => typeof value === 'string';

export const itemOf = (row: ItemRow) => ({
  code: row.code,
  departmentCode: row.department,
  version: row.version,
  status: row.status,
  name: row.name,
  content: row.content,
  category: row.category,
  methods: row.methods,
  legalBases: row.legal_bases,
  objectTags: row.object_tags,
  objectRegions: row.object_regions,
  qualifications: row.qualifications,
  ratioPpm: row.ratio_ppm,
  statutoryRatioPpm: row.statutory_ratio_ppm,
  frequency: row.frequency,
  statutoryFrequency: row.statutory_frequency,
  returnedReason: row.returned_reason,
  publishedAt: row.published_at?.toISOString() ?? null,
  changeReason: row.change_reason,
  endedAt: row.ended_at?.toISOString() ?? null,
  endReason: row.end_reason,
  checkForm: row.sections as never[],
  opinions: row.opinions,
});
