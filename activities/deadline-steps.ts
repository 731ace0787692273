/** What follows when tasks pass a step of their deadline: reminders, overdue notices, urging orders, escalation. */
import type { Knex } from 'knex';
import type { CampaignRow } from '../db/campaigns';
import { ensureDeadline } from '../db/deadlines';
import { addNotices, type NewNotice } from '../db/notices';
import { usersWith } from '../db/recipients';
import { stepRecipients } from '../db/step-recipients';
import type { PassedStep } from '../db/sweep';
import { ensureUrgingOrder, openRound } from '../db/urging-orders';
import { digestTime } from '../domain/deadlines/due';
import { recipientsOf, stepsOf, type PolicyStep } from '../domain/deadlines/policy';
import { dayOf, type Calendar } from '../domain/deadlines/working-days';
import { formatInstant } from '../domain/notices/format';
import { OVERSIGHT_TASKS } from '../domain/notices/kinds';

/** Everybody whom the steps concern is told once, in their next digest. */
export async function actOn(
  trx: Knex,
  campaign: CampaignRow,
  calendar: Calendar,
  steps: readonly PassedStep[],
  now: Date,
): Promise<void> {
  const tell = stepRecipients(trx);
  const lead = campaign.lead_department;
  const notices: NewNotice[] = [];
  for (const passed of steps) {
    const { action } = passed;
    const step: Pick<PolicyStep, 'action' | 'to' | 'urgency'> = stepsOf(
      campaign.deadline_policy,
      passed.kind,
    )[passed.step] ?? { action };
    const recipients = await tell(recipientsOf(step), passed, lead);
    const notice = noticeOf(campaign, calendar, passed, step.urgency ?? 'digest');
    if (action === 'remind' || action === 'overdue') {
      notices.push({ ...notice, kind: action === 'remind' ? 'reminder' : 'overdue', recipients });
      continue;
    }
    // Nobody urges oversight itself.
    const isNews =
      !OVERSIGHT_TASKS.includes(passed.kind) &&
      (await urge(trx, campaign, calendar, passed, await tell(ADDRESSED, passed, lead), now));
    if (action === 'escalate') notices.push({ ...notice, kind: 'escalation', recipients });
    // An order that is still open takes these tasks on; those whom the step tells hear that there are more.
    else if (!isNews) notices.push({ ...notice, kind: 'overdue', recipients });
  }
  await addNotices(trx, notices);
}

/** An urging order reaches them whatever the policy says of the step. */
const ADDRESSED = ['liaison', 'head', 'lead', 'supervision'] as const;

function noticeOf(
  campaign: CampaignRow,
  calendar: Calendar,
  passed: PassedStep,
  urgency: 'digest' | 'at-once',
) {
  const { id, action, deadlineId, step, kind, department, departmentName, assigneeId, count, dueAt, at } =
    passed;
  return {
    taskStepId: id,
    key: `${campaign.code}/${action}/${deadlineId}/${step}/${kind}/${department}/${assigneeId ?? ''}`,
    campaignId: campaign.id,
    params: { department: departmentName, task: kind, count, due: formatInstant(dueAt) },
    // Of the step's own day: a sweep that comes late doesn't put it off once more.
    notBefore: urgency === 'at-once' ? at : digestTime(campaign.deadline_policy, calendar, at),
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
  const deadline = await ensureDeadline(trx, campaign, calendar, now, 'answer-urging');
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
