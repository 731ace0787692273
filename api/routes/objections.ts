import type { Knex } from 'knex';
import { appendAudit } from '../../db/audit';
import { lockCampaign, readCampaign } from '../../db/campaigns';
import { tellAtOnce } from '../../db/notices';
import {
  decideObjection,
  insertObjection,
  listObjections,
  readEntityResults,
  type ObjectionRow,
} from '../../db/objections';
import { usersWith } from '../../db/recipients';
import { finishTask } from '../../db/tasks';
import type { PapersRow } from '../../db/visit-papers';
import { conflict, forbidden, invalidField, notFound } from '../../domain/errors';
import { objectionRefusal } from '../../domain/visits/objections';
import { objectionsContract as contract } from '../contract/objections';
import { implement } from '../implement';
import { answerersOf, decides, objectedOf } from '../visits/objections';
import { openNoticeOf, visitByCode } from '../visits/open-notice';
import { oweForVisit } from '../visits/owe';
import { knownPapers, papersOf } from '../visits/papers';

export const objectionRoutes = [
  implement(contract.objectToResult, async (request, context) => {
    const { db, now } = context;
    const { body, address, requestId } = request;
    const { row, purpose } = await visitByCode(db, body.code, address, now());
    const { item, reason, contact } = body;
    const at = now();
    await db.transaction(async (trx) => {
      const result = (await readEntityResults(trx, row.id)).find((one) => one.item === item);
      if (!result) throw invalidField('not-in-visit', 'item', '本次检查没有这个事项。');
      const objected = objectedOf(result, await listObjections(trx, { visitId: row.id }));
      const refusal = objectionRefusal(objected, at);
      if (refusal) throw conflict(refusal.type, refusal.message);
      const resultCode = objected.resultCode ?? 0;
      const id = await insertObjection(trx, { visitId: row.id, item, resultCode, reason, contact, at });
      if (id === null) throw conflict('objected-already', '对该事项的结果已经提出过异议，不用重复。');
      await giveTask(trx, row, { id, item, department: result.department }, at);
      await appendAudit(trx, {
        ...{ actorId: null, action: 'objection.ask', subject: `visit/${row.id}` },
        // Who is to be called is for those who answer alone.
        ...{ address, requestId, after: { item, resultCode, reason } },
      });
    });
    const { stage } = await readCampaign(db, row.campaign_code);
    request.afterwards(() => context.campaigns.somethingOwed({ code: row.campaign_code, stage }));
    return openNoticeOf(db, row, purpose, at);
  }),

  implement(contract.decideObjection, async (request, context) => {
    const { params, body, actor, address, requestId } = request;
    const [asked] = await listObjections(context.db, { id: params.id });
    if (!asked) throw notFound('objection-not-found', `没有编号为 ${params.id} 的异议。`);
    const row = await knownPapers(context.db, asked.visit_id);
    if (!(await decides(context.db, row, asked, actor))) {
      throw forbidden(
        'not-the-head',
        '异议由该事项所属部门没有参加检查和录入的负责人处理；没有的，由领导小组处理。',
      );
    }
    await context.db.transaction(async (trx) => {
      const at = context.now();
      const status = body.upholds ? 'upheld' : 'rejected';
      if (!(await decideObjection(trx, asked.id, { status, actorId: actor.id, at, note: body.note }))) {
        throw conflict('objection-decided', '这项异议已经处理。');
      }
      await finishTask(trx, `objection/${asked.id}`, { at, by: actor.id });
      const what = body.upholds
        ? `对“${asked.item_name}”结果的异议成立（${body.note}）。请在检查页面申请更正结果`
        : `对“${asked.item_name}”结果的异议不成立，结果不变`;
      await tell(trx, row, asked, what, at);
      await appendAudit(trx, {
        ...{ actorId: actor.id, action: 'objection.decide', subject: `visit/${row.id}` },
        ...{ address, requestId, after: { item: asked.item, ...body } },
      });
    });
    request.afterwards(() => context.campaigns.wakeNotices());
    return papersOf(context.db, row.id, actor);
  }),
];

/** The department owes the answer; its head who had no part in the inspection gives it. */
async function giveTask(
  trx: Knex,
  row: PapersRow,
  objection: Pick<ObjectionRow, 'id' | 'item' | 'department'>,
  at: Date,
): Promise<void> {
  const campaign = await lockCampaign(trx, row.campaign_code);
  const answering = await answerersOf(trx, row, objection);
  const { department } = objection;
  await oweForVisit(
    trx,
    campaign,
    {
      ...{ key: `objection/${objection.id}`, kind: 'answer-objection', visitId: row.id, department },
      ...{ assigneeId: answering[0] ?? null, params: { item: objection.item } },
    },
    at,
  );
  await tellAtOnce(trx, [
    {
      key: `visit/${row.id}/objection/${objection.id}`,
      kind: 'objection',
      campaignId: campaign.id,
      recipients: [...new Set([...answering, ...(await usersWith(trx, { role: 'liaison', department }))])],
      params: {
        number: row.number,
        entity: row.entity_name,
        what: `检查对象对“${row.items.find((one) => one.code === objection.item)?.name ?? objection.item}”的结果提出异议，请核实并答复`,
      },
      at,
    },
  ]);
}

/** Who recorded the result, and the department's liaisons. */
async function tell(
  trx: Knex,
  row: PapersRow,
  objection: ObjectionRow,
  what: string,
  at: Date,
): Promise<void> {
  const { item, department } = objection;
  const recorder = (await readEntityResults(trx, row.id)).find((one) => one.item === item)?.submitted_by;
  const liaisons = await usersWith(trx, { role: 'liaison', department });
  await tellAtOnce(trx, [
    {
      key: `visit/${row.id}/objection-decided/${objection.id}`,
      kind: 'objection',
      campaignId: row.campaign_id,
      recipients: [
        ...new Set([...liaisons, ...(recorder === null || recorder === undefined ? [] : [recorder])]),
      ],
      params: { number: row.number, entity: row.entity_name, what },
      at,
    },
  ]);
}
