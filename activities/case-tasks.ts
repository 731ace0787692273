/** What is owed for a violation, as tasks with deadlines. */
import type { Knex } from 'knex';
import type { CampaignRow } from '../db/campaigns';
import { ensureDeadline, readCalendar } from '../db/deadlines';
import { countCaseTasks, openCaseTasks, type CaseRow } from '../db/handling';
import { addNotices } from '../db/notices';
import { departmentName } from '../db/organisation';
import { usersWith } from '../db/recipients';
import { moveToDeadline } from '../db/task-moves';
import { addTasks, cancelTask, finishTask } from '../db/tasks';
import { digestTime } from '../domain/deadlines/due';
import { HANDLING_STEP_LABELS, type HandlingState, type HandlingStep } from '../domain/handling/course';
import { CASE_TASKS, isMoot, owedIn, type OwedTask } from '../domain/handling/owed';
import { formatInstant } from '../domain/notices/format';

export interface Owing {
  campaign: CampaignRow;
  row: CaseRow;
  /** Who did what led here. */
  actorId: number | null;
  step: HandlingStep | null;
  now: Date;
}

/** Ends what is not owed any more in a state, and gives what is; `due`: other deadlines than the usual ones, by kind. */
export async function oweIn(
  trx: Knex,
  owing: Owing,
  state: HandlingState,
  due: Partial<Record<OwedTask['kind'], { from: Date; amount: number }>> = {},
): Promise<void> {
  const { campaign, row, now } = owing;
  const owed = owedIn(state);
  const open = await openCaseTasks(trx, row.id, CASE_TASKS);
  for (const task of open) {
    const stays = owed.some(({ kind }) => kind === task.kind);
    if (stays) continue;
    if (isMoot(task.kind, owing.step)) await cancelTask(trx, task.key, now);
    else await finishTask(trx, task.key, { at: now, by: owing.actorId });
  }
  const calendar = await readCalendar(trx);
  for (const { kind, by } of owed) {
    const before = open.find((task) => task.kind === kind);
    const other = due[kind];
    if (before && !other) continue;
    const deadline = await ensureDeadline(trx, campaign, calendar, other?.from ?? now, kind, other?.amount);
    if (before) {
      const reason = HANDLING_STEP_LABELS[owing.step ?? 'order'];
      const cause = { actorId: owing.actorId, at: now, reason, extensionId: null };
      await moveToDeadline(trx, before.id, deadline.id, cause);
      continue;
    }
    const department = by === 'keeper' ? (row.keeper_code ?? row.department_code) : row.department_code;
    const people = await usersWith(trx, {
      role: by === 'handler' ? 'liaison' : 'approver',
      department,
      regions: [row.region_code],
    });
    // Who decides is somebody else than who asked.
    const able = by === 'handler' ? people : people.filter((id) => id !== owing.actorId);
    await giveTask(trx, owing, { kind, department, people: able, deadline });
  }
}

/** A task of another department that the case's own course doesn't wait for. */
export async function oweElsewhere(
  trx: Knex,
  owing: Owing,
  task: { kind: 'joint-measure' | 'lift-measure'; department: string; noticeId: number },
): Promise<void> {
  const { campaign, row, now } = owing;
  const calendar = await readCalendar(trx);
  const deadline = await ensureDeadline(trx, campaign, calendar, now, task.kind);
  const people = await usersWith(trx, {
    role: 'liaison',
    department: task.department,
    regions: [row.region_code],
  });
  await giveTask(trx, owing, { ...task, key: `${task.kind}/${task.noticeId}`, people, deadline });
}

interface GivenTask {
  kind: string;
  key?: string;
  department: string;
  people: readonly number[];
  deadline: { id: number; dueAt: Date };
}

async function giveTask(
  trx: Knex,
  { campaign, row, now }: Owing,
  { kind, key, department, people, deadline }: GivenTask,
): Promise<void> {
  const times = key === undefined ? await countCaseTasks(trx, row.id, kind) : 0;
  const name = key ?? (times === 0 ? `${kind}/${row.id}` : `${kind}/${row.id}/${times + 1}`);
  await addTasks(
    trx,
    [
      {
        key: name,
        kind,
        campaignId: campaign.id,
        caseId: row.id,
        department,
        assigneeId: people[0] ?? null,
        deadlineId: deadline.id,
      },
    ],
    now,
  );
  await addNotices(trx, [
    {
      key: `case-task/${name}`,
      kind: 'case-task',
      campaignId: campaign.id,
      recipients: people,
      params: {
        department: await departmentName(trx, department),
        entity: row.entity_name,
        task: kind,
        due: formatInstant(deadline.dueAt),
      },
      notBefore: digestTime(campaign.deadline_policy, await readCalendar(trx), now),
    },
  ]);
}
