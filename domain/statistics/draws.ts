import type { PopulationGroup } from '../draw/records';

/** One stratum's sample as the rules demand it, supplementary draws included. */
export interface DrawnLine {
  /** `*` in mode joint. */
  item: string;
  stratum: string;
  size: number;
  sample: number;
}

/** A draw that took place, with the groups of its frozen population by number. */
export interface PastDraw {
  ceremonyId: number;
  campaign: string;
  campaignName: string;
  mode: 'joint' | 'per_item';
  frozenAt: Date;
  lines: readonly DrawnLine[];
  groups: readonly PopulationGroup[];
}

export const chanceOf = ({ size, sample }: DrawnLine): number => (size === 0 ? 0 : sample / size);

/**
 * By which line a group's entities are counted: an entity that several items draw has one ticket, so that its chances do
 * not add up; it counts by the line that gives it the highest chance, which is settled before the draw.
 */
export function countingLine(lines: readonly DrawnLine[], group: PopulationGroup): number {
  let best = -1;
  for (const [at, line] of lines.entries()) {
    if (line.stratum !== group.stratum || (line.item !== '*' && !group.items.includes(line.item))) continue;
    const known = lines[best];
    if (known === undefined || chanceOf(line) > chanceOf(known)) best = at;
  }
  return best;
}
