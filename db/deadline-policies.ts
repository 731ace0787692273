import type { DeadlinePolicy } from '../domain/deadlines/policy';
import { policyVersions } from './policy-versions';

export interface DeadlinePolicyContent {
  policy: DeadlinePolicy;
}

/** Versions of the city's deadlines, reminders and escalation. */
export const deadlinePolicies = policyVersions<DeadlinePolicyContent>('deadline_policies', '时限和提醒规定');
