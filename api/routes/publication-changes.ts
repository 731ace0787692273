import type { Knex } from 'knex';
import {
  insertCorrection,
  reviseCorrection,
  type CorrectionRow,
  type ResultContent,
} from '../../db/corrections';
import { readPublications, type PublicationRow } from '../../db/publication';
import { finishTask } from '../../db/tasks';
import { conflict, invalidField } from '../../domain/errors';
import { maskProblem } from '../../domain/visits/mask';
import { publicNameProblem } from '../../domain/visits/publications';
import { correctionsContract as contract } from '../contract/corrections';
import { implement } from '../implement';
import {
  answerAndTell,
  assertKind,
  assertMayAsk,
  auditCorrection,
  knownCorrection,
  lockedVisit,
  reviseKey,
} from '../visits/correction-request';
import { askDecision } from '../visits/correction-tasks';
import { versionOf } from '../visits/publications';
import { seenVisit } from '../visits/seen-visit';

export const publicationChangeRoutes = [
  implement(contract.requestPublicationChange, async (request, context) => {
    const { params, body, actor } = request;
    const row = await seenVisit(context.db, params.id, actor);
    await context.db.transaction(async (trx) => {
      const { campaign, items } = await lockedVisit(trx, row);
      const at = context.now();
      for (const code of new Set(body.items)) {
        const item = items.find((one) => one.item_code === code);
        if (!item) throw invalidField('not-in-visit', 'items', `该户本次不检查事项“${code}”。`);
        const { kind, reason } = body;
        const department = item.department_code;
        await assertMayAsk(trx, { campaign, row }, { kind, department_code: department }, actor);
        const entityName = await nameOf(trx, row.id, code, kind, body);
        const content = unchanged(item.result_code, item.method);
        const id = await insertCorrection(trx, {
          ...{ kind, entityName, visitId: row.id, item: code, department },
          ...{ content, old: content, reason, actorId: actor.id, at },
        });
        if (id === null)
          throw conflict('correction-under-way', `事项“${code}”已有更正或撤回的申请在办理，请先等它办结。`);
        await askDecision(trx, { kind, campaign, visit: row, id, round: 1, department }, actor, {
          at,
          reason,
        });
        await auditCorrection(trx, request, row.id, 'publication.request', { correction: id, ...body });
      }
    });
    return answerAndTell(request, context, row);
  }),

  implement(contract.revisePublicationChange, async (request, context) => {
    const { body, actor } = request;
    const { correction, row } = await knownCorrection(context.db, request.params.id, actor);
    await context.db.transaction(async (trx) => {
      const { campaign, items } = await lockedVisit(trx, row);
      const { id, kind, item_code: code, department_code: department } = correction;
      assertKind(correction, false);
      await assertMayAsk(trx, { campaign, row }, correction, actor);
      const at = context.now();
      const entityName = await nameOf(trx, row.id, code, kind, body);
      const item = items.find((one) => one.item_code === code);
      const content = unchanged(item?.result_code ?? null, item?.method ?? null);
      const wanted = { entityName, content, reason: body.reason, actorId: actor.id, at };
      if (!(await reviseCorrection(trx, id, wanted)))
        throw conflict('not-returned', '这项申请没有被退回，不能修改。');
      await finishTask(trx, reviseKey(correction), { at, by: actor.id });
      const again = { kind, campaign, visit: row, id, round: correction.round + 1, department };
      await askDecision(trx, again, actor, { at, reason: body.reason });
      await auditCorrection(trx, request, row.id, 'publication.revise', { correction: id, ...body });
    });
    return answerAndTell(request, context, row);
  }),
];

/** The record stays as it is; what it says is not copied. */
function unchanged(resultCode: number | null, method: ResultContent['method']): ResultContent {
  if (resultCode === null) throw notPublished();
  return { result_code: resultCode, opinion: '', answers: {}, method };
}

const notPublished = () => conflict('not-published', '这个事项的结果还没有公示，不用更正或撤回公示。');

/** The name that is asked for, where the request would have the public read something else; null for a withdrawal. */
async function nameOf(
  trx: Knex,
  visitId: number,
  item: string,
  kind: CorrectionRow['kind'],
  given: { entityName?: string | undefined; reason: string },
): Promise<string | null> {
  const problem = maskProblem(given.reason);
  if (problem !== null) throw invalidField('personal-data', 'reason', problem);
  const row = (await readPublications(trx, visitId)).find((one) => one.item_code === item);
  if (!row) throw notPublished();
  const name = kind === 'publication' ? publicNameIn(row, given.entityName) : null;
  if (versionOf({ kind, entity_name: name }, row) === null)
    throw kind === 'withdrawal'
      ? conflict('withdrawn-already', '这个事项的公示已经撤回。')
      : conflict('nothing-corrected', '公示的内容与检查记录一致，名称也没有改动，没有需要更正的。');
  return name;
}

function publicNameIn(row: PublicationRow, given: string | undefined): string {
  const name = given ?? row.entity_name;
  const problem = publicNameProblem(name, row.entity_type);
  if (problem !== null) throw invalidField('personal-data', 'entityName', problem);
  return name;
}
