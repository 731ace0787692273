/** Draw ceremonies: what is frozen, who contributes what. */
import type { Knex } from 'knex';
import type { Exclusion, PoolInspector } from '../domain/draw/frozen-files';
import type { FrozenFile } from '../domain/draw/manifest';
import { prefixOf } from '../domain/regions/covers';
import type { CampaignRow, PlannedItem } from './campaigns';

export interface CeremonyRow {
  id: number;
  campaign_id: number;
  number: number;
  status: 'sealing' | 'revealing' | 'drawn' | 'void';
  manifest: string;
  commitment: string;
  frozen_at: Date;
  capped: number;
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

/**
 * Freezes every entity in operation that an item of the campaign covers (plan 3.2), with the items that cover it.
 * An entity at its yearly cap stays for key items only (plan 3.3).
 */
export async function freezeEntities(
  trx: Knex,
  ceremonyId: number,
  campaign: CampaignRow,
  items: readonly PlannedItem[],
): Promise<{ size: number; capped: number }> {
  const { rows } = await trx.raw<{ rows: [{ size: number; capped: number }] }>(
    `with item as (
       select * from jsonb_to_recordset(cast(:items as jsonb))
         as i(code text, is_key boolean, object_tags text[], object_areas text[])
     ), visited as (
       select v.entity_id, count(*) as visits
         from visits v join campaigns c on c.id = v.campaign_id
        where extract(year from coalesce(v.visit_on, c.visit_from)) = extract(year from cast(:visitFrom as date))
        group by v.entity_id
     ), matched as (
       select e.id, e.credit_code, e.region_code, e.draw_class, m.covering, m.items
         from entities e
         left join visited on visited.entity_id = e.id
         cross join lateral (
           select count(*) as covering,
                  array_agg(item.code order by item.code collate "C")
                    filter (where item.is_key or coalesce(visited.visits, 0)
                      < coalesce(cast(cast(:cap as jsonb) ->> e.draw_class as int), 2147483647)) as items
             from item
            where (cardinality(item.object_tags) = 0 or item.object_tags && e.tags)
              and (cardinality(item.object_areas) = 0 or e.region_code like any (item.object_areas))
         ) m
        where e.ended_at is null and e.status = 'active' and e.draw_class = any (:classes)
          and e.region_code like any (:areas) and m.covering > 0
     ), inserted as (
       insert into frozen_entities (ceremony_id, credit_code, entity_id, region_code, stratum, items)
       select :ceremony, credit_code, id, region_code, draw_class, items from matched where items is not null
       returning 1
     )
     select (select count(*) from inserted) as size,
            (select count(*) from matched where covering > coalesce(cardinality(items), 0)) as capped`,
    {
      ceremony: ceremonyId,
      items: JSON.stringify(
        items.map((item) => ({
          code: item.code,
          is_key: item.category === 'key',
          object_tags: item.object_tags,
          object_areas: item.object_regions.map(areaOf),
        })),
      ),
      visitFrom: campaign.visit_from,
      cap: JSON.stringify(campaign.yearly_cap),
      classes: campaign.strata.map((line) => line.stratum),
      areas: campaign.region_codes.map(areaOf),
    },
  );
  return rows[0];
}

/** Inspectors of the campaign's departments whose certificate holds until the last day of the visits. */
export async function freezeInspectors(
  trx: Knex,
  ceremonyId: number,
  campaign: CampaignRow,
): Promise<PoolInspector[]> {
  await trx.raw(
    `insert into frozen_inspectors
       (ceremony_id, inspector, inspector_id, department, regions, qualifications, capacity)
     select :ceremony, code, id, department_code, regions, qualifications, capacity
       from inspectors
      where ended_at is null and status = 'active' and certificate_valid_until >= cast(:lastDay as date)
        and department_code in (select department_code from campaign_departments where campaign_id = :campaign)`,
    { ceremony: ceremonyId, lastDay: campaign.visit_to, campaign: campaign.id },
  );
  return readPool(trx, ceremonyId);
}

export async function freezeExclusions(trx: Knex, ceremonyId: number): Promise<Exclusion[]> {
  await trx.raw(
    `insert into frozen_exclusions (ceremony_id, inspector, credit_code, reason)
     select :ceremony, i.inspector, e.credit_code, x.reason
       from exclusions x
       join frozen_inspectors i on i.ceremony_id = :ceremony and i.inspector_id = x.inspector_id
       join frozen_entities e on e.ceremony_id = :ceremony and e.entity_id = x.entity_id`,
    { ceremony: ceremonyId },
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

/** Size and digest of each item's population (draw protocol, section 1), keyed by item. */
export async function digestItemPopulations(trx: Knex, ceremonyId: number): Promise<Map<string, FrozenFile>> {
  const rows = await digests(trx, ceremonyId, `item`, `unnest(items) as item`);
  return new Map(rows.map((row) => [row.item ?? '', row]));
}

/** Size and digest of the strata, keyed by stratum, of the union of all populations. */
export async function digestJointStrata(trx: Knex, ceremonyId: number): Promise<Map<string, FrozenFile>> {
  const rows = await digests(trx, ceremonyId, `stratum`, `stratum as of_stratum`);
  return new Map(rows.map((row) => [row.stratum ?? '', row]));
}

/** Size and digest of the strata of each item, keyed by `item/stratum`. */
export async function digestItemStrata(trx: Knex, ceremonyId: number): Promise<Map<string, FrozenFile>> {
  const rows = await digests(trx, ceremonyId, `item, stratum`, `unnest(items) as item`);
  return new Map(rows.map((row) => [`${row.item ?? ''}/${row.stratum ?? ''}`, row]));
}

async function digests(
  trx: Knex,
  ceremonyId: number,
  groups: string,
  extra: string,
): Promise<(FrozenFile & { item?: string; stratum?: string })[]> {
  const { rows } = await trx.raw<{ rows: (FrozenFile & { item?: string; stratum?: string })[] }>(
    `select ${groups}, count(*) as size,
            encode(sha256(convert_to(string_agg(credit_code || E'\\n', '' order by credit_code), 'UTF8')), 'hex') as digest
       from (select credit_code, stratum, ${extra} from frozen_entities where ceremony_id = ?) one
      group by ${groups}`,
    [ceremonyId],
  );
  return rows;
}

/** `entities.csv` of the bundle: its digest is over the whole file with the header. */
export async function digestEntities(trx: Knex, ceremonyId: number): Promise<FrozenFile> {
  const { rows } = await trx.raw<{ rows: [FrozenFile] }>(
    `select count(*) as size,
            encode(sha256(convert_to(E'code,region\\n' || coalesce(
              string_agg(credit_code || ',' || region_code || E'\\n', '' order by credit_code), ''), 'UTF8')), 'hex') as digest
       from frozen_entities where ceremony_id = ?`,
    [ceremonyId],
  );
  return rows[0];
}

export async function publishManifest(
  trx: Knex,
  ceremonyId: number,
  sealed: { manifest: string; commitment: string; capped: number; contributors: readonly string[] },
): Promise<void> {
  const { manifest, commitment, capped } = sealed;
  await trx('ceremonies').where({ id: ceremonyId }).update({ manifest, commitment, capped });
  await trx('contributions').insert(
    sealed.contributors.map((contributor) => ({ ceremony_id: ceremonyId, contributor })),
  );
}

export async function setCeremonyStatus(
  trx: Knex,
  ceremonyId: number,
  status: CeremonyRow['status'],
  more: { void_reason?: string; withheld?: string[]; seed?: string } = {},
): Promise<void> {
  const hasEnded = status === 'drawn' || status === 'void';
  await trx('ceremonies')
    .where({ id: ceremonyId })
    .update({ status, ...more, ...(hasEnded ? { ended_at: trx.fn.now() } : {}) });
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

const areaOf = (region: string): string => `${prefixOf(region)}%`;
