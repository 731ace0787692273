/** Freeze and draw as the activities do it, from the registry to `drawn.csv`. */
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { drawnCsv } from '../../activities/bundle';
import { freezeFacts } from '../../activities/freeze';
import { drawStrata } from '../../activities/sample';
import { readCampaign, readItemCodes, readPublishedItems, readTeams } from '../../db/campaigns';
import { endCeremony } from '../../db/ceremonies';
import type { Manifest } from '../../domain/draw/manifest';
import type { Contender } from './bench';
import type { Registry } from './draw-registry';
import { metered } from './processor-time';

/** Both transactions are committed, with every digest and the manifest. The archives for the public are not made. */
export function ourDraw(
  name: string,
  { db, postmaster, newCampaign }: Registry,
  mode: 'joint' | 'per_item',
  seed: string,
  file: string,
): Contender {
  return {
    name,
    run: async () => {
      const measured = await metered(postmaster, async () => {
        const campaign = await readCampaign(db, await newCampaign(mode));
        const items = await readPublishedItems(db, await readItemCodes(db, campaign.id));
        const teams = await readTeams(db, campaign.id);
        const ceremony = await db.transaction((trx) =>
          freezeFacts(db, trx, campaign, items, teams, new Date()),
        );
        const { strata } = JSON.parse(ceremony.manifest) as Manifest;
        await db.transaction(async (trx) => {
          await drawStrata(trx, ceremony.id, seed, strata);
          await endCeremony(trx, ceremony.id, { status: 'drawn', seed, ended_at: new Date() });
        });
        await pipeline(drawnCsv(db, ceremony.id), createWriteStream(file));
      });
      // Otherwise each round would find more on disk than the one before.
      await db.raw('truncate frozen_pieces, frozen_groups, drawn');
      return { ...measured, outcome: file };
    },
  };
}
