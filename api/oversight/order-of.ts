import type { OrderTaskRow, UrgingOrderRow } from '../../db/urging-orders';
import { awaitsAnswer, isSettled } from '../../domain/oversight/urging-orders';
import { hasRole, hasRoleIn, reachesRegions, type Actor } from '../../domain/roles';
import { isoOf } from './iso-of';
import { owedTitle } from './overseen-task';

/** An order as the asking person sees it, with what they may do. */
export function orderOf(row: UrgingOrderRow, actor: Actor, now: Date) {
  const last = row.rounds.at(-1);
  const isAwaited = awaitsAnswer(row.status);
  return {
    number: row.number,
    origin: row.origin,
    campaign:
      row.campaign_code === null
        ? null
        : { code: row.campaign_code, name: row.campaign_name ?? row.campaign_code },
    planYear: row.plan_year,
    department: { code: row.department, name: row.department_name },
    addressee: row.addressee,
    status: row.status,
    demand: row.demand,
    issuedAt: row.issued_at.toISOString(),
    issuedBy: row.issued_by,
    dueAt: isAwaited && last ? isoOf(last.dueAt) : null,
    tasks: row.tasks,
    rounds: row.rounds.map(({ answeredById, ...round }) => ({
      ...round,
      dueAt: isoOf(round.dueAt),
      answeredAt: round.answeredAt && isoOf(round.answeredAt),
      decidedAt: round.decidedAt && isoOf(round.decidedAt),
      isLate:
        (round.answeredAt === null ? now : new Date(round.answeredAt)) > new Date(round.dueAt) &&
        (answeredById !== null || isAwaited),
    })),
    withdrawal:
      row.withdrawn_at === null
        ? null
        : {
            at: row.withdrawn_at.toISOString(),
            by: row.withdrawn_by ?? '',
            reason: row.withdrawal_reason ?? '',
          },
    mayAnswer: isAwaited && mayAnswer(actor, row),
    mayDecide: row.status === 'answered' && mayOversee(actor, row) && last?.answeredById !== actor.id,
    mayWithdraw: !isSettled(row.status) && mayOversee(actor, row),
  };
}

export const mayAnswer = (actor: Actor, { department }: Pick<UrgingOrderRow, 'department'>): boolean =>
  hasRoleIn(actor, department, 'liaison', 'lead_officer', 'approver');

/** Supervision in charge of all that the order's campaign reaches, and whoever issued it. */
export const mayOversee = (
  actor: Actor,
  order: Pick<UrgingOrderRow, 'region_codes' | 'issued_by_id'>,
): boolean =>
  reachesRegions(actor, order.region_codes, 'supervisor') ||
  (order.issued_by_id === actor.id && hasRole(actor, 'supervisor'));

export const concernedOf = (row: OrderTaskRow, now: Date) => ({
  id: row.id,
  title: owedTitle(row),
  assignee: row.assignee,
  dueAt: row.due_at.toISOString(),
  doneAt: row.done_at?.toISOString() ?? null,
  state: stateOf(row, now),
});

function stateOf(
  { cancelled_at, done_at, due_at }: OrderTaskRow,
  now: Date,
): 'open' | 'overdue' | 'done' | 'done-late' | 'cancelled' {
  if (cancelled_at) return 'cancelled';
  if (done_at) return done_at <= due_at ? 'done' : 'done-late';
  return due_at < now ? 'overdue' : 'open';
}
