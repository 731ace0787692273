/** What follows when tasks pass a step of their deadline: reminders, overdue notices, urging orders, escalation. */
import type { Knex } from 'knex';
import type { CampaignRow } from '../db/campaigns';
import { ensureDeadline } from '../db/deadlines';
import { addNotices, type NewNotice } from '../db/notices';
import { usersWith } from '../db/recipients';
import type { PassedStep } from '../db/sweep';
import { ensureUrgingOrder, openRound } from '../db/urging-orders';
import { digestTime } from '../domain/deadlines/due';
import { dayOf, type Calendar } from '../domain/deadlines/working-days';
import { formatInstant } from '../domain/notices/format';
import { OVERSIGHT_TASKS } from '../domain/notices/kinds';
import { leadsOf } from './campaign-plan';

/** Everybody whom the steps concern is told once, in their next digest. */
export async function actOn(
  trx: Knex,
  campaign: CampaignRow,
  calendar: Calendar,
  steps: readonly PassedStep[],
  now: Date,
): Promise<void> {
  const people = recipients(trx, campaign);
  const notices: NewNotice[] = [];
  for (const passed of steps) {
    const { action, department, assigneeId } = passed;
    const notice = noticeOf(campaign, calendar, passed);
    const liaisons = await people.liaisons(department);
    const responsible = assigneeId === null ? liaisons : [assigneeId];
    if (action === 'remind') {
      notices.push({ ...notice, kind: 'reminder', recipients: responsible });
      continue;
    }
    const heads = await people.heads(department);
    if (action === 'overdue') {
      notices.push({ ...notice, kind: 'overdue', recipients: unique(responsible, liaisons, heads) });
      continue;
    }
    const overseers = unique(await people.leads(), await people.supervisors());
    // Nobody urges oversight itself.
    const isNews =
      !OVERSIGHT_TASKS.includes(passed.kind) &&
      (await urge(trx, campaign, calendar, passed, unique(liaisons, heads, overseers), now));
    if (action === 'escalate') {
      const above = unique(await people.leadingGroup(), await people.supervisors());
      notices.push({ ...notice, kind: 'escalation', recipients: above });
    } else if (!isNews) {
      // An order that is still open takes these tasks on; those who oversee it hear that there are more.
      const all = unique(responsible, liaisons, heads, overseers);
      notices.push({ ...notice, kind: 'overdue', recipients: all });
    }
  }
  await addNotices(trx, notices);
}

function noticeOf(campaign: CampaignRow, calendar: Calendar, passed: PassedStep) {
  const { id, action, deadlineId, step, kind, department, departmentName, assigneeId, count, dueAt, at } =
    passed;
  return {
    taskStepId: id,
    key: `${campaign.code}/${action}/${deadlineId}/${step}/${kind}/${department}/${assigneeId ?? ''}`,
    campaignId: campaign.id,
    params: { department: departmentName, task: kind, count, due: formatInstant(dueAt) },
    // Of the step's own day: a sweep that comes late doesn't put it off once more.
    notBefore: digestTime(campaign.deadline_policy, calendar, at),
  };
}

/** Sees to the department's urging order, which has to be answered; whether it was issued just now. */
async function urge(
  trx: Knex,
  campaign: CampaignRow,
  calendar: Calendar,
  { id, department, departmentName }: PassedStep,
  recipientIds: readonly number[],
  now: Date,
): Promise<boolean> {
  const [addresseeId = null] = await usersWith(trx, { role: 'liaison', department });
  const year = dayOf(now).slice(0, 4);
  const order = await ensureUrgingOrder(trx, campaign.id, department, { now, year, addresseeId });
  if (!order.issued) return false;
  const { answer } = campaign.deadline_policy.durations;
  const deadline = await ensureDeadline(trx, campaign, calendar, now, answer);
  const owner = { campaignId: campaign.id };
  await openRound(
    trx,
    { ...order, owner, department, addresseeId, now },
    { round: 1, deadlineId: deadline.id },
  );
  await addNotices(trx, [
    {
      key: `urging-order/${order.number}`,
      kind: 'urging-order',
      campaignId: campaign.id,
      recipients: recipientIds,
      params: {
        department: departmentName,
        order: order.number,
        count: order.tasks,
        due: formatInstant(deadline.dueAt),
      },
      notBefore: now,
      taskStepId: id,
    },
  ]);
  return true;
}

/** Who hears of a department's tasks; each list is read once in a sweep. */
function recipients(trx: Knex, campaign: CampaignRow) {
  const known = new Map<string, Promise<number[]>>();
  const once = (name: string, read: () => Promise<number[]>): Promise<number[]> => {
    const list = known.get(name) ?? read();
    known.set(name, list);
    return list;
  };
  return {
    liaisons: (department: string) =>
      once(`liaisons/${department}`, () => usersWith(trx, { role: 'liaison', department })),
    heads: (department: string) =>
      once(`heads/${department}`, () => usersWith(trx, { role: 'approver', department })),
    leads: () => once('leads', () => leadsOf(trx, campaign)),
    supervisors: () => once('supervisors', () => usersWith(trx, { role: 'supervisor' })),
    leadingGroup: () =>
      once('leading-group', () => usersWith(trx, { role: 'approver', kind: 'leading-group' })),
  };
}

const unique = (...lists: (readonly number[])[]): number[] => [...new Set(lists.flat())];
