import type { Knex } from 'knex';
import { appendAudit } from '../../db/audit';
import {
  listDeliveries,
  listOpenRows,
  listTargets,
  lockTarget,
  newestPublished,
  readDeliveryFile,
  resendDelivery,
  storeTarget,
  type DeliveryRow,
  type ListedTarget,
} from '../../db/delivery-views';
import { RESENDABLE } from '../../domain/deliveries/course';
import { cellsOf } from '../../domain/deliveries/fields';
import { DELIVERY_PRESETS, layoutProblems } from '../../domain/deliveries/target';
import { conflict, invalid, notFound } from '../../domain/errors';
import { deliveriesContract as contract } from '../contract/deliveries';
import { decodeCursor, isId, pageOf } from '../cursor';
import { FileAnswer, implement } from '../implement';

const PREVIEWED = 5;

export const deliveryRoutes = [
  implement(contract.listDeliveryTargets, async (_request, { db, settings }) => ({
    rows: (await listTargets(db)).map(targetOf),
    presets: DELIVERY_PRESETS.map((preset) => ({ ...preset, columns: [...preset.columns] })),
    kinds: [...settings.deliveryKinds],
  })),

  implement(contract.previewDelivery, async ({ body: { columns } }, { db }) => ({
    headings: columns.map((column) => column.heading),
    rows: (await newestPublished(db, PREVIEWED)).map((row) => cellsOf(columns, row)),
    problems: layoutProblems(columns),
  })),

  implement(
    contract.saveDeliveryTarget,
    async ({ params: { code }, body: { basedOn, ...asked }, actor, address, requestId }, { db }) => {
      const problems = layoutProblems(asked.columns);
      if (problems.length > 0)
        throw invalid('delivery-columns', problems.map((problem) => problem.message).join(''), problems);
      await db.transaction(async (trx) => {
        const before = await lockTarget(trx, code);
        if (!before && !/^[a-z][a-z0-9-]{1,39}$/.test(code))
          throw invalid(
            'delivery-code',
            '代码由小写英文字母开头，只用小写字母、数字和短横线，2 到 40 个字符。',
            [{ field: 'code', message: '如 credit-platform' }],
          );
        if (before && basedOn === null)
          throw conflict('delivery-code-taken', `代码 ${code} 已用于“${before.name}”：请换一个代码。`);
        if ((before?.version ?? null) !== basedOn)
          throw conflict('delivery-target-changed', '刚被别人修改过：请重新打开，看过新的内容再修改。');
        const after = { ...asked, code, version: (before?.version ?? 0) + 1 };
        await storeTarget(trx, after);
        await appendAudit(trx, {
          ...{ actorId: actor.id, action: 'delivery-target.save', subject: `delivery-target/${code}` },
          ...{ address, requestId, ...(before ? { before: { ...before } } : {}), after },
        });
      });
      return targetOf(await knownTarget(db, code));
    },
  ),

  implement(contract.listDeliveries, async ({ params: { code }, query }, { db }) => {
    await knownTarget(db, code);
    const before = decodeCursor(query.cursor, isId) ?? null;
    const page = pageOf(
      await listDeliveries(db, code, before, query.limit + 1),
      query.limit,
      (row) => row.id,
    );
    return { ...page, rows: page.rows.map(deliveryOf) };
  }),

  implement(contract.listDeliveryRows, async ({ params: { id }, query }, { db }) => {
    const after = decodeCursor(query.cursor, isId) ?? 0;
    const rows = await listOpenRows(db, id, query.outcome, { after, limit: query.limit + 1 });
    if (rows.length === 0) await knownFile(db, id);
    const page = pageOf(rows, query.limit, (row) => row.id);
    return {
      ...page,
      rows: page.rows.map((row) => ({
        ...{ id: row.id, creditCode: row.credit_code, entityName: row.entity_name },
        ...{ itemCode: row.item_code, itemName: row.item_name, reason: row.reason },
      })),
    };
  }),

  implement(contract.readDeliveryFile, async ({ params: { id } }, { db }) => {
    const file = await knownFile(db, id);
    return new FileAnswer(file.content, file.file_name);
  }),

  implement(contract.resendDelivery, async ({ params: { id }, actor, address, requestId }, { db, now }) => {
    await db.transaction(async (trx) => {
      const resent = await resendDelivery(trx, id, now());
      if (!resent)
        throw notFound(
          'delivery-not-failed',
          `没有编号为 ${id} 的未送达批次；可能已有人再次发送，请刷新列表。`,
        );
      await appendAudit(trx, {
        ...{ actorId: actor.id, action: 'delivery.resend', subject: `delivery/${id}` },
        ...{ address, requestId, after: resent },
      });
    });
    return undefined;
  }),
];

async function knownTarget(db: Knex, code: string): Promise<ListedTarget> {
  const target = (await listTargets(db)).find((one) => one.code === code);
  if (!target) throw notFound('delivery-target-not-found', `没有代码为 ${code} 的系统。`);
  return target;
}

async function knownFile(db: Knex, id: number) {
  const file = await readDeliveryFile(db, id);
  if (!file) throw notFound('delivery-not-found', `没有编号为 ${id} 的批次。`);
  return file;
}

const targetOf = ({ id: _id, columns, ...target }: ListedTarget) => ({ ...target, columns: [...columns] });

const deliveryOf = (row: DeliveryRow) => ({
  ...{ id: row.id, number: row.number, campaign: row.campaign, fileName: row.file_name, sha256: row.sha256 },
  ...{ status: row.status, rows: row.rows, accepted: row.accepted, refused: row.refused },
  unanswered: row.rows - row.accepted - row.refused,
  ...{ attempts: row.attempts, reply: row.last_reply },
  mayResend: RESENDABLE.some((status) => status === row.status),
  createdAt: row.created_at.toISOString(),
  sentAt: row.sent_at?.toISOString() ?? null,
  acknowledgedAt: row.acknowledged_at?.toISOString() ?? null,
});
