/** What a department owes for a visit. */
import type { Knex } from 'knex';
import type { CampaignRow } from '../../db/campaigns';
import { ensureDeadline, readCalendar } from '../../db/deadlines';
import { addTasks, type NewTask } from '../../db/tasks';
import type { TaskKind } from '../../domain/notices/kinds';

/** Due as the campaign's policy gives tasks of the kind; until when. */
export async function oweForVisit(
  trx: Knex,
  campaign: CampaignRow,
  task: Pick<NewTask, 'key' | 'department' | 'assigneeId' | 'params'> & { kind: TaskKind; visitId: number },
  at: Date,
): Promise<Date> {
  const deadline = await ensureDeadline(trx, campaign, await readCalendar(trx), at, task.kind);
  await addTasks(trx, [{ ...task, campaignId: campaign.id, deadlineId: deadline.id }], at);
  return deadline.dueAt;
}
