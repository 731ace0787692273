/** Whom a row of a policy, or a stratum of a draw, is about (plan 3.3). */
import { covers } from '../regions/covers';
import { LEVEL_NAMES, LEVELS, type Level } from './industry-risk';

export const DRAW_CLASSES = ['A', 'B', 'C', 'D'] as const;
export type DrawClass = (typeof DRAW_CLASSES)[number];

export interface Part {
  drawClass: DrawClass;
  /** null: everywhere. */
  region: string | null;
  /** null: whatever the industry. */
  level: Level | null;
}

export interface PlacedTraits {
  region: string;
  drawClass: string;
  level: Level | null;
}

/**
 * The most specific of the parts that an entity is in. A part that names the entity's level comes before any that names
 * none, since it is about a danger, which a county's row for everybody was not written for; whoever wants it otherwise in a
 * county names both there. Of parts alike in that the nearest region counts. Regions of one place lie inside each other, so
 * two parts are equally specific only where they are the same.
 */
export function mostSpecific<P extends Part>(parts: readonly P[], of: PlacedTraits): P | undefined {
  let best: P | undefined;
  for (const part of parts) {
    const applies =
      part.drawClass === of.drawClass &&
      (part.level === null || part.level === of.level) &&
      (part.region === null || covers(part.region, of.region));
    if (applies && (best === undefined || isMoreSpecific(part, best))) best = part;
  }
  return best;
}

const isMoreSpecific = (one: Part, other: Part): boolean =>
  (one.level === null) === (other.level === null)
    ? depthOf(one.region) > depthOf(other.region)
    : one.level !== null;

/** The nearer, the more. */
export const depthOf = (region: string | null): number =>
  region === null ? 0 : region.replace(/(00)+$/, '').length;

/** `B`, `B-610921`, `B-high`, `B-610921-high`: the name of a stratum and of its files in the bundle. */
export const partName = ({ drawClass, region, level }: Part): string =>
  [drawClass, region, level].filter((word) => word !== null).join('-');

export const PART_NAME = new RegExp(
  `^([${DRAW_CLASSES.join('')}])(?:-(\\d{6}))?(?:-(${LEVELS.join('|')}))?$`,
);

/** null: no name that `partName` gives. */
export function partOf(name: string): Part | null {
  const [, drawClass, region, level] = PART_NAME.exec(name) ?? [];
  if (drawClass === undefined) return null;
  return {
    drawClass: drawClass as DrawClass,
    region: region ?? null,
    level: (level ?? null) as Level | null,
  };
}

type Namer = (code: string) => string;

/** The name of a stratum in words: `B 类`, `B 类（东县、行业高风险）`; of any other name the name. */
export function partWords(name: string, regionName: Namer = (code) => code): string {
  const part = partOf(name);
  return part ? `${part.drawClass} 类${partNote(name, regionName)}` : name;
}

/** What sets a stratum apart from its class, in words: `（东县、行业高风险）`; empty where nothing does. */
export function partNote(name: string, regionName: Namer = (code) => code): string {
  const { region = null, level = null } = partOf(name) ?? {};
  const words = [
    ...(region === null ? [] : [regionName(region)]),
    ...(level === null ? [] : [LEVEL_NAMES[level]]),
  ];
  return words.length === 0 ? '' : `（${words.join('、')}）`;
}

/** By class, then what is wider before what is nearer. */
export const byPart = (one: Part, other: Part): number => {
  const [first, second] = [partName(one), partName(other)];
  return first < second ? -1 : Number(first > second);
};
