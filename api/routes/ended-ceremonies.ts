import type { Knex } from 'knex';
import { readFrozenArchive } from '../../db/archives';
import type { CampaignRow } from '../../db/campaigns';
import { readCeremonies, readContributions, type CeremonyRow } from '../../db/ceremonies';
import { ceremonyLines, type EndedCeremony } from '../../domain/draw/ceremony-lines';

/** What has ended does not change any more, and neither do the lines made from it. */
export async function endedCeremonies(db: Knex, campaign: CampaignRow): Promise<Buffer> {
  const ended: EndedCeremony[] = [];
  for (const ceremony of await readCeremonies(db, campaign.id)) {
    if (ceremony.ended_at === null) continue;
    const frozen = await readFrozenArchive(db, campaign.id, ceremony.number);
    ended.push({
      number: ceremony.number,
      outcome: outcomeOf(ceremony),
      reason: ceremony.void_reason,
      withheld: ceremony.withheld,
      endedAt: ceremony.ended_at,
      manifest: ceremony.manifest,
      commitment: ceremony.commitment,
      frozenSha256: frozen?.sha256 ?? null,
      bundleSha256: ceremony.bundle_sha256,
      contributions: await readContributions(db, ceremony.id),
    });
  }
  return Buffer.from(ceremonyLines(campaign.code, ended).join(''));
}

/** Void without anybody who withheld: the campaign was cancelled. */
function outcomeOf({ status, withheld }: CeremonyRow): EndedCeremony['outcome'] {
  if (status !== 'void') return 'drawn';
  return withheld.length > 0 ? 'void' : 'cancelled';
}
