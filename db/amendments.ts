/** Requests to change what a draw has led to, their decision, and the public record of what was changed. */
import type { Knex } from 'knex';
import type { Amendment } from '../domain/amendments';
import type { RecordEntry } from '../domain/draw/record';

export interface AmendmentRow {
  id: number;
  campaign_id: number;
  kind: Amendment['kind'];
  params: unknown;
  reason: string;
  status: 'requested' | 'approved' | 'refused';
  requested_by: number;
  requested_by_name: string;
  requested_at: Date;
  decided_by_name: string | null;
  decided_at: Date | null;
  note: string;
  outcome: string | null;
  /** Of the one who is to be replaced. */
  inspector_name: string | null;
}

export async function insertAmendment(
  trx: Knex,
  request: { campaignId: number; amendment: Amendment; reason: string; actorId: number; at: Date },
): Promise<number> {
  const { kind, ...params } = request.amendment;
  const [row] = await trx('amendments')
    .insert({
      campaign_id: request.campaignId,
      kind,
      params: JSON.stringify(params),
      reason: request.reason,
      requested_by: request.actorId,
      requested_at: request.at,
    })
    .returning<{ id: number }[]>('id');
  if (!row) throw new Error('an inserted request has an id');
  return row.id;
}

/** Newest first. */
export async function listAmendments(
  db: Knex,
  filter: { campaignId: number; id?: number; beforeId?: number; limit: number },
): Promise<AmendmentRow[]> {
  const { rows } = await db.raw<{ rows: AmendmentRow[] }>(
    `select a.id, a.campaign_id, a.kind, a.params, a.reason, a.status, a.requested_by, r.name as requested_by_name,
            a.requested_at, d.name as decided_by_name, a.decided_at, a.note, a.outcome,
            i.name as inspector_name
       from amendments a
       join users r on r.id = a.requested_by
       left join users d on d.id = a.decided_by
       left join inspectors i on i.code = a.params->>'inspector'
      where a.campaign_id = :campaign
        and (cast(:id as bigint) is null or a.id = :id)
        and (cast(:before as bigint) is null or a.id < :before)
      order by a.id desc limit :limit`,
    {
      campaign: filter.campaignId,
      id: filter.id ?? null,
      before: filter.beforeId ?? null,
      limit: filter.limit,
    },
  );
  return rows;
}

export async function countWaiting(db: Knex, campaignId: number): Promise<number> {
  const [row] = await db('amendments')
    .where({ campaign_id: campaignId, status: 'requested' })
    .count<{ n: number }[]>({ n: '*' });
  return row?.n ?? 0;
}

/** The request, locked; null where the campaign has none of this number. */
export async function lockAmendment(
  trx: Knex,
  campaignId: number,
  id: number,
): Promise<{
  amendment: Amendment;
  reason: string;
  status: AmendmentRow['status'];
  requestedBy: number;
  decidedBy: string | null;
} | null> {
  // Nobody holds what they have no say in.
  const held = await trx('amendments').where({ campaign_id: campaignId, id }).forUpdate().select('id');
  if (held.length === 0) return null;
  const [row] = await listAmendments(trx, { campaignId, id, limit: 1 });
  if (!row) return null;
  const amendment = { kind: row.kind, ...(row.params as object) } as Amendment;
  return {
    amendment,
    reason: row.reason,
    status: row.status,
    requestedBy: row.requested_by,
    decidedBy: row.decided_by_name,
  };
}

export async function decideAmendment(
  trx: Knex,
  id: number,
  decision: {
    status: 'approved' | 'refused';
    actorId: number;
    at: Date;
    note: string;
    outcome: string | null;
  },
): Promise<void> {
  const { status, actorId, at, note, outcome } = decision;
  await trx('amendments')
    .where({ id })
    .update({ status, decided_by: actorId, decided_at: at, note, outcome });
}

export interface RecordRow {
  seq: number;
  line: string;
  digest: string;
}

/** The public record of a ceremony's draw, in order. */
export async function readRecord(db: Knex, ceremonyId: number): Promise<RecordRow[]> {
  return db('draw_records').where({ ceremony_id: ceremonyId }).orderBy('seq').select('seq', 'line', 'digest');
}

/** What the lines say. */
export const readEntries = async (db: Knex, ceremonyId: number): Promise<RecordEntry[]> =>
  (await readRecord(db, ceremonyId)).map(({ line }) => JSON.parse(line) as RecordEntry);

export async function appendRecord(
  trx: Knex,
  entry: { ceremonyId: number; amendmentId: number; seq: number; line: string; digest: string },
): Promise<void> {
  await trx('draw_records').insert({
    ceremony_id: entry.ceremonyId,
    seq: entry.seq,
    amendment_id: entry.amendmentId,
    line: entry.line,
    digest: entry.digest,
  });
}
