import type { Knex } from 'knex';
import { appendAudit } from '../../db/audit';
import { lockCampaign, type CampaignRow } from '../../db/campaigns';
import { readLiveCeremony, type CeremonyRow } from '../../db/ceremonies';
import { listCeremonies } from '../../db/ceremony-views';
import { deleteWitness, insertWitness } from '../../db/witnesses';
import { conflict, forbidden, notFound } from '../../domain/errors';
import { mayLead } from '../../domain/permissions/rules';
import { ceremonyContract as contract } from '../contract/ceremony';
import { implement, type ApiRequest } from '../implement';
import { sharedFor } from '../shared-for';
import { ceremonyRecord } from './ceremony-record';
import { readPublic } from './public';

const LINES = 30;

/** However many watch, the database is asked once a second. */
const SHARED_MS = 1000;
const watched = sharedFor<Awaited<ReturnType<typeof ceremonyRecord>>>(SHARED_MS);

export const ceremonyRoutes = [
  implement(contract.listCeremonies, async (_request, { db }) => ({
    rows: (await listCeremonies(db, LINES)).map((row) => ({
      campaign: { code: row.code, name: row.name },
      leadDepartment: row.lead_name,
      number: row.number,
      status: row.status,
      frozenAt: row.frozen_at?.toISOString() ?? null,
      endedAt: row.ended_at?.toISOString() ?? null,
      voidReason: row.void_reason,
      commitment: row.commitment,
      bundleSha256: row.bundle_sha256,
    })),
  })),

  implement(contract.watchCeremony, async ({ params, response }, { db, settings }) => {
    const record = await watched(db, params.code, async () =>
      ceremonyRecord(db, await readPublic(db, params.code), settings.publicUrl),
    );
    // Kept, but asked for again each time: the answer to an unchanged ceremony is 304 and empty.
    response.setHeader('Cache-Control', 'public, no-cache');
    return record;
  }),

  implement(contract.readCeremony, async ({ params }, { db, settings }) =>
    ceremonyRecord(db, await readPublic(db, params.code), settings.publicUrl, params.number),
  ),

  implement(contract.recordWitness, (request, { db, now }) =>
    db.transaction(async (trx) => {
      const { campaign, ceremony } = await openCeremony(trx, request);
      const row = await insertWitness(trx, ceremony.id, request.body, {
        actorId: request.actor.id,
        at: now(),
      });
      await audit(trx, request, campaign, 'recordWitness', { witness: row.id, capacity: row.capacity });
      return { ...row, recordedAt: row.recordedAt.toISOString() };
    }),
  ),

  implement(contract.removeWitness, (request, { db }) =>
    db.transaction(async (trx) => {
      const { campaign, ceremony } = await openCeremony(trx, request);
      if (!(await deleteWitness(trx, ceremony.id, request.params.id))) {
        throw notFound('witness-not-found', '本次仪式没有登记这位见证人。');
      }
      await audit(trx, request, campaign, 'removeWitness', { witness: request.params.id });
      return undefined;
    }),
  ),
];

type WitnessRequest = ApiRequest<{ code: string }, unknown, unknown>;

/** Witnesses are recorded by the lead while the ceremony goes on: afterwards nobody joins it. */
async function openCeremony(
  trx: Knex,
  { params, actor }: WitnessRequest,
): Promise<{ campaign: CampaignRow; ceremony: CeremonyRow }> {
  const campaign = await lockCampaign(trx, params.code);
  if (!mayLead(actor, campaign.lead_department, campaign.region_codes)) {
    throw forbidden('not-your-campaign', '见证人由牵头部门登记。');
  }
  const ceremony = await readLiveCeremony(trx, campaign.id);
  if (!ceremony) throw conflict('no-ceremony', '当前没有进行中的抽取仪式，请先冻结名录。');
  if (ceremony.status === 'drawn') throw conflict('already-drawn', '已经抽取，见证人不能再增减。');
  return { campaign, ceremony };
}

/** Without the name: the log is for ever, the consent may not be. */
const audit = (trx: Knex, request: WitnessRequest, campaign: CampaignRow, action: string, after: object) =>
  appendAudit(trx, {
    actorId: request.actor.id,
    action: `campaign.${action}`,
    subject: `campaign/${campaign.code}`,
    address: request.address,
    requestId: request.requestId,
    after,
  });
