import { isDeepStrictEqual } from 'node:util';
import type { Knex } from 'knex';
import type { z } from 'zod';
import {
  caseOfResult,
  decideCorrection,
  insertCorrection,
  keepCase,
  replaceResult,
  reviseCorrection,
  withdrawCorrection,
  type CorrectionRow,
  type ResultContent,
} from '../../db/corrections';
import { correctCredit } from '../../db/credit-records';
import { openCases, type VisitItemState } from '../../db/results';
import { cancelTask, finishTask } from '../../db/tasks';
import type { VisitRow } from '../../db/visit-views';
import { conflict, forbidden, invalidField } from '../../domain/errors';
import type { Actor } from '../../domain/roles';
import { consequencesOf, isOwnMatter, type Consequences } from '../../domain/visits/corrections';
import { maskProblem } from '../../domain/visits/mask';
import type { ResultCode } from '../../domain/visits/results';
import { correctionsContract as contract } from '../contract/corrections';
import { implement } from '../implement';
import type { correctionRevision } from '../schemas/corrections';
import { checkedResults } from '../visits/checked-results';
import {
  answerAndTell,
  assertDecides,
  assertKind,
  assertMayAsk,
  auditCorrection,
  decidedAlready,
  decideKey,
  knownCorrection,
  lockedVisit,
  reviseKey,
} from '../visits/correction-request';
import { askDecision, askRevision, tellOfCorrection } from '../visits/correction-tasks';
import { publishCorrected } from '../visits/publications';
import { noVisit, seenVisit } from '../visits/seen-visit';

export const correctionRoutes = [
  implement(contract.requestCorrection, async (request, context) => {
    const { params, body, actor } = request;
    const row = await seenVisit(context.db, params.id, actor);
    await context.db.transaction(async (trx) => {
      const { campaign, items } = await lockedVisit(trx, row);
      const item = items.find((one) => one.item_code === body.item);
      if (!item) throw invalidField('not-in-visit', 'item', `该户本次不检查事项“${body.item}”。`);
      const about = { kind: 'result', department_code: item.department_code } as const;
      await assertMayAsk(trx, { campaign, row }, about, actor);
      if (item.result_code === null)
        throw conflict('no-result-yet', '这个事项还没有提交结果，请直接录入，不用申请更正。');
      const at = context.now();
      const old = { ...item, result_code: item.result_code };
      const content = await contentOf(trx, row.id, items, body.item, body, old);
      await assertPossible(trx, row.id, body.item, old.result_code, content.result_code);
      const id = await insertCorrection(trx, {
        ...{ kind: 'result', visitId: row.id, item: body.item, department: item.department_code },
        ...{ entityName: null, content, old, reason: body.reason, actorId: actor.id, at },
      });
      if (id === null) throw conflict('correction-under-way', '这个事项已有更正申请在办理，请先等它办结。');
      const asked = { kind: 'result', campaign, visit: row, id, round: 1 } as const;
      const department = item.department_code;
      await askDecision(trx, { ...asked, department }, actor, { at, reason: body.reason });
      await auditCorrection(trx, request, row.id, 'correction.request', { correction: id, ...body });
    });
    return answerAndTell(request, context, row);
  }),

  implement(contract.reviseCorrection, async (request, context) => {
    const { body, actor } = request;
    const { correction, row } = await knownCorrection(context.db, request.params.id, actor);
    await context.db.transaction(async (trx) => {
      const { campaign, items } = await lockedVisit(trx, row);
      const { id, item_code: item, department_code: department, old_result_code: oldCode } = correction;
      assertKind(correction, true);
      await assertMayAsk(trx, { campaign, row }, correction, actor);
      const at = context.now();
      const old = items.find((one) => one.item_code === item);
      if (!old) throw noVisit(row.id);
      const content = await contentOf(trx, row.id, items, item, body, { ...old, result_code: oldCode });
      await assertPossible(trx, row.id, item, oldCode, content.result_code);
      const wanted = { entityName: null, content, reason: body.reason, actorId: actor.id, at };
      if (!(await reviseCorrection(trx, id, wanted)))
        throw conflict('not-returned', '这项更正申请没有被退回，不能修改。');
      await finishTask(trx, reviseKey(correction), { at, by: actor.id });
      const again = {
        ...{ kind: 'result' as const, campaign, visit: row },
        ...{ id, round: correction.round + 1, department },
      };
      await askDecision(trx, again, actor, { at, reason: body.reason });
      await auditCorrection(trx, request, row.id, 'correction.revise', { correction: id, ...body });
    });
    return answerAndTell(request, context, row);
  }),

  implement(contract.withdrawCorrection, async (request, context) => {
    const { actor } = request;
    const { correction, row } = await knownCorrection(context.db, request.params.id, actor);
    await context.db.transaction(async (trx) => {
      const { campaign } = await lockedVisit(trx, row);
      await assertMayAsk(trx, { campaign, row }, correction, actor);
      if (!(await withdrawCorrection(trx, correction.id))) throw decidedAlready();
      for (const key of [decideKey(correction), reviseKey(correction)])
        await cancelTask(trx, key, context.now());
      await auditCorrection(trx, request, row.id, 'correction.withdraw', { correction: correction.id });
    });
    return answerAndTell(request, context, row);
  }),

  implement(contract.decideCorrection, async (request, context) => {
    const { body, actor } = request;
    const { row } = await knownCorrection(context.db, request.params.id, actor);
    if (!body.accepts && body.note === '') throw invalidField('reason-needed', 'note', '退回请写明理由。');
    await context.db.transaction(async (trx) => {
      const { campaign } = await lockedVisit(trx, row);
      const { correction } = await knownCorrection(trx, request.params.id, actor);
      await assertDecides(trx, row, correction, actor);
      const at = context.now();
      const consequences = body.accepts ? await carryOut(trx, row, correction, actor, at) : null;
      const decision = { actorId: actor.id, at, note: body.note, consequences };
      const status = body.accepts ? 'approved' : 'returned';
      if (!(await decideCorrection(trx, correction.id, { status, ...decision }))) throw decidedAlready();
      await finishTask(trx, decideKey(correction), { at, by: actor.id });
      const about = {
        ...{ kind: correction.kind, campaign, visit: row },
        ...{ id: correction.id, round: correction.round },
      };
      const department = correction.department_code;
      if (!body.accepts) await askRevision(trx, { ...about, department }, correction.asked_by, at);
      await tellOfCorrection(trx, { ...about, department }, correction, { ...body, at });
      await auditCorrection(trx, request, row.id, `correction.${status}`, {
        correction: correction.id,
        ...decision,
      });
    });
    return answerAndTell(request, context, row);
  }),
];

/** What the result is to be, read against its check form; something of it must differ. */
async function contentOf(
  trx: Knex,
  visitId: number,
  items: readonly VisitItemState[],
  item: string,
  given: z.output<typeof correctionRevision>,
  old: ResultContent,
): Promise<ResultContent> {
  const problem = maskProblem(given.reason);
  if (problem !== null) throw invalidField('personal-data', 'reason', problem);
  const [checked] = await checkedResults(trx, { visitId, items }, [{ ...given, item }], () => '');
  if (!checked) throw noVisit(visitId);
  const { resultCode, opinion, answers, method = null } = checked;
  const isSame =
    resultCode === old.result_code &&
    opinion.trim() === old.opinion.trim() &&
    method === (old.method ?? method) &&
    isDeepStrictEqual(answers, old.answers);
  if (isSame) throw conflict('nothing-corrected', '更正后的内容与原结果相同，没有需要更正的。');
  return { result_code: resultCode, opinion: opinion.trim(), answers, method };
}

async function assertPossible(
  trx: Knex,
  visitId: number,
  item: string,
  from: number,
  to: number,
): Promise<void> {
  const led = await caseOfResult(trx, { visitId, item });
  const leadsTo = consequencesOf(from as ResultCode, to as ResultCode, led);
  if ('refusal' in leadsTo) throw conflict('correction-blocked', leadsTo.refusal);
}

/** The result is another one from now on, and so is what follows from it. */
async function carryOut(
  trx: Knex,
  row: VisitRow,
  correction: CorrectionRow,
  actor: Actor,
  at: Date,
): Promise<Consequences> {
  const place = { visitId: row.id, item: correction.item_code };
  const resultCode = correction.result_code as ResultCode;
  const led = await caseOfResult(trx, place, true);
  if (isOwnMatter(actor.id, correction.asked_by, led))
    throw forbidden('own-submission', '该结果引起的案件中有您提出、待决定的事项：更正由其他负责人审批。');
  const leadsTo = consequencesOf(correction.old_result_code as ResultCode, resultCode, led);
  if ('refusal' in leadsTo) throw conflict('correction-blocked', leadsTo.refusal);
  if (correction.kind === 'result') await replaceResult(trx, place, correction);
  await publishCorrected(trx, correction, at);
  const { strike, keep, open } = leadsTo;
  if (strike !== null) {
    const reason = `检查结果经批准更正：${correction.reason}`;
    await correctCredit(trx, { case_id: strike }, { reason, actorId: actor.id, at });
  }
  if (keep !== null) await keepCase(trx, keep, resultCode);
  if (open !== null) {
    const violation = { item: place.item, department: correction.department_code, resultCode, track: open };
    await openCases(trx, row, [violation], correction.id);
  }
  return leadsTo;
}
