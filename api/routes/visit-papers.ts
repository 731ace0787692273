import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { beyondSight } from '../../db/acting';
import { insertAmendment } from '../../db/amendments';
import { appendAudit } from '../../db/audit';
import { lockCampaign } from '../../db/campaigns';
import { addExclusion } from '../../db/exclusions';
import { tellAtOnce } from '../../db/notices';
import { usersWith } from '../../db/recipients';
import { finishTask } from '../../db/tasks';
import {
  decideRecusal,
  insertCode,
  listRecusals,
  recordArrival,
  recordLeaving,
  type PapersRow,
  type RecusalRow,
} from '../../db/visit-papers';
import { AMENDMENT_LABELS } from '../../domain/amendments';
import { isPossible } from '../../domain/campaigns';
import { dayOf, endOf, shift } from '../../domain/deadlines/working-days';
import { conflict, forbidden, notFound } from '../../domain/errors';
import type { Actor } from '../../domain/roles';
import { codeOf } from '../../domain/visits/notice-code';
import { visitPapersContract as contract } from '../contract/visit-papers';
import { implement } from '../implement';
import { hashToken } from '../middleware/session-cookie';
import { inspectionDecider } from '../visits/approvals';
import { decidersOf } from '../visits/deciders';
import { peopleOf } from '../visits/open-notice';
import { oweForVisit } from '../visits/owe';
import { knownPapers, papersOf, teamOf } from '../visits/papers';
import { seenVisit } from '../visits/seen-visit';

/** The entity rates after the visit, reads what is published, objects to it and reads the answer. */
const DAYS_AFTER = 120;

export const visitPaperRoutes = [
  implement(contract.readVisitPapers, async ({ params, actor }, { db }) => {
    await seenVisit(db, params.id, actor);
    return papersOf(db, params.id, actor);
  }),

  implement(contract.issueVisitCode, async ({ params, body, actor, address, requestId }, context) => {
    const { db, now, settings } = context;
    await seenVisit(db, params.id, actor);
    const { mayIssue, window } = await papersOf(db, params.id, actor);
    if (!mayIssue) throw forbidden('not-your-visit', '通知书由该户的检查人员或其部门联络员出具。');
    const code = codeOf(randomBytes(20));
    const at = now();
    const today = dayOf(at);
    const lastDay =
      body.purpose === 'notice' ? shift([window.to, today].sort()[1] ?? today, DAYS_AFTER) : today;
    const expiresAt = endOf(lastDay);
    await db.transaction(async (trx) => {
      await insertCode(trx, {
        ...{
          hash: hashToken(code),
          visitId: params.id,
          purpose: body.purpose,
          actorId: actor.id,
          at,
          expiresAt,
        },
      });
      await appendAudit(trx, {
        ...{ actorId: actor.id, action: `visit.code-${body.purpose}`, subject: `visit/${params.id}` },
        ...{ address, requestId },
      });
    });
    // Behind the hash: browsers keep that to themselves, and no server logs it.
    return { code, url: `${settings.publicUrl}/public/visit#${code}`, expiresAt: expiresAt.toISOString() };
  }),

  implement(contract.recordArrival, async ({ params, body, actor, address, requestId }, { db, now }) => {
    const row = await memberVisit(db, params.id, actor);
    await db.transaction(async (trx) => {
      const isNew = await recordArrival(trx, row.id, {
        ...{ at: now(), by: { actorId: actor.id, reason: body.reason }, people: peopleOf(row, body.people) },
      });
      if (!isNew) throw conflict('arrived-already', '到场已经登记。');
      await appendAudit(trx, {
        ...{ actorId: actor.id, action: 'visit.arrival', subject: `visit/${row.id}` },
        ...{ address, requestId, after: body },
      });
    });
    return papersOf(db, row.id, actor);
  }),

  implement(contract.recordLeaving, async ({ params, body, actor, address, requestId }, { db, now }) => {
    const row = await memberVisit(db, params.id, actor);
    await db.transaction(async (trx) => {
      const by = { actorId: actor.id, reason: body.reason };
      if (!(await recordLeaving(trx, row.id, { at: now(), by }))) {
        throw conflict('not-there', '还没有登记到场，或离场已经登记。');
      }
      await appendAudit(trx, {
        ...{ actorId: actor.id, action: 'visit.leaving', subject: `visit/${row.id}` },
        ...{ address, requestId, after: body },
      });
    });
    return papersOf(db, row.id, actor);
  }),

  implement(contract.decideRecusal, async (request, context) => {
    const { params, body, actor, address, requestId } = request;
    const [asked] = await listRecusals(context.db, { id: params.id });
    if (!asked) throw notFound('recusal-not-found', `没有编号为 ${params.id} 的回避申请。`);
    const row = await knownPapers(context.db, asked.visit_id);
    const decides = await inspectionDecider(context.db, actor);
    const place = { department: asked.department, region_code: row.region_code };
    if (!decides(place, teamOf(row, asked))) {
      throw forbidden(
        'not-the-head',
        '回避申请由该检查人员所在部门、不在该户检查组的负责人决定；没有的，由领导小组决定。',
      );
    }
    await context.db.transaction(async (trx) => {
      const at = context.now();
      const amendmentId = body.grants
        ? await askReplacement(trx, row, asked.inspector, body.note, actor, at)
        : null;
      const isOpen = await decideRecusal(trx, asked.id, {
        status: body.grants ? 'granted' : 'refused',
        ...{ actorId: actor.id, at, note: body.note, amendmentId },
      });
      if (!isOpen) throw conflict('recusal-decided', '这项回避申请已经处理。');
      if (body.grants) await keepAway(trx, row, asked, actor);
      await finishTask(trx, `recusal/${asked.id}`, { at, by: actor.id });
      await appendAudit(trx, {
        ...{ actorId: actor.id, action: 'recusal.decide', subject: `visit/${row.id}` },
        ...{ address, requestId, after: { inspector: asked.inspector, ...body, amendment: amendmentId } },
      });
    });
    request.afterwards(() => context.campaigns.wakeNotices());
    return papersOf(context.db, row.id, actor);
  }),
];

async function memberVisit(db: Knex, id: number, actor: Actor): Promise<PapersRow> {
  await seenVisit(db, id, actor);
  if (!(await papersOf(db, id, actor)).mayRecord) {
    throw forbidden('not-your-visit', '到场和离场只能由该户的检查人员登记。');
  }
  return knownPapers(db, id);
}

/** Who goes instead is found by the next ticket, under the rules of a replacement and with its approval: never by choice. */
async function askReplacement(
  trx: Knex,
  row: PapersRow,
  inspector: string,
  note: string,
  actor: Actor,
  at: Date,
): Promise<number> {
  const campaign = await lockCampaign(trx, row.campaign_code);
  const department = row.inspectors.find((one) => one.code === inspector)?.department;
  const owes = row.items.some((item) => item.department === department && item.open);
  if (!isPossible('amend', campaign.stage) || !owes) {
    throw conflict(
      'too-late',
      '该检查人员已不在检查组，或其部门的结果已经录入：不能再回避，请写明情况不予准许。',
    );
  }
  const reason = `准予当事人的回避申请：${note}`;
  const id = await beyondSight(trx, (all) =>
    insertAmendment(all, {
      campaignId: row.campaign_id,
      amendment: { kind: 'replacement', inspector, visits: [row.number] },
      ...{ reason, actorId: actor.id, at },
    }),
  );
  const approvers = await usersWith(trx, { role: 'approver', department: campaign.lead_department });
  const groups = await usersWith(trx, { role: 'approver', kind: 'leading-group' });
  await tellAtOnce(trx, [
    {
      key: `${campaign.code}/amendment-requested/${id}`,
      kind: 'amendment-requested',
      campaignId: campaign.id,
      // Nobody approves what they asked for: where the lead's head has decided, the leading group is told as well.
      recipients: (approvers.includes(actor.id) ? [...new Set([...approvers, ...groups])] : approvers).filter(
        (one) => one !== actor.id,
      ),
      params: { by: actor.name, what: AMENDMENT_LABELS.replacement, reason },
      at,
    },
  ]);
  return id;
}

/**
 * No later draw sends them there either. The reason goes into the public files of every draw, so it says of which visit it
 * is and nothing of what the entity wrote.
 */
const keepAway = (trx: Knex, row: PapersRow, asked: RecusalRow, actor: Actor): Promise<boolean> =>
  beyondSight(trx, (all) =>
    addExclusion(all, {
      inspectorId: asked.inspector_id,
      entityId: row.entity_id,
      kind: 'ordered',
      reason: `准予当事人的回避申请（${row.campaign_code} 第 ${row.number} 户）`,
      declaredBy: actor.id,
    }),
  );

/** The head of the inspector's department owes the decision. */
export async function giveRecusalTask(
  trx: Knex,
  row: PapersRow,
  recusal: { id: number; department: string; inspector: string },
  at: Date,
): Promise<void> {
  const campaign = await lockCampaign(trx, row.campaign_code);
  const { department } = recusal;
  const asked = row.inspectors.find((one) => one.code === recusal.inspector)?.user ?? null;
  const keptOut = teamOf(row, { department, user_id: asked });
  const [head] = await decidersOf(trx, { department, region: row.region_code }, keptOut);
  await oweForVisit(
    trx,
    campaign,
    {
      ...{ key: `recusal/${recusal.id}`, kind: 'decide-recusal', visitId: row.id, department },
      ...{ assigneeId: head ?? null, params: { inspector: recusal.inspector } },
    },
    at,
  );
}
