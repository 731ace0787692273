import type { Knex } from 'knex';
import type { CampaignRow, PlannedItem } from '../db/campaigns';
import {
  digestEntities,
  digestItemPopulations,
  digestItemStrata,
  digestJointStrata,
  freezeEntities,
  freezeExclusions,
  freezeInspectors,
  insertCeremony,
  publishManifest,
  readLiveCeremony,
  type CeremonyRow,
} from '../db/ceremonies';
import { frozenCsv } from '../domain/draw/csv';
import { exclusionsCsv, inspectorsCsv } from '../domain/draw/frozen-files';
import { hash } from '../domain/draw/hash';
import { commitmentOf, manifestText, type FrozenFile, type Manifest } from '../domain/draw/manifest';
import { sampleSize } from '../domain/draw/sample-size';
import { invalid } from '../domain/errors';
import { DRAW_PROTOCOL } from '../domain/names';
import { storeArchive, type Progress } from './archive';
import { frozenFiles } from './bundle';

/**
 * Everything that is fixed before any randomness exists (draw protocol, section 1), in the caller's transaction:
 * the commitment and the files it fixes become public together.
 */
export async function freezeCeremony(
  trx: Knex,
  campaign: CampaignRow,
  items: readonly PlannedItem[],
  teams: readonly { department: string; size: number }[],
  now: Date,
  progress: Progress = () => undefined,
): Promise<CeremonyRow> {
  const ceremony = await freezeFacts(trx, campaign, items, teams, now);
  await storeArchive(trx, { ceremonyId: ceremony.id, kind: 'frozen' }, frozenFiles(trx, ceremony), progress);
  return ceremony;
}

/** The facts and their digests, without the archive for the public. */
export async function freezeFacts(
  trx: Knex,
  campaign: CampaignRow,
  items: readonly PlannedItem[],
  teams: readonly { department: string; size: number }[],
  now: Date,
): Promise<CeremonyRow> {
  const frozenAt = `${now.toISOString().slice(0, 19)}Z`;
  const ceremonyId = await insertCeremony(trx, campaign.id, frozenAt);
  const { size, capped } = await freezeEntities(trx, ceremonyId, campaign, items);
  if (size === 0) {
    throw invalid('empty-population', '没有符合条件的检查对象：请检查任务的地区、事项的对象标签和名录库。', [
      { field: 'regions', message: '这些地区没有事项所涉及的、在营业的检查对象' },
    ]);
  }
  const pool = await freezeInspectors(trx, ceremonyId, campaign);
  const exclusions = await freezeExclusions(trx, ceremonyId);
  const populations = await digestItemPopulations(trx, ceremonyId);
  const contributors = [
    ...teams.map((team) => team.department),
    ...(campaign.public_contributor === null ? [] : [campaign.public_contributor]),
  ];
  const manifest = manifestText({
    protocol: DRAW_PROTOCOL,
    campaign: campaign.code,
    mode: campaign.mode,
    frozen_at: frozenAt,
    items: items.map((item) => ({
      item: item.code,
      department: item.department,
      qualifications: item.qualifications,
      population: fileOf(populations, item.code),
    })),
    strata: await strataOf(trx, ceremonyId, campaign, items),
    teams: teams.map(({ department, size: teamSize }) => ({ department, size: teamSize })),
    entities: await digestEntities(trx, ceremonyId),
    inspectors: frozenCsv(inspectorsCsv(pool), pool.length),
    exclusions: frozenCsv(exclusionsCsv(exclusions), exclusions.length),
    contributors,
  });
  const commitment = commitmentOf(manifest);
  await publishManifest(trx, ceremonyId, { manifest, commitment, capped, contributors });
  const ceremony = await readLiveCeremony(trx, campaign.id);
  if (!ceremony) throw new Error('a ceremony that was just frozen is live');
  return ceremony;
}

async function strataOf(
  trx: Knex,
  ceremonyId: number,
  campaign: CampaignRow,
  items: readonly PlannedItem[],
): Promise<Manifest['strata']> {
  if (campaign.mode === 'joint') {
    const files = await digestJointStrata(trx, ceremonyId);
    return campaign.strata.map((line) =>
      stratumLine('*', line.stratum, fileOf(files, line.stratum), line.ratio_ppm, line.minimum),
    );
  }
  const files = await digestItemStrata(trx, ceremonyId);
  return items.flatMap((item) =>
    campaign.strata.map((line) =>
      stratumLine(
        item.code,
        line.stratum,
        fileOf(files, `${item.code}/${line.stratum}`),
        // A ratio that a law sets binds; then the item's own; else the campaign's for the class (plan 3.3).
        item.statutory_ratio_ppm ?? item.ratio_ppm ?? line.ratio_ppm,
        line.minimum,
      ),
    ),
  );
}

const stratumLine = (item: string, stratum: string, file: FrozenFile, ratioPpm: number, minimum: number) => ({
  item,
  stratum,
  ...file,
  ratio_ppm: ratioPpm,
  minimum,
  sample: sampleSize(file.size, ratioPpm, minimum),
});

/** What nobody matches is an empty file. */
function fileOf(files: ReadonlyMap<string, FrozenFile>, key: string): FrozenFile {
  const file = files.get(key);
  return file ? { size: file.size, digest: file.digest } : { size: 0, digest: hash('') };
}
