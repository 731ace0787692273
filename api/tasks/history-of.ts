import type { Knex } from 'knex';
import type { z } from 'zod';
import type { ExtensionRow } from '../../db/task-extensions';
import {
  readTaskMoves,
  readTaskOrders,
  readTaskSteps,
  type TaskMove,
  type TaskStep,
} from '../../db/task-record';
import type { TaskRow } from '../../db/task-views';
import { formatInstant } from '../../domain/notices/format';
import type { taskDetail } from '../schemas/tasks';

type Kind = z.infer<typeof taskDetail>['history'][number]['kind'];

const STEP_KINDS = {
  remind: 'reminded',
  overdue: 'told-overdue',
  urge: 'urged',
  escalate: 'escalated',
} as const satisfies Record<TaskStep['action'], Kind>;

interface Happening {
  at: Date;
  kind: Kind;
  actor: string | null;
  text: string;
  told: TaskStep['told'];
}

/** All that happened to a task, in order. */
export async function historyOf(db: Knex, row: TaskRow, extensions: readonly ExtensionRow[]) {
  const moves = await readTaskMoves(db, row.id);
  const happenings: Happening[] = [
    createdOf(row, moves),
    ...(await readTaskSteps(db, row.id)).map((step) => ({
      at: step.at,
      kind: STEP_KINDS[step.action],
      actor: null,
      text: '',
      told: step.told,
    })),
    ...(await readTaskOrders(db, row.id)).map((order) => plain(order.at, 'order', null, order.number)),
    ...extensions.flatMap(extensionHappenings),
    ...moves.map(moveOf),
    ...endOf(row),
  ];
  return happenings
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ at, ...rest }) => ({ at: at.toISOString(), ...rest }));
}

const plain = (at: Date, kind: Kind, actor: string | null, text: string): Happening => ({
  ...{ at, kind, actor, text },
  told: [],
});

function createdOf(row: TaskRow, moves: readonly TaskMove[]): Happening {
  const [first] = moves;
  const whom = (first ? first.from_name : row.assignee) ?? '';
  const due = formatInstant(first ? first.from_due : row.due_at);
  return plain(row.created_at, 'created', null, `${row.department_name}${whom}，${due} 到期`);
}

function moveOf(move: TaskMove): Happening {
  if (move.from_deadline !== move.to_deadline) {
    const dates = `${formatInstant(move.from_due)} → ${formatInstant(move.to_due)}`;
    return plain(move.at, 'extended', move.actor, `${dates}。${move.reason}`);
  }
  const people = `${move.from_name ?? '部门'} → ${move.to_name ?? '部门'}`;
  return plain(move.at, 'reassigned', move.actor, `${people}。${move.reason}`);
}

/** An approval shows as what it changed. */
function extensionHappenings(one: ExtensionRow): Happening[] {
  const wish = `${formatInstant(one.due_at)} → ${formatInstant(one.wanted_due_at)}。${one.reason}`;
  const asked = plain(one.requested_at, 'extension-requested', one.requester, wish);
  if (one.decided_at === null || one.status === 'approved') return [asked];
  const kind = one.status === 'refused' ? 'extension-refused' : 'extension-withdrawn';
  return [asked, plain(one.decided_at, kind, one.decider, one.note)];
}

function endOf(row: TaskRow): Happening[] {
  if (row.done_at) {
    const isOthers = row.assignee !== null && row.done_by !== null && row.assignee !== row.done_by;
    const text = row.note ?? (isOthers ? `责任人：${row.assignee ?? ''}` : '');
    return [plain(row.done_at, 'done', row.done_by, text)];
  }
  if (row.cancelled_at) return [plain(row.cancelled_at, 'cancelled', null, '')];
  return [];
}
