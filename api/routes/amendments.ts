import type { Knex } from 'knex';
import { appendAudit } from '../../db/audit';
import {
  decideAmendment,
  insertAmendment,
  listAmendments,
  lockAmendment,
  readEntries,
  readRecord,
  type AmendmentRow,
} from '../../db/amendments';
import { lockCampaign, readCampaign, type CampaignRow } from '../../db/campaigns';
import { readLiveCeremony } from '../../db/ceremonies';
import { tellAtOnce } from '../../db/notices';
import { usersWith } from '../../db/recipients';
import { hasPublishedVisits } from '../../db/supplement';
import { readOpenTeamsOf, readTeamMembers } from '../../db/team-changes';
import {
  alreadyPublished,
  AMENDMENT_LABELS,
  decidedAlready,
  extendedStrata,
  ownAmendment,
  standingStrata,
  type Amendment,
} from '../../domain/amendments';
import { isPossible, refusal } from '../../domain/campaigns';
import type { AmendInput } from '../../domain/commands';
import type { Manifest } from '../../domain/draw/manifest';
import { conflict, forbidden, invalid, notFound } from '../../domain/errors';
import { mayCommand, mayLead, speaksFor, type CampaignScope } from '../../domain/permissions/rules';
import type { Actor } from '../../domain/roles';
import { amendmentsContract as contract } from '../contract/amendments';
import { decodeCursor, isId, pageOf } from '../cursor';
import { FileAnswer, implement } from '../implement';
import { assertInSight, scopeOf } from './campaign-detail';
import { readPublic } from './public';

export const amendmentRoutes = [
  implement(contract.listAmendments, async ({ params, query, actor }, { db }) => {
    const campaign = await readCampaign(db, params.code);
    assertInSight(actor, campaign.region_codes);
    const scope = await scopeOf(db, campaign);
    const beforeId = decodeCursor(query.cursor, isId);
    const rows = await listAmendments(db, {
      campaignId: campaign.id,
      limit: query.limit + 1,
      ...(beforeId === undefined ? {} : { beforeId }),
    });
    const page = pageOf(rows, query.limit, (row) => row.id);
    return { ...page, rows: page.rows.map((row) => amendmentOf(row, actor, scope)) };
  }),

  implement(contract.requestAmendment, async (request, context) => {
    const { params, body, actor, address, requestId } = request;
    const { reason, ...wish } = body;
    const amendment: Amendment =
      wish.kind === 'replacement'
        ? wish
        : {
            kind: 'supplement',
            strata: wish.strata.map(({ ratioPpm, ...one }) => ({ ...one, ratio_ppm: ratioPpm })),
          };
    const { row, scope } = await context.db.transaction(async (trx) => {
      const campaign = await lockCampaign(trx, params.code);
      if (!isPossible('amend', campaign.stage)) {
        throw conflict('campaign-stage', refusal('amend', campaign.stage));
      }
      await assertMayAsk(trx, campaign, actor, amendment);
      await assertSensible(trx, campaign, amendment);
      const at = context.now();
      const id = await insertAmendment(trx, {
        campaignId: campaign.id,
        amendment,
        reason,
        actorId: actor.id,
        at,
      });
      const approvers = await usersWith(trx, { role: 'approver', department: campaign.lead_department });
      await tellAtOnce(trx, [
        {
          key: `${campaign.code}/amendment-requested/${id}`,
          kind: 'amendment-requested',
          campaignId: campaign.id,
          recipients: approvers.filter((approver) => approver !== actor.id),
          params: { by: actor.name, what: AMENDMENT_LABELS[amendment.kind], reason },
          at,
        },
      ]);
      await appendAudit(trx, {
        actorId: actor.id,
        action: 'amendment.request',
        subject: `campaign/${campaign.code}`,
        address,
        requestId,
        after: { id, reason, ...amendment },
      });
      return { row: await readAmendment(trx, campaign, id), scope: await scopeOf(trx, campaign) };
    });
    request.afterwards(() => context.campaigns.wakeNotices());
    return amendmentOf(row, actor, scope);
  }),

  implement(contract.approveAmendment, async ({ params, body, actor, key, address, requestId }, context) => {
    const campaign = await readCampaign(context.db, params.code);
    await assertMayDecide(context.db, campaign, actor, params.id);
    const input: AmendInput = {
      campaign: campaign.code,
      key,
      actorId: actor.id,
      address,
      requestId,
      amendment: params.id,
      note: body.note,
    };
    const { stage, note } = await context.campaigns.command('amend', input, campaign.stage);
    return { code: campaign.code, stage, note };
  }),

  implement(contract.refuseAmendment, async (request, context) => {
    const { params, body, actor, address, requestId } = request;
    const { row, scope } = await context.db.transaction(async (trx) => {
      const campaign = await lockCampaign(trx, params.code);
      await assertMayDecide(trx, campaign, actor, params.id);
      const asked = await lockAmendment(trx, campaign.id, params.id);
      if (!asked) throw noAmendment(params.id);
      if (asked.status !== 'requested') throw decidedAlready(asked);
      const at = context.now();
      await decideAmendment(trx, params.id, {
        status: 'refused',
        actorId: actor.id,
        at,
        note: body.note,
        outcome: null,
      });
      await tellAtOnce(trx, [
        {
          key: `${campaign.code}/amendment-refused/${params.id}`,
          kind: 'amendment-refused',
          campaignId: campaign.id,
          recipients: [asked.requestedBy],
          params: { what: AMENDMENT_LABELS[asked.amendment.kind], note: body.note },
          at,
        },
      ]);
      await appendAudit(trx, {
        actorId: actor.id,
        action: 'amendment.refuse',
        subject: `campaign/${campaign.code}`,
        address,
        requestId,
        after: { id: params.id, note: body.note },
      });
      return { row: await readAmendment(trx, campaign, params.id), scope: await scopeOf(trx, campaign) };
    });
    request.afterwards(() => context.campaigns.wakeNotices());
    return amendmentOf(row, actor, scope);
  }),

  implement(contract.listDrawnTeam, async ({ params, actor }, { db }) => {
    const campaign = await readCampaign(db, params.code);
    assertInSight(actor, campaign.region_codes);
    return { rows: await readTeamMembers(db, campaign.id) };
  }),

  implement(contract.downloadRecord, async ({ params }, { db }) => {
    const campaign = await readPublic(db, params.code);
    const ceremony = await readLiveCeremony(db, campaign.id);
    const lines = ceremony ? await readRecord(db, ceremony.id) : [];
    return new FileAnswer(
      Buffer.from(lines.map(({ line }) => `${line}\n`).join('')),
      `${campaign.code}-record.jsonl`,
    );
  }),
];

/** A liaison asks for the own department's inspectors; the lead for all, and for supplementary draws. */
async function assertMayAsk(trx: Knex, campaign: CampaignRow, actor: Actor, wish: Amendment): Promise<void> {
  if (mayLead(actor, campaign.lead_department, campaign.region_codes)) return;
  if (wish.kind === 'supplement') throw forbidden('not-lead', '补充抽取由牵头部门申请。');
  const member = (await readTeamMembers(trx, campaign.id)).find((one) => one.inspector === wish.inspector);
  if (member && !speaksFor(actor, member.department, campaign.region_codes)) {
    throw forbidden('other-department', `${wish.inspector} 由其所在部门的联络员申请替换。`);
  }
}

/** Refuses now what could not be carried out later. */
async function assertSensible(trx: Knex, campaign: CampaignRow, wish: Amendment): Promise<void> {
  const ceremony = await readLiveCeremony(trx, campaign.id);
  if (!ceremony) throw conflict('not-drawn', '还没有抽取。');
  if (wish.kind === 'supplement') {
    if (await hasPublishedVisits(trx, campaign.id)) throw alreadyPublished();
    const manifest = JSON.parse(ceremony.manifest) as Manifest;
    const record = await readEntries(trx, ceremony.id);
    extendedStrata(manifest, standingStrata(manifest, record), wish.strata);
    return;
  }
  const open = await readOpenTeamsOf(trx, campaign.id, ceremony.id, wish.inspector);
  const numbers = open.map((team) => team.visit);
  const strangers = (wish.visits ?? []).filter((visit) => !numbers.includes(visit));
  if (numbers.length > 0 && strangers.length === 0) return;
  const message =
    numbers.length === 0
      ? `${wish.inspector} 在本任务中没有尚未录入结果的检查。`
      : `${wish.inspector} 不在这些检查中，或结果已录入：${strangers.join('、')}。`;
  throw invalid('nothing-to-replace', message, [
    { field: numbers.length === 0 ? 'inspector' : 'visits', message },
  ]);
}

async function assertMayDecide(db: Knex, campaign: CampaignRow, actor: Actor, id: number): Promise<void> {
  const row = await readAmendment(db, campaign, id);
  if (row.requested_by === actor.id) throw ownAmendment();
  if (!mayCommand(actor, 'amend', await scopeOf(db, campaign))) {
    throw forbidden('not-your-campaign', '变更由牵头部门负责人或领导小组批准。');
  }
}

async function readAmendment(db: Knex, campaign: CampaignRow, id: number): Promise<AmendmentRow> {
  const [row] = await listAmendments(db, { campaignId: campaign.id, id, limit: 1 });
  if (!row) throw noAmendment(id);
  return row;
}

const noAmendment = (id: number) => notFound('amendment-not-found', `没有编号为 ${id} 的变更申请。`);

function amendmentOf(row: AmendmentRow, actor: Actor, scope: CampaignScope) {
  const amendment = { kind: row.kind, ...(row.params as object) } as Amendment;
  const isReplacement = amendment.kind === 'replacement';
  return {
    id: row.id,
    kind: row.kind,
    label: AMENDMENT_LABELS[row.kind],
    inspector: isReplacement ? amendment.inspector : null,
    inspectorName: row.inspector_name,
    visits: isReplacement ? amendment.visits : null,
    strata: isReplacement
      ? null
      : amendment.strata.map(({ item, stratum, ratio_ppm, minimum }) => ({
          item,
          stratum,
          ratioPpm: ratio_ppm,
          minimum,
        })),
    reason: row.reason,
    status: row.status,
    requestedBy: row.requested_by_name,
    requestedAt: row.requested_at.toISOString(),
    decidedBy: row.decided_by_name,
    decidedAt: row.decided_at?.toISOString() ?? null,
    note: row.note,
    outcome: row.outcome,
    mayDecide:
      row.status === 'requested' && row.requested_by !== actor.id && mayCommand(actor, 'amend', scope),
  };
}
