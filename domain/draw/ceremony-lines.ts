/**
 * The ceremonies of a campaign that have ended, one JSON object a line (RFC 8785), each naming the SHA-256 of the line
 * before it: 1 to n, the void ones by whoever withheld, the last one by its bundle. None can be left out without showing.
 */
import canonicalize from 'canonicalize';
import { hash } from './hash';
import type { Manifest } from './manifest';
import { isPublicContributor } from './seed';

export interface EndedCeremony {
  number: number;
  outcome: 'void' | 'cancelled' | 'drawn';
  reason: string | null;
  /** Departments by which it is void. */
  withheld: readonly string[];
  endedAt: Date;
  /** The text whose SHA-256 is the commitment. */
  manifest: string;
  commitment: string;
  frozenSha256: string | null;
  bundleSha256: string | null;
  contributions: readonly {
    contributor: string;
    seal: string | null;
    sealed_at: Date | null;
    value: string | null;
    source: string | null;
    revealed_at: Date | null;
  }[];
}

export interface CeremonyLine {
  campaign: string;
  ceremony: number;
  previous: string | null;
  outcome: EndedCeremony['outcome'];
  reason: string | null;
  withheld: string[];
  /** ISO instant, to the second. */
  at: string;
  commitment: string;
  manifest: Manifest;
  /** SHA-256 of the ceremony's frozen.zip. */
  frozen: string | null;
  seals: { contributor: string; seal: string; sealed_at: string }[];
  values: { contributor: string; value: string; source: string | null; revealed_at: string }[];
  bundle: string | null;
}

/** `ceremonies` in order, from the first; each line with its end. */
export function ceremonyLines(campaign: string, ceremonies: readonly EndedCeremony[]): string[] {
  let previous: string | null = null;
  return ceremonies.map((ceremony) => {
    const line = canonicalize(lineOf(campaign, ceremony, previous)) ?? '';
    previous = hash(line);
    return `${line}\n`;
  });
}

function lineOf(campaign: string, ceremony: EndedCeremony, previous: string | null): CeremonyLine {
  const { contributions } = ceremony;
  return {
    campaign,
    ceremony: ceremony.number,
    previous,
    outcome: ceremony.outcome,
    reason: ceremony.reason,
    withheld: [...ceremony.withheld],
    at: `${ceremony.endedAt.toISOString().slice(0, 19)}Z`,
    commitment: ceremony.commitment,
    manifest: JSON.parse(ceremony.manifest) as Manifest,
    frozen: ceremony.frozenSha256,
    seals: contributions.flatMap(({ contributor, seal, sealed_at }) =>
      seal === null || sealed_at === null || isPublicContributor(contributor)
        ? []
        : [{ contributor, seal, sealed_at: sealed_at.toISOString() }],
    ),
    values: contributions.flatMap(({ contributor, value, source, revealed_at }) =>
      value === null || revealed_at === null
        ? []
        : [{ contributor, value, source, revealed_at: revealed_at.toISOString() }],
    ),
    bundle: ceremony.bundleSha256,
  };
}
