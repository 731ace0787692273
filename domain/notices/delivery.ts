/**
 * What becomes of a mail, in the words of GOV.UK Notify, which sends the notices of a government:
 *
 * - `created`: waits for its first attempt
 * - `sending`: is being handed over, or was put off and is tried again
 * - `sent`: the mail server has taken it
 * - `delivered`: the recipient's server confirmed it; few do
 * - `temporary-failure`: put off for four hours, or given up by a server on the way
 * - `permanent-failure`: there is no such mailbox, or it refuses us
 * - `technical-failure`: our own mail server could not be used for four hours
 */
export const MAIL_STATUSES = [
  'created',
  'sending',
  'sent',
  'delivered',
  'temporary-failure',
  'permanent-failure',
  'technical-failure',
] as const;
export type MailStatus = (typeof MAIL_STATUSES)[number];

/** After these a person can have it sent once more. */
export const FAILED_STATUSES = ['temporary-failure', 'permanent-failure', 'technical-failure'] as const;

/** What the mail server answered: taken, refused for good, put off, or not to be used at all. */
export type Answer = 'taken' | 'refused' | 'put-off' | 'unusable';

/** The status that an answer leads to; `mayRetry`: four hours have not passed. */
export function statusAfter(answer: Answer, mayRetry: boolean): MailStatus {
  if (answer === 'taken') return 'sent';
  if (answer === 'refused') return 'permanent-failure';
  if (mayRetry) return 'sending';
  return answer === 'put-off' ? 'temporary-failure' : 'technical-failure';
}

/** What a delivery status notification says of one recipient (RFC 3464, fields Action and Status). */
export interface DeliveryReport {
  action: string;
  /** Three numbers with dots, 5.1.1 for one. */
  status: string;
}

/**
 * The status that a report leads to; null where it settles nothing: delayed, or passed on to a server that tells nothing
 * (relayed, expanded).
 */
export function statusByReport({ action, status }: DeliveryReport): MailStatus | null {
  switch (action.toLowerCase()) {
    case 'delivered':
      return 'delivered';
    case 'failed':
      return status.startsWith('4') ? 'temporary-failure' : 'permanent-failure';
    default:
      return null;
  }
}
