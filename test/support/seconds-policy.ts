import { CITY_POLICY, type DeadlinePolicy } from '../../domain/deadlines/policy';

/** The city's policy in seconds; what a test commands itself is never too late, however slow the machine. */
export const IN_SECONDS: DeadlinePolicy = {
  ...CITY_POLICY,
  unit: 'seconds',
  durations: { ...CITY_POLICY.durations, sealing: 600, revealing: 600, publication: 600, answer: 600 },
};
