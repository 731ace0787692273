import type { Knex } from 'knex';
import { appendAudit } from '../../db/audit';
import {
  hasUnfinishedVisits,
  lockVisit,
  openCases,
  readTeamMember,
  readVisitItems,
  setVisitDay,
  storeResults,
  type LockedVisit,
  type VisitItemState,
} from '../../db/results';
import { dropDrafts } from '../../db/result-drafts';
import { finishTask } from '../../db/tasks';
import { listVisits } from '../../db/visit-views';
import { TAKES_RESULTS } from '../../domain/campaigns';
import { dayOf } from '../../domain/deadlines/working-days';
import { conflict, forbidden, invalid, invalidField } from '../../domain/errors';
import { mayEnterResult } from '../../domain/permissions/rules';
import type { Actor } from '../../domain/roles';
import { approvalState, notApproved } from '../../domain/visits/approvals';
import { trackOf } from '../../domain/visits/results';
import { workContract as contract } from '../contract/work';
import { decodeCursor, isId, pageOf } from '../cursor';
import { implement } from '../implement';
import { approvalsOfVisit } from '../visits/approvals';
import { checkedResults, type SubmittedResult } from '../visits/checked-results';
import { noVisit, seenVisit } from '../visits/seen-visit';
import { sightOf } from '../visits/sight';
import { visitDetail, visitOf } from '../visits/visit-detail';

export const visitRoutes = [
  implement(contract.listVisits, async ({ query, actor }, { db }) => {
    const { cursor, limit, campaign, entity, department, mine, state } = query;
    const afterId = decodeCursor(cursor, isId);
    const rows = await listVisits(db, {
      state,
      limit: limit + 1,
      ...sightOf(actor, mine === 'true'),
      ...(campaign === undefined ? {} : { campaign }),
      ...(entity === undefined ? {} : { entity }),
      ...(department === undefined ? {} : { department }),
      ...(afterId === undefined ? {} : { afterId }),
    });
    const page = pageOf(rows, limit, (row) => row.id);
    return { ...page, rows: page.rows.map(visitOf) };
  }),

  implement(contract.readVisit, ({ params, actor }, context) => visitDetail(context, params.id, actor)),

  implement(contract.submitResults, async (request, context) => {
    const { db, now, campaigns } = context;
    const { params, body, actor, address, requestId } = request;
    await seenVisit(db, params.id, actor);
    const news = await db.transaction(async (trx) => {
      const visit = await lockVisit(trx, params.id);
      if (!visit) throw noVisit(params.id);
      const items = await readVisitItems(trx, visit.id);
      const allowed = await submittable(trx, visit, items, actor, body.visitOn);
      await assertApproved(trx, visit, allowed, items);
      const fresh = body.results.filter((result, at) => isNew(result, at, items, allowed));
      assertVisitDay(visit, body.visitOn, now());
      if (fresh.length === 0) return null;
      const answered = await checkedResults(
        trx,
        { visitId: visit.id, items },
        fresh,
        (item) => `results.${body.results.findIndex((one) => one.item === item)}.`,
      );
      await storeResults(trx, visit.id, answered, actor.id, now());
      await dropDrafts(
        trx,
        visit.id,
        fresh.map((result) => result.item),
      );
      const after = await readVisitItems(trx, visit.id);
      const isFinished = after.every((item) => item.result_code !== null);
      await setVisitDay(trx, visit.id, body.visitOn, isFinished ? now() : null);
      for (const department of new Set(after.map((item) => item.department_code))) {
        const own = after.filter((item) => item.department_code === department);
        if (own.every((item) => item.result_code !== null)) {
          await finishTask(trx, `results/${visit.id}/${department}`, { at: now(), by: actor.id });
        }
      }
      const violations = violationsOf(fresh, items);
      const cases = await openCases(trx, visit, violations);
      await appendAudit(trx, {
        actorId: actor.id,
        action: 'visit.results',
        subject: `visit/${visit.id}`,
        address,
        requestId,
        after: {
          visitOn: body.visitOn,
          results: fresh.map(({ item, resultCode }) => ({ item, resultCode })),
        },
      });
      return {
        visit,
        isFinished,
        cases,
      };
    });
    if (news) {
      const { visit, isFinished } = news;
      for (const id of news.cases) request.afterwards(() => campaigns.startHandling(id));
      // Asked after the commit: of two that finish at once, one at least sees that nothing is left.
      const isLast = isFinished && !(await hasUnfinishedVisits(db, visit.campaign_id));
      // What lies between moves nothing on, and would be an event in oversight's history for each visit.
      if (visit.stage === 'dispatched' || isLast)
        request.afterwards(() => campaigns.resultsArrived(visit.campaign_code));
    }
    return visitDetail(context, params.id, actor);
  }),
];

async function submittable(
  trx: Knex,
  visit: LockedVisit,
  items: readonly VisitItemState[],
  actor: Actor,
  visitOn: string,
): Promise<Set<string>> {
  if (!TAKES_RESULTS.includes(visit.stage)) {
    throw conflict('campaign-stage', '任务未派发或已公示，不能录入结果。');
  }
  const member = await readTeamMember(trx, visit.id, actor.id);
  const own = items.filter((item) => mayEnterResult(actor, item.department_code, member));
  if (own.length === 0) {
    throw forbidden('not-your-visit', '这不是您的检查任务：只有该户的检查人员或其部门联络员可以录入。');
  }
  if (member?.assigned === true && member.certificate_valid_until < visitOn) {
    throw forbidden(
      'certificate-expired',
      `您的执法证件已于 ${member.certificate_valid_until} 到期，不能在 ${visitOn} 开展检查。请先换证，或由部门另行派员。`,
    );
  }
  return new Set(own.map((item) => item.item_code));
}

/** Each inspection is approved before it starts (国办发〔2024〕54号). */
async function assertApproved(
  trx: Knex,
  visit: LockedVisit,
  allowed: ReadonlySet<string>,
  items: readonly VisitItemState[],
): Promise<void> {
  const own = new Set(
    items.filter((item) => allowed.has(item.item_code)).map((item) => item.department_code),
  );
  const open = (await approvalsOfVisit(trx, visit)).find(
    (one) => own.has(one.department) && one.status !== 'approved',
  );
  if (open) throw conflict('inspection-not-approved', notApproved(approvalState(open), open.note));
}

function assertVisitDay(visit: LockedVisit, visitOn: string, now: Date): void {
  const message =
    visitOn > dayOf(now)
      ? `检查日期 ${visitOn} 还没有到。`
      : visitOn < visit.visit_from
        ? `检查日期 ${visitOn} 早于任务开始的 ${visit.visit_from}。`
        : visit.visit_on !== null && visit.visit_on !== visitOn
          ? `各部门同日上门：该户的检查日期已登记为 ${visit.visit_on}。`
          : null;
  if (message !== null) throw invalidField('bad-visit-date', 'visitOn', message);
}

/** Whether a result is to be stored; the same result again is no news, another one is refused. */
function isNew(
  result: SubmittedResult,
  at: number,
  items: readonly VisitItemState[],
  allowed: ReadonlySet<string>,
): boolean {
  const field = `results.${at}.item`;
  const state = items.find((item) => item.item_code === result.item);
  if (!state) {
    const message = `该户本次不检查事项“${result.item}”。`;
    throw invalid('not-in-visit', message, [{ field, message }]);
  }
  if (!allowed.has(result.item)) {
    throw forbidden('other-department', `事项“${result.item}”由 ${state.department_code} 检查和录入。`);
  }
  if (state.result_code === null) return true;
  if (state.result_code === result.resultCode && state.opinion === result.opinion) return false;
  throw conflict(
    'result-submitted',
    `事项“${result.item}”的结果已经录入，不能更改；有错误的，请在检查页面申请更正。`,
  );
}

function violationsOf(fresh: readonly SubmittedResult[], items: readonly VisitItemState[]) {
  return fresh.flatMap(({ item, resultCode }) => {
    const track = trackOf(resultCode);
    const department = items.find((one) => one.item_code === item)?.department_code;
    return track === null || department === undefined ? [] : [{ item, department, resultCode, track }];
  });
}
