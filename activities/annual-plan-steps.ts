/** What follows when a line of a plan is not launched in its window: reminders, an overdue notice, an escalation. */
import type { Knex } from 'knex';
import type { AnnualPlanRow } from '../db/annual-plans';
import { addNotices } from '../db/notices';
import { stepRecipients } from '../db/step-recipients';
import type { PassedStep } from '../db/sweep';
import { digestTime } from '../domain/deadlines/due';
import { recipientsOf, stepsOf, type DeadlineAction, type PolicyStep } from '../domain/deadlines/policy';
import type { Calendar } from '../domain/deadlines/working-days';
import { formatInstant } from '../domain/notices/format';
import type { NoticeKind } from '../domain/notices/kinds';

const KINDS: Record<DeadlineAction, NoticeKind> = {
  remind: 'reminder',
  overdue: 'overdue',
  urge: 'overdue',
  escalate: 'escalation',
};

export async function actOnPlan(
  trx: Knex,
  plan: AnnualPlanRow,
  calendar: Calendar,
  steps: readonly PassedStep[],
): Promise<void> {
  const tell = stepRecipients(trx);
  for (const passed of steps) {
    const { id, action, deadlineId, step, kind, department, departmentName, assigneeId, count, dueAt, at } =
      passed;
    const known: Pick<PolicyStep, 'action' | 'to' | 'urgency'> = stepsOf(plan.deadline_policy, kind)[
      step
    ] ?? { action };
    await addNotices(trx, [
      {
        key: `annual-plan/${plan.year}/${action}/${deadlineId}/${step}/${department}/${assigneeId ?? ''}`,
        kind: KINDS[action],
        campaignId: null,
        recipients: await tell(recipientsOf(known), passed, null),
        params: { department: departmentName, task: kind, count, due: formatInstant(dueAt) },
        notBefore: known.urgency === 'at-once' ? at : digestTime(plan.deadline_policy, calendar, at),
        taskStepId: id,
      },
    ]);
  }
}
