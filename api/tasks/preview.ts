import type { Knex } from 'knex';
import { readCalendar } from '../../db/deadlines';
import { readOpenGroups, type OpenGroup } from '../../db/open-groups';
import { readUserNames } from '../../db/users';
import { stepRecipients } from '../../db/step-recipients';
import { listStandInsBetween } from '../../db/delegations';
import { digestTime, stepTimes } from '../../domain/deadlines/due';
import { recipientsOf, stepsOf, type DeadlinePolicy, type PolicyStep } from '../../domain/deadlines/policy';
import { dayOf, type Calendar } from '../../domain/deadlines/working-days';
import { formatInstant } from '../../domain/notices/format';
import { taskLabel, type TaskKind } from '../../domain/notices/kinds';
import type { TableColumn } from '../tables';

const DAYS = 30;

export interface PreviewRow {
  day: string;
  /** When it is mailed. */
  at: Date;
  person: string;
  action: PolicyStep['action'];
  urgency: 'digest' | 'at-once';
  kind: TaskKind;
  department: string;
  tasks: number;
  dueAt: Date;
}

/**
 * Who would be told what over the next 30 days if nobody did anything: from today's open tasks, by the policy that each
 * goes by, or as if all went by a draft. By day, then by person.
 */
export async function previewOf(
  db: Knex,
  { areas, draft, now }: { areas: readonly string[]; draft: DeadlinePolicy | null; now: Date },
): Promise<PreviewRow[]> {
  const calendar = await readCalendar(db);
  const recipients = stepRecipients(db);
  const until = new Date(now.getTime() + DAYS * 86_400_000);
  const standIns = await listStandInsBetween(db, dayOf(now), dayOf(until));
  const found: (Omit<PreviewRow, 'person'> & { recipient: number })[] = [];
  for (const group of await readOpenGroups(db, areas)) {
    const policy = draft ?? group.policy;
    for (const step of stepsToCome(group, policy, calendar, now, until)) {
      const told = await recipients(recipientsOf(step), group, group.leadDepartment);
      const urgency = step.urgency ?? 'digest';
      const at = urgency === 'at-once' ? step.at : digestTime(policy, calendar, step.at);
      const day = dayOf(at);
      const inTheirPlace = standIns
        .filter((one) => told.includes(one.person) && one.from <= day && day <= one.until)
        .map((one) => one.delegate);
      for (const recipient of new Set([...told, ...inTheirPlace]))
        found.push({
          ...{ day, at, recipient, action: step.action, urgency },
          ...{ kind: group.kind, department: group.departmentName, tasks: group.tasks, dueAt: group.dueAt },
        });
    }
  }
  const names = await readUserNames(db, [...new Set(found.map((row) => row.recipient))]);
  const rows = found.map(({ recipient, ...row }) => ({ ...row, person: names.get(recipient) ?? '' }));
  return rows.sort(
    (a, b) =>
      a.day.localeCompare(b.day) || a.person.localeCompare(b.person) || a.dueAt.getTime() - b.dueAt.getTime(),
  );
}

function stepsToCome(group: OpenGroup, policy: DeadlinePolicy, calendar: Calendar, now: Date, until: Date) {
  const steps = stepsOf(policy, group.kind);
  return stepTimes(policy, calendar, group.dueAt, group.kind)
    .filter(({ at }) => at > now && at <= until)
    .flatMap(({ step, at }) => {
      const known = steps[step];
      return known ? [{ ...known, at }] : [];
    });
}

const ACTIONS: Record<PolicyStep['action'], string> = {
  remind: '到期提醒',
  overdue: '逾期通知',
  urge: '督办',
  escalate: '报领导小组',
};

export const PREVIEW_TABLE: readonly TableColumn<PreviewRow>[] = [
  { header: '日期', value: (row) => row.day },
  { header: '时间', value: (row) => formatInstant(row.at) },
  { header: '接收人', value: (row) => row.person },
  { header: '内容', value: (row) => ACTIONS[row.action] },
  { header: '方式', value: (row) => (row.urgency === 'at-once' ? '立即' : '汇总') },
  { header: '任务种类', value: (row) => taskLabel(row.kind) },
  { header: '责任部门', value: (row) => row.department },
  { header: '项数', value: (row) => row.tasks },
  { header: '到期时间', value: (row) => formatInstant(row.dueAt) },
];
