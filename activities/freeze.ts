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
import { DRAW_PROTOCOL } from '../domain/names';
import { emptyPopulation } from '../domain/plan-rules';
import { itemRatio } from '../domain/ratio-policy';

/** Everything that is fixed before any randomness exists (draw protocol, section 1), in the caller's transaction. */
export async function freezeCeremony(
  trx: Knex,
  campaign: CampaignRow,
  items: readonly PlannedItem[],
  teams: readonly { department: string; size: number }[],
  now: Date,
): Promise<CeremonyRow> {
  const frozenAt = `${now.toISOString().slice(0, 19)}Z`;
  const ceremonyId = await insertCeremony(trx, campaign.id, frozenAt);
  const { size, capped } = await freezeEntities(trx, ceremonyId, campaign, items);
  if (size === 0) throw emptyPopulation();
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
        itemRatio(item, line.ratio_ppm),
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
