import { hash } from 'node:crypto';

/** An entry as the database shows it to whoever checks the chain: each value as the text that was hashed. */
export interface HashedEntry {
  seq: number;
  /** UTC with milliseconds, `2026-11-28T07:00:00.000Z`. */
  at: string;
  actor_id: number | null;
  action: string;
  subject: string;
  address: string | null;
  request_id: string | null;
  before: string | null;
  after: string | null;
}

/** What the first entry follows. */
export const BEFORE_FIRST = '0'.repeat(64);

/**
 * SHA-256 of an entry, of its place in the chain and of the hash before it: what `audit_seal` computes in the database.
 * Entries of the time when each was chained as it was written have one number for both.
 */
export function entryHash(entry: HashedEntry, place: number, previous: string): string {
  const { seq, at, actor_id, action, subject, address, request_id, before, after } = entry;
  const number = seq === place ? String(place) : `${place}/${seq}`;
  const fields = [number, at, actor_id, action, subject, address, request_id, before, after, previous];
  return hash('sha256', fields.map((field) => field ?? '').join('\n'), 'hex');
}
