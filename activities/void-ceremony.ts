import type { Knex } from 'knex';
import type { CampaignRow } from '../db/campaigns';
import { endCeremony, type CeremonyRow } from '../db/ceremonies';
import { ensureDeadline, readCalendar } from '../db/deadlines';
import { addNotices } from '../db/notices';
import { readDepartmentNames } from '../db/organisation';
import { supervisorOf, usersWith } from '../db/recipients';
import { addTasks, cancelTasks } from '../db/tasks';
import { formatInstant } from '../domain/notices/format';
import { leadsOf } from './campaign-plan';

/**
 * Ends a ceremony by those who withheld their seal or reveal: they are named in public, the lead is told, and
 * oversight has to look into it. Returns the public reason.
 */
export async function voidCeremony(
  trx: Knex,
  campaign: CampaignRow,
  ceremony: CeremonyRow,
  withheld: readonly string[],
  now: Date,
): Promise<string> {
  const names = await readDepartmentNames(trx);
  const doing = ceremony.status === 'sealing' ? '封存' : '揭示';
  const reason = `${withheld.map((code) => names.get(code) ?? code).join('、')}逾期未${doing}`;
  await endCeremony(trx, ceremony.id, {
    status: 'void',
    void_reason: reason,
    withheld: [...withheld],
    ended_at: now,
  });
  await cancelTasks(trx, campaign.id, now, ['seal', 'reveal']);
  const due = await askOversight(trx, campaign, ceremony, reason, now);
  await addNotices(trx, [
    {
      key: `${campaign.code}/ceremony-void/${ceremony.id}`,
      kind: 'ceremony-void',
      campaignId: campaign.id,
      recipients: [
        ...new Set([...(await leadsOf(trx, campaign)), ...(await usersWith(trx, { role: 'supervisor' }))]),
      ],
      params: { number: ceremony.number, reason, ...(due ? { due: formatInstant(due) } : {}) },
      notBefore: now,
    },
  ]);
  return reason;
}

/** The supervision office nearest to the campaign looks into it, in the time that urging orders are answered in. */
async function askOversight(
  trx: Knex,
  campaign: CampaignRow,
  ceremony: CeremonyRow,
  reason: string,
  now: Date,
): Promise<Date | null> {
  const supervisor = await supervisorOf(trx, campaign.region_codes);
  if (!supervisor) return null;
  const deadline = await ensureDeadline(trx, campaign, await readCalendar(trx), now, 'void-ceremony');
  await addTasks(
    trx,
    [
      {
        key: `void-ceremony/${ceremony.id}`,
        kind: 'void-ceremony',
        campaignId: campaign.id,
        department: supervisor.department,
        assigneeId: supervisor.userId,
        deadlineId: deadline.id,
        params: { number: ceremony.number, reason },
      },
    ],
    now,
  );
  return deadline.dueAt;
}
