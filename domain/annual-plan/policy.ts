import { CITY_POLICY, type DeadlinePolicy } from '../deadlines/policy';

/** A line is due on the last day of its window; nobody has to answer for it in writing, so nobody is urged. */
export const PLAN_POLICY: DeadlinePolicy = {
  ...CITY_POLICY,
  steps: [
    { name: 'remind-20', offset: -20, action: 'remind' },
    { name: 'remind-5', offset: -5, action: 'remind' },
    { name: 'due-today', offset: 0, action: 'remind' },
    { name: 'overdue', offset: 1, action: 'overdue' },
    { name: 'escalate', offset: 5, action: 'escalate', to: ['leading-group', 'supervision', 'lead'] },
  ],
};

/** By the city's policy: its steps for launches, where it has some of their own. */
export const planPolicyOf = (policy: DeadlinePolicy): DeadlinePolicy => ({
  ...policy,
  steps: policy.byKind?.launch?.steps ?? PLAN_POLICY.steps,
});
