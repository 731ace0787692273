import type { Knex } from 'knex';
import type { CampaignRow } from '../db/campaigns';
import { visitsByDepartment, visitsByInspector } from '../db/dispatch';
import { ensureDeadline, readCalendar, type Deadline } from '../db/deadlines';
import { addNotices } from '../db/notices';
import { usersWith } from '../db/recipients';
import { addResultTasks, addTasks } from '../db/tasks';
import type { CommandInput, StepOutcome } from '../domain/commands';
import { digestTime } from '../domain/deadlines/due';
import { instantOf, type Calendar } from '../domain/deadlines/working-days';
import { formatInstant } from '../domain/notices/format';
import type { Collaborators } from './collaborators';
import { carryOut } from './step';

export function createDispatchActivities({ db, now }: Collaborators) {
  return {
    /** Every visit and department gets its task; inspectors and liaisons are told in their next digest. */
    dispatch: (input: CommandInput): Promise<StepOutcome> =>
      carryOut(db, 'dispatch', input, async (trx, campaign) => {
        const { tasks, deadline } = await handOut(trx, campaign, now());
        return {
          stage: 'dispatched',
          note: `已派发 ${tasks} 项任务，${formatInstant(deadline.dueAt)} 前应录入结果。`,
          after: { tasks, due: deadline.dueAt.toISOString() },
        };
      }),
  };
}

/** Tasks and notices of all visits, or after a supplementary draw of the added ones: `added` names it and them. */
export async function handOut(
  trx: Knex,
  campaign: CampaignRow,
  now: Date,
  added: { key: string; visits: readonly number[] } | null = null,
): Promise<{ tasks: number; deadline: Deadline }> {
  const policy = campaign.deadline_policy;
  const calendar = await readCalendar(trx);
  // In working days the last day of the visits counts; in seconds, as demos run, the dispatch.
  const lastDay = instantOf(campaign.visit_to, '23:59');
  const from = policy.unit === 'seconds' || lastDay < now ? now : lastDay;
  const deadline = await ensureDeadline(trx, campaign, calendar, from, 'results');
  const visits = added?.visits ?? null;
  const tasks = await addResultTasks(trx, campaign.id, deadline.id, now, visits);

  if (campaign.demands_approval) await askForApprovals(trx, campaign, calendar, now, added);

  const suffix = added === null ? '' : `/${added.key}`;
  const due = formatInstant(deadline.dueAt);
  const notBefore = digestTime(policy, calendar, now);
  await addNotices(
    trx,
    (await visitsByInspector(trx, campaign.id, visits)).map(({ userId, count }) => ({
      key: `${campaign.code}/visits-assigned${suffix}`,
      kind: 'visits-assigned' as const,
      campaignId: campaign.id,
      recipients: [userId],
      params: { count, due },
      notBefore,
    })),
  );
  for (const { department, name, count } of await visitsByDepartment(trx, campaign.id, visits)) {
    await addNotices(trx, [
      {
        key: `${campaign.code}/visits-dispatched/${department}${suffix}`,
        kind: 'visits-dispatched',
        campaignId: campaign.id,
        recipients: await usersWith(trx, { role: 'liaison', department }),
        params: { department: name, count, due },
        notBefore,
      },
    ]);
  }
  return { tasks, deadline };
}

/** The head of each department owes the approval of its inspections before they start (国办发〔2024〕54号). */
async function askForApprovals(
  trx: Knex,
  campaign: CampaignRow,
  calendar: Calendar,
  now: Date,
  added: { key: string; visits: readonly number[] } | null,
): Promise<void> {
  const deadline = await ensureDeadline(trx, campaign, calendar, now, 'approve-inspections');
  const departments = await visitsByDepartment(trx, campaign.id, added?.visits ?? null);
  const tasks = [];
  for (const { department } of departments) {
    const [head] = await usersWith(trx, { role: 'approver', department, regions: campaign.region_codes });
    tasks.push({
      key: `approve-inspections/${campaign.id}/${department}${added === null ? '' : `/${added.key}`}`,
      kind: 'approve-inspections',
      campaignId: campaign.id,
      department,
      assigneeId: head ?? null,
      deadlineId: deadline.id,
    });
  }
  await addTasks(trx, tasks, now);
}
