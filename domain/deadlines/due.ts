import { stepsOf, type DeadlineAction, type DeadlinePolicy } from './policy';
import { addWorkingDays, dayOf, instantOf, shift, type Calendar } from './working-days';

export interface Due {
  at: Date;
  /** Rests on a year whose holidays are not announced yet. */
  provisional: boolean;
}

/** The end of the `amount`-th working day after an instant; or that many seconds after it. */
export function dueAfter(policy: DeadlinePolicy, calendar: Calendar, from: Date, amount: number): Due {
  if (policy.unit === 'seconds') return { at: new Date(from.getTime() + amount * 1000), provisional: false };
  const { day, provisional } = addWorkingDays(calendar, dayOf(from), amount);
  return { at: instantOf(day, '23:59:59'), provisional };
}

export interface StepTime {
  step: number;
  name: string;
  action: DeadlineAction;
  at: Date;
}

/** Before the digest by this much, so that the digest holds what the sweeps of all campaigns have found for the day. */
const SWEEP_LEAD_MS = 10 * 60_000;

/**
 * When each step of the policy, for a kind of tasks, comes around a due instant: ahead of the digest on working days, or
 * by the second.
 */
export function stepTimes(policy: DeadlinePolicy, calendar: Calendar, dueAt: Date, kind = ''): StepTime[] {
  return stepsOf(policy, kind).map(({ name, action, offset }, step) => ({
    step,
    name,
    action,
    at:
      policy.unit === 'seconds'
        ? new Date(dueAt.getTime() + offset * 1000)
        : sweepTime(addWorkingDays(calendar, dayOf(dueAt), offset).day, policy.digestAt),
  }));
}

const sweepTime = (day: string, digestAt: string): Date =>
  new Date(Math.max(instantOf(day, '00:00').getTime(), instantOf(day, digestAt).getTime() - SWEEP_LEAD_MS));

/** When a notice that can wait for the day's digest is mailed: the next digest time on a working day. */
export function digestTime(policy: DeadlinePolicy, calendar: Calendar, now: Date): Date {
  if (policy.unit === 'seconds') return now;
  let day = dayOf(now);
  while (!calendar.isWorkingDay(day) || instantOf(day, policy.digestAt) < now) day = shift(day, 1);
  return instantOf(day, policy.digestAt);
}
