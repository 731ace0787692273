/** What everybody may know of a ceremony while it goes on and for ever after. */
import type { Knex } from 'knex';
import { readRecord } from '../../db/amendments';
import { readCampaignItems } from '../../db/campaign-views';
import type { CampaignRow } from '../../db/campaigns';
import {
  readCeremonies,
  readContributions,
  type CeremonyRow,
  type ContributionRow,
} from '../../db/ceremonies';
import { countVisits, readCeremonyDeadline, readUnfilled } from '../../db/ceremony-views';
import { listRegions, readDepartmentNames } from '../../db/organisation';
import { readPublicEntries, type PublicEntryRow } from '../../db/public-values';
import { readWitnesses } from '../../db/witnesses';
import { ceremonyPhase } from '../../domain/draw/ceremony-phase';
import type { Manifest } from '../../domain/draw/manifest';
import { roundsOf, type PublicRound } from '../../domain/draw/public-value';
import { isPublicContributor } from '../../domain/draw/seed';
import { notFound } from '../../domain/errors';
import { publicWitness } from '../../domain/witnesses';

/** The ceremony of that number, or the newest one. */
export async function ceremonyRecord(
  db: Knex,
  campaign: CampaignRow,
  publicUrl: string,
  number: number | null = null,
) {
  const ceremonies = await readCeremonies(db, campaign.id);
  const ceremony = number === null ? ceremonies.at(-1) : ceremonies.find((one) => one.number === number);
  if (!ceremony && number !== null) {
    throw notFound('ceremony-not-found', `任务 ${campaign.code} 没有第 ${number} 次抽取仪式。`);
  }
  const departments = await readDepartmentNames(db);
  const regions = new Map((await listRegions(db)).map((region) => [region.code, region.name]));
  return {
    campaign: {
      code: campaign.code,
      name: campaign.name,
      stage: campaign.stage,
      stageReason: campaign.stage_reason,
      leadDepartment: departments.get(campaign.lead_department) ?? campaign.lead_department,
      regions: campaign.region_codes.map((code) => regions.get(code) ?? code),
      visitFrom: campaign.visit_from,
      visitTo: campaign.visit_to,
    },
    publicUrl: `${publicUrl}/public/${campaign.code}`,
    ceremony: ceremony ? await partsOf(db, campaign, ceremony, departments) : null,
    others: ceremonies
      .filter((one) => one !== ceremony)
      .map(({ number: other, status, void_reason }) => ({ number: other, status, voidReason: void_reason })),
  };
}

async function partsOf(
  db: Knex,
  campaign: CampaignRow,
  ceremony: CeremonyRow,
  departments: ReadonlyMap<string, string>,
) {
  const contributions = await readContributions(db, ceremony.id);
  const manifest = JSON.parse(ceremony.manifest) as Manifest;
  const items = new Map((await readCampaignItems(db, campaign.id)).map((item) => [item.code, item.name]));
  const isDrawn = ceremony.status === 'drawn';
  const phase = ceremonyPhase(ceremony.status, contributions);
  return {
    number: ceremony.number,
    phase,
    frozenAt: ceremony.frozen_at.toISOString(),
    commitment: ceremony.commitment,
    mode: manifest.mode,
    deadline: await deadlineOf(db, ceremony, phase),
    entities: manifest.entities.size,
    inspectors: manifest.inspectors.size,
    capped: ceremony.capped,
    contributions: contributions.map((one) => contributionOf(one, departments)),
    publicValues: await publicValuesOf(db, ceremony.id, contributions),
    strata: manifest.strata.map(({ item, stratum, size, ratio_ppm, sample }) => ({
      item: { code: item, name: item === '*' ? '全部事项' : (items.get(item) ?? item) },
      stratum,
      size,
      ratioPpm: ratio_ppm,
      sample,
    })),
    teams: manifest.teams.map(({ department, size }) => ({
      code: department,
      name: departments.get(department) ?? department,
      size,
    })),
    seed: ceremony.seed,
    visits: isDrawn ? await countVisits(db, campaign.id) : 0,
    unfilled: isDrawn ? await readUnfilled(db, campaign.id) : [],
    bundleSha256: ceremony.bundle_sha256,
    amendments: (await readRecord(db, ceremony.id)).length,
    endedAt: ceremony.ended_at?.toISOString() ?? null,
    voidReason: ceremony.void_reason,
    withheld: ceremony.withheld.map((code) => ({ code, name: departments.get(code) ?? code })),
    witnesses: (await readWitnesses(db, ceremony.id)).map(publicWitness),
  };
}

async function deadlineOf(db: Knex, ceremony: CeremonyRow, phase: string): Promise<string | null> {
  if (phase !== 'sealing' && phase !== 'revealing') return null;
  const kind = phase === 'sealing' ? 'seal' : 'reveal';
  return (await readCeremonyDeadline(db, ceremony.campaign_id, ceremony.id, kind))?.toISOString() ?? null;
}

const contributionOf = (row: ContributionRow, departments: ReadonlyMap<string, string>) => ({
  contributor: row.contributor,
  name: isPublicContributor(row.contributor) ? null : (departments.get(row.contributor) ?? row.contributor),
  seal: row.seal,
  sealedAt: row.sealed_at?.toISOString() ?? null,
  value: row.value,
  source: row.source,
  revealedAt: row.revealed_at?.toISOString() ?? null,
});

async function publicValuesOf(db: Knex, ceremonyId: number, contributions: readonly ContributionRow[]) {
  const sources = contributions.filter((one) => isPublicContributor(one.contributor));
  return Promise.all(
    sources.map(async ({ contributor }) => ({
      contributor,
      rounds: roundsOf(await readPublicEntries(db, ceremonyId, contributor)).map(publicRound),
    })),
  );
}

/** The second person must not be able to read off what the first one entered. */
export const publicRound = ({ round, outcome, entries }: PublicRound<PublicEntryRow>) => ({
  round,
  outcome,
  entries: entries.map((entry) => {
    const isShown = outcome !== 'pending';
    return {
      department: entry.departmentName,
      role: entry.role,
      at: entry.enteredAt.toISOString(),
      value: isShown ? entry.value : null,
      number: isShown ? entry.number : null,
      on: isShown ? entry.drawnOn : null,
      source: entry.source,
    };
  }),
});
