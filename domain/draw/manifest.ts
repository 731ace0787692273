import canonicalize from 'canonicalize';
import { hash } from './hash';

/** Size and digest of a frozen file. */
export interface FrozenFile {
  size: number;
  digest: string;
}

/** What is fixed before any randomness exists (draw protocol, section 1). */
export interface Manifest {
  protocol: 'onevisit-draw/1';
  campaign: string;
  mode: 'joint' | 'per_item';
  frozen_at: string;
  items: { item: string; department: string; qualifications: string[]; population: FrozenFile }[];
  strata: (FrozenFile & {
    item: string;
    stratum: string;
    ratio_ppm: number;
    minimum: number;
    sample: number;
  })[];
  teams: { department: string; size: number }[];
  entities: FrozenFile;
  inspectors: FrozenFile;
  exclusions: FrozenFile;
  contributors: string[];
}

/** The manifest's one serialisation (RFC 8785), lists in the protocol's order. */
export function manifestText(manifest: Manifest): string {
  const ordered: Manifest = {
    ...manifest,
    items: manifest.items
      .map((item) => ({ ...item, qualifications: [...item.qualifications].sort(byBytes) }))
      .sort((a, b) => byBytes(a.item, b.item)),
    strata: [...manifest.strata].sort((a, b) => byBytes(a.item, b.item) || byBytes(a.stratum, b.stratum)),
    teams: [...manifest.teams].sort((a, b) => byBytes(a.department, b.department)),
    contributors: [...manifest.contributors].sort(byBytes),
  };
  const text = canonicalize(ordered);
  if (text === undefined) throw new TypeError('a manifest always serialises');
  return text;
}

/** Published with the manifest before anybody seals. */
export const commitmentOf = (text: string): string => hash(text);

/** Order of the UTF-8 bytes, which is the order of code points. */
export function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'));
}
