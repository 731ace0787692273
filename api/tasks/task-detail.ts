import type { Knex } from 'knex';
import { listStandIns, listStoodInFor } from '../../db/delegations';
import { listExtensions, type ExtensionRow } from '../../db/task-extensions';
import { taskCandidates } from '../../db/task-moves';
import { readTaskDraw } from '../../db/task-record';
import type { TaskRow } from '../../db/task-views';
import { dueAfter } from '../../domain/deadlines/due';
import { dayOf } from '../../domain/deadlines/working-days';
import { hasRoleIn, type Actor } from '../../domain/roles';
import { extensionRefusal, mostMore } from '../../domain/tasks/extension';
import { holdersOf } from '../../domain/tasks/holders';
import { ruleText } from '../../domain/tasks/why';
import { extensionCaseOf, mayDecideExtension } from './extension-case';
import { historyOf } from './history-of';
import { isOpen, originOf, readerOf, taskOf } from './task-of';

/** A task with all that became of it, and what the person may do about it. */
export async function taskDetailOf(db: Knex, row: TaskRow, actor: Actor, now: Date) {
  const reader = await readerOf(db, actor, now);
  const extensions = await listExtensions(db, row.id);
  const known = await extensionCaseOf(db, row, reader);
  const refusal = isOpen(row) ? extensionRefusal(known) : null;
  const mayAsk = isOpen(row) && (await mayAskFor(db, row, actor, now));
  const reassigns = isOpen(row) && mayReassign(actor, row);
  return {
    ...taskOf(row, reader),
    createdAt: row.created_at.toISOString(),
    doneBy: row.done_by,
    standIn: await standInOf(db, row, dayOf(now)),
    rule: ruleText(originOf(row, actor), await readTaskDraw(db, row.id)),
    history: await historyOf(db, row, extensions),
    extensions: extensions.map((one) => ({
      ...extensionOf(one),
      mayDecide: isOpen(row) && mayDecideExtension(actor, row.kind, known.campaign, one),
      mayWithdraw: one.status === 'requested' && one.requested_by === actor.id,
    })),
    extension: {
      mayRequest: mayAsk && refusal === null && !extensions.some(({ status }) => status === 'requested'),
      refusal: mayAsk ? (refusal?.message ?? null) : null,
      most: Math.max(0, mostMore(known)),
      latest: dueAfter(
        known.policy,
        reader.calendar,
        known.from,
        known.amount + Math.max(0, mostMore(known)),
      ).at.toISOString(),
    },
    reassignment: reassigns ? { candidates: await taskCandidates(db, row.id, holdersOf(row.kind)) } : null,
  };
}

/** Who owes it, who stands in for them, and the department's liaison. */
export async function mayAskFor(db: Knex, row: TaskRow, actor: Actor, now: Date): Promise<boolean> {
  if (row.assignee_id === actor.id || hasRoleIn(actor, row.department, 'liaison')) return true;
  return (await listStoodInFor(db, actor.id, dayOf(now))).some((person) => person === row.assignee_id);
}

export const mayReassign = (actor: Actor, row: TaskRow): boolean =>
  hasRoleIn(
    actor,
    row.department,
    ...(row.kind === 'void-ceremony' ? (['supervisor'] as const) : (['liaison', 'approver'] as const)),
  );

async function standInOf(db: Knex, row: TaskRow, day: string): Promise<string | null> {
  if (row.assignee_id === null || !isOpen(row)) return null;
  const [standIn] = await listStandIns(db, [row.assignee_id], day);
  return standIn?.name ?? null;
}

const extensionOf = (row: ExtensionRow) => ({
  id: row.id,
  status: row.status,
  amount: row.amount,
  reason: row.reason,
  dueAt: row.due_at.toISOString(),
  wantedDueAt: row.wanted_due_at.toISOString(),
  requestedBy: row.requester,
  requestedAt: row.requested_at.toISOString(),
  decidedBy: row.decider,
  decidedAt: row.decided_at?.toISOString() ?? null,
  note: row.note,
});
