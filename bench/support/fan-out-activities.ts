import type { Knex } from 'knex';
import { handOut } from '../../activities/dispatch';
import type { Mailer } from '../../activities/mailer';
import { createNoticeActivities } from '../../activities/notices';
import { readCampaign } from '../../db/campaigns';

export type FanOutActivities = ReturnType<typeof createFanOutActivities>;

/** What a dispatch does for all visits at once, for one visit. */
export function createFanOutActivities(db: Knex, mailer: Mailer, publicUrl: string) {
  const now = () => new Date();
  const { deliverNotices } = createNoticeActivities({ db, now, mailer, publicUrl });
  return {
    handOutVisit: (code: string, visit: number): Promise<void> =>
      db.transaction(async (trx) => {
        const campaign = await readCampaign(trx, code);
        await handOut(trx, campaign, now(), { key: String(visit), visits: [visit] });
      }),
    deliverNotices,
  };
}
