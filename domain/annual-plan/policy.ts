import { CITY_POLICY, type DeadlinePolicy } from '../deadlines/policy';

/** A line is due on the last day of its window; nobody has to answer for it in writing, so nobody is urged. */
export const PLAN_POLICY: DeadlinePolicy = {
  ...CITY_POLICY,
  steps: [
    { name: 'remind-20', offset: -20, action: 'remind' },
    { name: 'remind-5', offset: -5, action: 'remind' },
    { name: 'due-today', offset: 0, action: 'remind' },
    { name: 'overdue', offset: 1, action: 'overdue' },
    { name: 'escalate', offset: 5, action: 'escalate' },
  ],
};
