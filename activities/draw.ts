/** Draw, merge, match; then the public bundle (draw protocol, sections 3 to 6). */
import { mergeVisits, readVisitNeeds, storeMatching } from '../db/draw';
import { endCeremony, readContributions, readExclusions, readLiveCeremony, readPool } from '../db/ceremonies';
import { addNotices } from '../db/notices';
import type { CommandInput, StepOutcome } from '../domain/commands';
import type { Manifest } from '../domain/draw/manifest';
import { seedOf } from '../domain/draw/seed';
import { conflict } from '../domain/errors';
import { match } from '../domain/matching/match';
import { storeArchive } from './archive';
import { bundleFiles } from './bundle';
import { leadsOf } from './campaign-plan';
import type { Collaborators } from './collaborators';
import { drawStrata } from './sample';
import { carryOut } from './step';

export function createDrawActivities({ db, now }: Collaborators) {
  return {
    draw: (input: CommandInput): Promise<StepOutcome> =>
      carryOut(db, 'draw', input, async (trx, campaign) => {
        const ceremony = await readLiveCeremony(trx, campaign.id);
        if (!ceremony) throw conflict('no-ceremony', '当前没有进行中的抽取仪式，请先冻结名录。');
        const contributions = await readContributions(trx, ceremony.id);
        const missing = contributions.filter((one) => one.value === null).map((one) => one.contributor);
        if (missing.length > 0) {
          throw conflict(
            'contributions-missing',
            `还不能抽取：${missing.join('、')} 的随机值尚未揭示或登记。`,
          );
        }
        const manifest = JSON.parse(ceremony.manifest) as Manifest;
        const values = new Map(contributions.map((one) => [one.contributor, one.value ?? '']));
        const seed = seedOf(
          ceremony.commitment,
          manifest.contributors.map((contributor) => ({ contributor, value: values.get(contributor) ?? '' })),
        );
        await endCeremony(trx, ceremony.id, { status: 'drawn', seed, ended_at: now() });

        await drawStrata(trx, ceremony.id, seed, manifest.strata);
        const visits = await mergeVisits(trx, campaign.id, ceremony.id);
        const matching = match(
          await readVisitNeeds(trx, campaign.id, ceremony.id),
          await readPool(trx, ceremony.id),
          await readExclusions(trx, ceremony.id),
          seed,
        );
        await storeMatching(trx, campaign.id, matching);
        const { sha256 } = await storeArchive(
          trx,
          { ceremonyId: ceremony.id, kind: 'bundle' },
          bundleFiles(trx, campaign.id, { ...ceremony, seed }),
        );

        const missingPeople = matching.unfilled.reduce((sum, one) => sum + one.missing, 0);
        await addNotices(trx, [
          {
            key: `${campaign.code}/drawn/${ceremony.id}`,
            kind: 'drawn',
            campaignId: campaign.id,
            recipients: await leadsOf(trx, campaign),
            params: { visits, unfilled: missingPeople },
            notBefore: now(),
          },
        ]);
        return {
          stage: 'drawn',
          note: `抽取完成：${visits} 户；检查人员空缺 ${missingPeople} 个。`,
          after: { seed, visits, unfilled: missingPeople, bundle: sha256 },
        };
      }),
  };
}
