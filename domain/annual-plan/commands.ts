import type { PlanCommand } from './stages';

/** What the API hands to the workflow of a year's plan. `key` names the command: one that arrives twice is carried out once. */
export interface PlanInput {
  year: number;
  command: PlanCommand;
  key: string;
  actorId: number;
  address: string | null;
  requestId: string | null;
  /** Why it is returned or amended. */
  reason: string | null;
}
