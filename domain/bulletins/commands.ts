import type { Period } from '../oversight/figures';
import type { BulletinKind } from '../oversight/periods';
import type { BulletinCommand } from './stages';

/** What a bulletin is to be about. */
export type BulletinPlan =
  /** By the schedule: the whole period before the instant (ISO) that it was scheduled for. */
  | { kind: Exclude<BulletinKind, 'special'>; scheduledAt: string }
  | { kind: 'special'; period: Period; region: string; createdBy: number };

/** What the API hands to a bulletin's workflow. `key` names the command: one that arrives twice is carried out once. */
export interface BulletinInput {
  number: string;
  command: BulletinCommand;
  key: string;
  actorId: number;
  address: string | null;
  requestId: string | null;
  reason: string;
}
