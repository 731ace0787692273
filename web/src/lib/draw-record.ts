/** A draw's public record as its file has it (docs/draw-record.md). */
import { sha256 } from './sha256';

interface Head {
  seq: number;
  previous: string;
  at: string;
  reason: string;
}

export interface Place {
  visit: number;
  department: string;
  /** Missing where the entry has one inspector for all of its places. */
  inspector?: string;
  by: string | null;
}

export interface Replacement extends Head {
  kind: 'replacement';
  inspector: string;
  scope: 'all' | 'visits';
  changes: Place[];
}

export interface Supplement extends Head {
  kind: 'supplement';
  strata: { item: string; stratum: string; ratio_ppm: number; sample: number }[];
  visits: { visit: number; code: string; items: string[] }[];
  assignments: { visit: number; department: string; inspector: string }[];
  changes: Place[];
}

export interface DrawRecord {
  entries: (Replacement | Supplement)[];
  /** Whether each line names the one before it, and the first the bundle. */
  holds: boolean;
}

export async function readRecord(text: string, bundleSha256: string): Promise<DrawRecord> {
  const lines = text.split('\n').filter((line) => line !== '');
  const entries = lines.map((line) => JSON.parse(line) as Replacement | Supplement);
  const digests = [bundleSha256, ...(await Promise.all(lines.map(sha256)))];
  const holds = entries.every((entry, at) => entry.seq === at + 1 && entry.previous === digests[at]);
  return { entries, holds };
}
