import { appendAudit } from '../../db/audit';
import { correctCredit, listCreditRecords } from '../../db/credit-records';
import { addHandlingPolicy, listHandlingPolicies } from '../../db/handling-policies';
import { listDepartments } from '../../db/organisation';
import { dayOf } from '../../domain/deadlines/working-days';
import { conflict, invalid, notFound, type FieldProblem } from '../../domain/errors';
import type { HandlingPolicy } from '../../domain/handling/policy';
import { prefixOf } from '../../domain/regions/covers';
import { areaPrefixesOf, hasRole, type Actor } from '../../domain/roles';
import { handlingContract as contract } from '../contract/handling';
import { decodeCursor, isId, pageOf } from '../cursor';
import { creditRecordOf, keepsCreditIn } from '../handling/credit-record-of';
import { implement } from '../implement';
import type { Knex } from 'knex';
import type { z } from 'zod';
import type { creditRecordQuery } from '../schemas/handling';

export const creditRecordRoutes = [
  implement(contract.listCreditRecords, async ({ query, actor }, { db, now }) => {
    const beforeId = decodeCursor(query.cursor, isId);
    const rows = await listCreditRecords(db, {
      ...creditFilterOf(query, actor, now()),
      ...(beforeId === undefined ? {} : { beforeId }),
      limit: query.limit + 1,
    });
    const page = pageOf(rows, query.limit, (row) => row.id);
    return { ...page, rows: page.rows.map((row) => creditRecordOf(row, actor)) };
  }),

  implement(
    contract.correctCreditRecord,
    async ({ params, body, actor, address, requestId }, { db, now }) => {
      const read = async (from: Knex) => {
        const [row] = await listCreditRecords(from, { id: params.id, limit: 1 });
        if (!row || !keepsCreditIn(actor, row.region_code))
          throw notFound('credit-record-not-found', '没有这条信用记录，或不在您的辖区。');
        return row;
      };
      return db.transaction(async (trx) => {
        const row = await read(trx);
        if (row.kind === 'abnormal-operations' || row.kind === 'serious-violation')
          throw conflict('listed', '列入名单的记录随案件移出或撤销，不能单独更正。');
        const correction = { reason: body.reason, actorId: actor.id, at: now() };
        if ((await correctCredit(trx, { id: params.id }, correction)) === 0)
          throw conflict('corrected-before', '这条记录已经更正。');
        await appendAudit(trx, {
          actorId: actor.id,
          action: 'credit-record.correct',
          subject: `handling-case/${row.case_id}`,
          address,
          requestId,
          after: { record: row.id, reason: body.reason },
        });
        return creditRecordOf(await read(trx), actor);
      });
    },
  ),

  implement(contract.listHandlingPolicies, ({ actor }, { db }) => policiesFor(db, actor)),

  implement(contract.setHandlingPolicy, async ({ body, actor, address, requestId }, { db, now }) =>
    db.transaction(async (trx) => {
      const { content, reason, basedOn } = body;
      await trx.raw('lock table handling_policies in share row exclusive mode');
      const [inForce] = await listHandlingPolicies(trx);
      if (inForce && inForce.version !== basedOn)
        throw conflict(
          'policy-changed',
          `设置已由${inForce.author ?? ''}改为第 ${inForce.version} 版：请重新打开后再改。`,
        );
      await assertDepartments(trx, content);
      await addHandlingPolicy(trx, { content, reason, createdBy: actor.id, at: now() });
      await appendAudit(trx, {
        actorId: actor.id,
        action: 'handling-policy.set',
        subject: 'handling-policy',
        address,
        requestId,
        before: inForce?.content,
        after: { ...content, reason },
      });
      return policiesFor(trx, actor);
    }),
  ),
];

const policiesFor = async (db: Knex, actor: Actor) => ({
  rows: (await listHandlingPolicies(db)).map(({ created_at, ...row }) => ({
    ...row,
    createdAt: created_at?.toISOString() ?? null,
  })),
  mayEdit: hasRole(actor, 'credit_officer'),
});

async function assertDepartments(db: Knex, content: HandlingPolicy): Promise<void> {
  const known = new Set((await listDepartments(db)).map((one) => one.code));
  const problems: FieldProblem[] = [];
  const check = (field: string, code: string | null) => {
    if (code !== null && !known.has(code)) problems.push({ field, message: `没有代码为“${code}”的部门。` });
  };
  content.measures.forEach((one, at) => check(`content.measures.${at}.department`, one.department));
  for (const list of ['abnormal-list', 'serious-list'] as const)
    check(`content.keepers.${list}`, content.keepers[list]);
  if (problems.length > 0)
    throw invalid('unknown-department', problems.map((one) => one.message).join(''), problems);
}

/** What of the records somebody asks for, in their areas. */
export const creditFilterOf = (
  query: Omit<z.output<typeof creditRecordQuery>, 'cursor' | 'limit'>,
  actor: Actor,
  now: Date,
) => {
  const { entity, department, region, kind } = query;
  return {
    ...(entity === undefined ? {} : { entity }),
    ...(department === undefined ? {} : { department }),
    ...(region === undefined ? {} : { region: prefixOf(region) }),
    ...(kind === undefined ? {} : { kind }),
    ...(query.public === undefined ? {} : { isPublic: query.public === 'true' }),
    ...(query.counting === 'true' ? { countsOn: dayOf(now) } : {}),
    areas: areaPrefixesOf(
      actor,
      'credit_officer',
      'supervisor',
      'coordinator',
      'lead_officer',
      'approver',
      'liaison',
    ),
  };
};
