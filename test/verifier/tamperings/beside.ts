/** Ways to cheat with what is published beside a bundle: the record after the draw, the ceremonies before it. */
import canonicalize from 'canonicalize';
import type { CeremonyLine } from '../../../domain/draw/ceremony-lines';
import { hash } from '../../../domain/draw/hash';
import type { RecordEntry, ReplacementEntry, SupplementEntry } from '../../../domain/draw/record';
import type { CheckId } from '../../../server/verify/report';
import type { BundleFiles } from '../bundle-files';
import type { DrawnBundle, Mode } from '../drawn-bundles';
import type { Handed } from '../verifiers';

/** What a forger has before them. */
export interface Scene {
  drawn: DrawnBundle;
  /** The other campaign. */
  other: DrawnBundle;
  bundle: BundleFiles;
  record: RecordEntry[];
  ceremonies: CeremonyLine[];
}

/** `edit`: lines are changed. `all`: they are numbered and chained again. */
export type LineEffort = 'edit' | 'all';

export interface BesideTampering {
  name: string;
  mode: Mode;
  found: Partial<Record<LineEffort, CheckId>>;
  forge: (scene: Scene, effort: LineEffort) => Handed | Promise<Handed>;
}

export const textOf = (lines: readonly object[]): string =>
  lines.map((line) => `${canonicalize(line) ?? ''}\n`).join('');

export function chained(record: RecordEntry[], first: string): RecordEntry[] {
  let previous = first;
  return record.map((entry, at) => {
    const line = { ...entry, seq: at + 1, previous };
    previous = hash(canonicalize(line) ?? '');
    return line;
  });
}

export function chainedCeremonies(lines: CeremonyLine[]): CeremonyLine[] {
  let previous: string | null = null;
  return lines.map((one, at): CeremonyLine => {
    const line = { ...one, ceremony: at + 1, previous };
    previous = hash(canonicalize(line) ?? '');
    return line;
  });
}

/** The lines of the record; `spell` changes their text at last. */
export const record = (
  name: string,
  found: BesideTampering['found'],
  change: (record: RecordEntry[], scene: Scene) => RecordEntry[],
  { mode = 'joint', spell = (text) => text }: { mode?: Mode; spell?: (text: string) => string } = {},
): BesideTampering => ({
  name,
  mode,
  found,
  forge: (scene, effort) => {
    const changed = change(structuredClone(scene.record), scene);
    const lines = effort === 'all' ? chained(changed, scene.drawn.sha256) : changed;
    return {
      bundle: scene.drawn.bundle,
      record: Buffer.from(spell(textOf(lines))),
      ceremonies: scene.drawn.ceremonies,
    };
  },
});

export const ceremonies = (
  name: string,
  found: BesideTampering['found'],
  change: (lines: CeremonyLine[], scene: Scene) => CeremonyLine[],
): BesideTampering => ({
  name,
  mode: 'joint',
  found,
  forge: (scene, effort) => {
    const changed = change(structuredClone(scene.ceremonies), scene);
    const lines = effort === 'all' ? chainedCeremonies(changed) : changed;
    const { bundle, record: own } = scene.drawn;
    return { bundle, record: own, ceremonies: Buffer.from(textOf(lines)) };
  },
});

/** The `at`-th replacement of the record. */
export function replacement(lines: RecordEntry[], at: number): ReplacementEntry {
  return there(lines.filter((one) => one.kind === 'replacement')[at]);
}

export function supplement(lines: RecordEntry[], at: number): SupplementEntry {
  return there(lines.filter((one) => one.kind === 'supplement')[at]);
}

export function there<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('what the forger looks for is not there');
  return found;
}
