/** What follows when a line of a plan is not launched in its window: reminders, an overdue notice, an escalation. */
import type { Knex } from 'knex';
import type { AnnualPlanRow } from '../db/annual-plans';
import { addNotices } from '../db/notices';
import { usersWith } from '../db/recipients';
import type { PassedStep } from '../db/sweep';
import { digestTime } from '../domain/deadlines/due';
import type { DeadlineAction } from '../domain/deadlines/policy';
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
  for (const passed of steps) {
    const { id, action, deadlineId, step, kind, department, departmentName, assigneeId, count, dueAt, at } =
      passed;
    await addNotices(trx, [
      {
        key: `annual-plan/${plan.year}/${action}/${deadlineId}/${step}/${department}/${assigneeId ?? ''}`,
        kind: KINDS[action],
        campaignId: null,
        recipients: await recipientsOf(trx, passed),
        params: { department: departmentName, task: kind, count, due: formatInstant(dueAt) },
        notBefore: digestTime(plan.deadline_policy, calendar, at),
        taskStepId: id,
      },
    ]);
  }
}

async function recipientsOf(trx: Knex, { action, department, assigneeId }: PassedStep): Promise<number[]> {
  const own = async () => usersWith(trx, { role: 'liaison', department });
  const responsible = assigneeId === null ? await own() : [assigneeId];
  if (action === 'remind') return responsible;
  if (action === 'overdue' || action === 'urge') {
    const heads = await usersWith(trx, { role: 'approver', department });
    return [...new Set([...responsible, ...(await own()), ...heads])];
  }
  return [
    ...new Set([
      ...(await usersWith(trx, { role: 'approver', kind: 'leading-group' })),
      ...(await usersWith(trx, { role: 'supervisor' })),
      ...(await usersWith(trx, { role: 'coordinator' })),
    ]),
  ];
}
