import type { Knex } from 'knex';
import type { CampaignRow, PlannedItem } from '../db/campaigns';
import {
  freezeExclusions,
  freezeInspectors,
  insertCeremony,
  publishManifest,
  readFrozenPoolExclusions,
  readLiveCeremony,
  type CeremonyRow,
} from '../db/ceremonies';
import { readUntrained } from '../db/pool';
import { frozenCsv } from '../domain/draw/csv';
import { exclusionsCsv, inspectorsCsv } from '../domain/draw/frozen-files';
import type { FrozenDigests } from '../domain/draw/frozen-lines';
import { commitmentOf, manifestText, type FrozenFile, type Manifest } from '../domain/draw/manifest';
import { sampleSize } from '../domain/draw/sample-size';
import { DRAW_PROTOCOL } from '../domain/names';
import { emptyPopulation } from '../domain/plan-rules';
import { itemRatio } from '../domain/ratio-policy';
import { storeArchive } from './archive';
import { frozenFiles } from './bundle';
import { freezePopulation, itemKey, stratumKey } from './freeze-population';

/**
 * Everything that is fixed before any randomness exists (draw protocol, section 1), in the caller's transaction:
 * the commitment and the files it fixes become public together.
 */
export async function freezeCeremony(
  db: Knex,
  trx: Knex,
  campaign: CampaignRow,
  items: readonly PlannedItem[],
  teams: readonly { department: string; size: number }[],
  now: Date,
): Promise<CeremonyRow> {
  const ceremony = await freezeFacts(db, trx, campaign, items, teams, now);
  await storeArchive(trx, { ceremonyId: ceremony.id, kind: 'frozen' }, frozenFiles(trx, ceremony));
  return ceremony;
}

/** The facts and their digests, without the archive for the public. */
export async function freezeFacts(
  db: Knex,
  trx: Knex,
  campaign: CampaignRow,
  items: readonly PlannedItem[],
  teams: readonly { department: string; size: number }[],
  now: Date,
): Promise<CeremonyRow> {
  const frozenAt = `${now.toISOString().slice(0, 19)}Z`;
  const ceremonyId = await insertCeremony(trx, campaign.id, frozenAt);
  const pool = await freezeInspectors(trx, ceremonyId, campaign);
  const stayingAway = await readFrozenPoolExclusions(trx, ceremonyId, campaign);
  const asked = new Set(stayingAway.map((one) => one.code));
  const { size, capped, digests, found } = await freezePopulation(
    db,
    trx,
    ceremonyId,
    campaign,
    items,
    asked,
  );
  if (size === 0) throw emptyPopulation();
  const exclusions = await freezeExclusions(
    trx,
    ceremonyId,
    stayingAway.filter((one) => found.has(one.code)),
  );
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
      population: digests.file(itemKey(item.code)),
    })),
    strata: strataOf(campaign, items, digests),
    teams: teams.map(({ department, size: teamSize }) => ({ department, size: teamSize })),
    entities: digests.entitiesFile(),
    inspectors: frozenCsv(inspectorsCsv(pool), pool.length),
    exclusions: frozenCsv(exclusionsCsv(exclusions), exclusions.length),
    contributors,
  });
  const commitment = commitmentOf(manifest);
  const untrained = (await readUntrained(trx, campaign)).reduce((sum, { inspectors }) => sum + inspectors, 0);
  await publishManifest(trx, ceremonyId, { manifest, commitment, capped, untrained, contributors });
  const ceremony = await readLiveCeremony(trx, campaign.id);
  if (!ceremony) throw new Error('a ceremony that was just frozen is live');
  return ceremony;
}

function strataOf(
  campaign: CampaignRow,
  items: readonly PlannedItem[],
  digests: FrozenDigests,
): Manifest['strata'] {
  if (campaign.mode === 'joint') {
    return campaign.strata.map((line) =>
      stratumLine(
        '*',
        line.stratum,
        digests.file(stratumKey('*', line.stratum)),
        line.ratio_ppm,
        line.minimum,
      ),
    );
  }
  return items.flatMap((item) =>
    campaign.strata.map((line) =>
      stratumLine(
        item.code,
        line.stratum,
        digests.file(stratumKey(item.code, line.stratum)),
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
