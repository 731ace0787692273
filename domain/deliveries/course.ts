/**
 * What becomes of a delivery:
 *
 * - `created`: waits for its first attempt
 * - `sending`: is being handed over, or was put off and is tried again
 * - `sent`: lies in the folder, or the receiver's server has taken it
 * - `acknowledged`: the receiver answered for its rows
 * - `rejected`: the receiver refused it, or every row of it
 * - `failed`: could not be handed over for four hours
 */
import type { Answer } from '../notices/delivery';

export const DELIVERY_STATUSES = [
  'created',
  'sending',
  'sent',
  'acknowledged',
  'rejected',
  'failed',
] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** After these a person can have it sent once more. */
export const RESENDABLE = ['rejected', 'failed'] as const satisfies DeliveryStatus[];

/** `mayRetry`: four hours have not passed. */
export function statusAfterAttempt(answer: Answer, mayRetry: boolean): DeliveryStatus {
  if (answer === 'taken') return 'sent';
  if (answer === 'refused') return 'rejected';
  return mayRetry ? 'sending' : 'failed';
}

export const statusByAnswers = (counts: { rows: number; refused: number }): DeliveryStatus =>
  counts.refused === counts.rows ? 'rejected' : 'acknowledged';

/** Rows of one delivery, at most: what a receiver can look through when something is refused. */
export const DELIVERY_ROWS = 5000;

/**
 * Of rows in order, those that go first in one delivery: of one campaign, and each result once, so that an answer for a
 * row is about one version of it.
 */
export function firstBatch<T extends { campaign_code: string; credit_code: string; item_code: string }>(
  rows: readonly T[],
): T[] {
  const seen = new Set<string>();
  const end = rows.findIndex((row) => {
    const name = `${row.credit_code}/${row.item_code}`;
    if (row.campaign_code !== rows[0]?.campaign_code || seen.has(name)) return true;
    seen.add(name);
    return false;
  });
  return rows.slice(0, end === -1 ? rows.length : end);
}

/** Numbers count up for each target: no name is used twice. */
export const fileNameOf = (number: number, campaign: string, format: string): string =>
  `${String(number).padStart(6, '0')}-${campaign}.${format}`;
