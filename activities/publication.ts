import { hasUnfinishedVisits } from '../db/results';
import {
  finishPublishTasks,
  isAllPublished,
  publishResults,
  readPublishable,
  recordedByPublisher,
} from '../db/publication';
import { addNotices } from '../db/notices';
import { usersWith } from '../db/recipients';
import type { CommandInput, StepOutcome } from '../domain/commands';
import { conflict } from '../domain/errors';
import { ownResults } from '../domain/visits/results';
import { publicName } from '../domain/visits/mask';
import type { Collaborators } from './collaborators';
import { carryOut } from './step';

const BATCH = 1000;

export function createPublicationActivities({ db, now }: Collaborators) {
  return {
    /** Publishes what is finished; the campaign counts as published when nothing is left. */
    publish: (input: CommandInput): Promise<StepOutcome> =>
      carryOut(db, 'publish', input, async (trx, campaign) => {
        if (await recordedByPublisher(trx, campaign.id, input.actorId)) throw ownResults();
        const at = now();
        let count = 0;
        for (;;) {
          const batch = await readPublishable(trx, campaign.id, BATCH);
          if (batch.length === 0) break;
          await publishResults(
            trx,
            campaign.id,
            batch.map(({ entity_type, ...row }) => ({
              ...row,
              entity_name: publicName(row.entity_name, entity_type),
            })),
            at,
          );
          count += batch.length;
        }
        const unfinished = await hasUnfinishedVisits(trx, campaign.id);
        if (count === 0 && unfinished) {
          throw conflict('nothing-to-publish', '没有可公示的结果：还没有新的检查全部完成。');
        }
        await finishPublishTasks(trx, campaign.id, { at, by: input.actorId });
        await addNotices(trx, [
          {
            key: `${campaign.code}/published/${input.key}`,
            kind: 'published',
            campaignId: campaign.id,
            recipients: await usersWith(trx, { role: 'credit_officer' }),
            params: { count },
            notBefore: at,
          },
        ]);
        const all = !unfinished && (await isAllPublished(trx, campaign.id));
        return {
          stage: all ? 'published' : campaign.stage,
          note: all ? `已公示 ${count} 条结果，全部公示完毕。` : `已公示 ${count} 条结果，其余完成后再公示。`,
          after: { results: count },
        };
      }),
  };
}
