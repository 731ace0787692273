/**
 * What is appended to a draw after it: replacements of inspectors and supplementary draws (draw protocol, section 3;
 * domain guide, section 3, "Plans"). One JSON object a line (RFC 8785); each names the SHA-256 of the line before it,
 * the first that of the bundle: nothing can be changed, removed or put in between without showing.
 */
import canonicalize from 'canonicalize';
import { hash } from './hash';

export interface RecordHead {
  campaign: string;
  ceremony: number;
  seq: number;
  previous: string;
  /** ISO instant, to the second. */
  at: string;
  reason: string;
}

export interface ReplacementEntry extends RecordHead {
  kind: 'replacement';
  inspector: string;
  /** `all`: out for the rest of the campaign, and passed over from now on; `visits`: for these visits only. */
  scope: 'all' | 'visits';
  changes: { visit: number; department: string; by: string | null }[];
}

export interface SupplementEntry extends RecordHead {
  kind: 'supplement';
  /** All strata with what is drawn of them now. */
  strata: { item: string; stratum: string; ratio_ppm: number; minimum: number; sample: number }[];
  /** New visits, and visits that got further items: with all their items. */
  visits: { visit: number; code: string; items: string[] }[];
  assignments: { visit: number; department: string; inspector: string }[];
  /** Members of standing teams who lack what the further items require. */
  changes: { visit: number; department: string; inspector: string; by: string | null }[];
}

export type RecordEntry = ReplacementEntry | SupplementEntry;

/** The entry's one line, without its end, and the digest that the next entry names. */
export function recordLine(entry: RecordEntry): { line: string; digest: string } {
  const line = canonicalize(entry);
  if (line === undefined) throw new TypeError('a record entry always serialises');
  return { line, digest: hash(line) };
}
