/** What the API hands to a campaign's workflow, and what comes back. */
import type { Stage } from './campaigns';

/** Who commands, from where. `key` names the command: one that arrives twice is carried out once. */
export interface CommandInput {
  campaign: string;
  key: string;
  actorId: number;
  address: string | null;
  requestId: string | null;
}

export interface ReasonInput extends CommandInput {
  reason: string;
}

export interface SealInput extends CommandInput {
  department: string;
  seal: string;
}

export interface RevealInput extends CommandInput {
  department: string;
  value: string;
}

export interface PublicValueInput extends CommandInput {
  contributor: string;
  value: string;
  source: string;
}

export interface AmendInput extends CommandInput {
  amendment: number;
  note: string;
}

export interface StepOutcome {
  stage: Stage;
  /** What happened, in words for the person who commanded. */
  note: string | null;
  /** ISO instant until which the departments have to seal or reveal; only where such a deadline begins. */
  deadline?: string;
  /** The lead department and where the campaign is; left out in what was carried out before version 0.2. */
  lead?: string;
  regions?: string[];
}
