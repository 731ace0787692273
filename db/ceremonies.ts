/** Draw ceremonies: what is frozen, who contributes what. */
import type { Knex } from 'knex';
import type { Exclusion, PoolInspector } from '../domain/draw/frozen-files';
import { ROTATION_REASON } from '../domain/matching/rotation';
import type { CampaignRow } from './campaigns';
import { ELIGIBLE_INSPECTORS, inspectorBindings, readStayingAway } from './pool';

export interface CeremonyRow {
  id: number;
  campaign_id: number;
  number: number;
  status: 'sealing' | 'revealing' | 'drawn' | 'void';
  manifest: string;
  commitment: string;
  frozen_at: Date;
  capped: number;
  /** Inspectors left out for want of training. */
  untrained: number;
  seed: string | null;
  void_reason: string | null;
  /** Departments by which it is void. */
  withheld: string[];
  ended_at: Date | null;
  bundle_sha256: string | null;
}

export interface ContributionRow {
  contributor: string;
  seal: string | null;
  sealed_at: Date | null;
  value: string | null;
  source: string | null;
  revealed_at: Date | null;
}

const COLUMNS = [
  'id',
  'campaign_id',
  'number',
  'status',
  'manifest',
  'commitment',
  'frozen_at',
  'capped',
  'untrained',
  'seed',
  'void_reason',
  'withheld',
  'ended_at',
  'bundle_sha256',
] as const;

/** All ceremonies of a campaign, the void ones too, in order. */
export async function readCeremonies(db: Knex, campaignId: number): Promise<CeremonyRow[]> {
  return db<CeremonyRow>('ceremonies')
    .where({ campaign_id: campaignId })
    .orderBy('number')
    .select(...COLUMNS);
}

/** The one that counts: not void. */
export async function readLiveCeremony(db: Knex, campaignId: number): Promise<CeremonyRow | null> {
  const ceremonies = await readCeremonies(db, campaignId);
  return ceremonies.find((one) => one.status !== 'void') ?? null;
}

export async function readContributions(db: Knex, ceremonyId: number): Promise<ContributionRow[]> {
  return db('contributions')
    .where({ ceremony_id: ceremonyId })
    .orderBy('contributor')
    .select('contributor', 'seal', 'sealed_at', 'value', 'source', 'revealed_at');
}

/** A ceremony in the making: its manifest follows when the populations stand. */
export async function insertCeremony(trx: Knex, campaignId: number, frozenAt: string): Promise<number> {
  const { rows } = await trx.raw<{ rows: [{ id: number }] }>(
    `insert into ceremonies (campaign_id, number, manifest, commitment, frozen_at)
     select :campaign, coalesce(max(number), 0) + 1, '', '', cast(:frozenAt as timestamptz)
       from ceremonies where campaign_id = :campaign
     returning id`,
    { campaign: campaignId, frozenAt },
  );
  return rows[0].id;
}

export async function freezeInspectors(
  trx: Knex,
  ceremonyId: number,
  campaign: CampaignRow,
): Promise<PoolInspector[]> {
  await trx.raw(
    `insert into frozen_inspectors
       (ceremony_id, inspector, inspector_id, department, regions, qualifications, capacity)
     select :ceremony, inspector, inspector_id, department, regions, qualifications, capacity
       from (${ELIGIBLE_INSPECTORS}) pool`,
    { ceremony: ceremonyId, ...inspectorBindings(campaign) },
  );
  return readPool(trx, ceremonyId);
}

/** Recusals and rotation of the frozen pool. */
export const readFrozenPoolExclusions = (
  trx: Knex,
  ceremonyId: number,
  campaign: CampaignRow,
): Promise<Exclusion[]> =>
  readStayingAway(trx, campaign, {
    sql: `select inspector, inspector_id from frozen_inspectors where ceremony_id = :ceremony`,
    bindings: { ceremony: ceremonyId },
  });

/** Returns them in the order of their file. */
export async function freezeExclusions(
  trx: Knex,
  ceremonyId: number,
  exclusions: readonly Exclusion[],
): Promise<Exclusion[]> {
  await trx.raw(
    `insert into frozen_exclusions (ceremony_id, inspector, credit_code, reason)
     select ?, inspector, code, reason
       from jsonb_to_recordset(cast(? as jsonb)) as x(inspector text, code text, reason text)`,
    [ceremonyId, JSON.stringify(exclusions)],
  );
  return readExclusions(trx, ceremonyId);
}

export async function readPool(db: Knex, ceremonyId: number): Promise<PoolInspector[]> {
  return db('frozen_inspectors')
    .where({ ceremony_id: ceremonyId })
    .orderBy(['department', 'inspector'])
    .select('inspector', 'department', 'regions', 'qualifications', 'capacity');
}

export async function readExclusions(db: Knex, ceremonyId: number): Promise<Exclusion[]> {
  return db('frozen_exclusions')
    .where({ ceremony_id: ceremonyId })
    .orderBy(['inspector', 'credit_code'])
    .select({ inspector: 'inspector', code: 'credit_code', reason: 'reason' });
}

/** Pairs that rotation alone keeps apart. */
export async function countRotated(db: Knex, ceremonyId: number): Promise<number> {
  const [row] = await db('frozen_exclusions')
    .where({ ceremony_id: ceremonyId, reason: ROTATION_REASON })
    .count<{ n: number }[]>({ n: '*' });
  return row?.n ?? 0;
}

export async function publishManifest(
  trx: Knex,
  ceremonyId: number,
  sealed: {
    manifest: string;
    commitment: string;
    capped: number;
    untrained: number;
    contributors: readonly string[];
  },
): Promise<void> {
  const { contributors, ...facts } = sealed;
  await trx('ceremonies').where({ id: ceremonyId }).update(facts);
  await trx('contributions').insert(
    contributors.map((contributor) => ({ ceremony_id: ceremonyId, contributor })),
  );
}

export async function startRevealing(trx: Knex, ceremonyId: number): Promise<void> {
  await trx('ceremonies').where({ id: ceremonyId }).update({ status: 'revealing' });
}

/** The end of a ceremony is public with its time, by the same clock as its seals and reveals. */
export async function endCeremony(
  trx: Knex,
  ceremonyId: number,
  end: ({ status: 'drawn'; seed: string } | { status: 'void'; void_reason: string; withheld?: string[] }) & {
    ended_at: Date;
  },
): Promise<void> {
  await trx('ceremonies').where({ id: ceremonyId }).update(end);
}

export async function storeSeal(
  trx: Knex,
  ceremonyId: number,
  sealing: { contributor: string; seal: string; actorId: number; at: Date },
): Promise<void> {
  await trx('contributions')
    .where({ ceremony_id: ceremonyId, contributor: sealing.contributor })
    .update({ seal: sealing.seal, sealed_by: sealing.actorId, sealed_at: sealing.at });
}

export async function storeValue(
  trx: Knex,
  ceremonyId: number,
  reveal: { contributor: string; value: string; source: string | null; actorId: number; at: Date },
): Promise<void> {
  const { contributor, value, source, actorId, at } = reveal;
  await trx('contributions')
    .where({ ceremony_id: ceremonyId, contributor })
    .update({ value, source, revealed_by: actorId, revealed_at: at });
}
