/** How many visits lines of the plan lead to, alone or as one campaign with its items' own ratios (draw protocol, section 3). */
import { prefixOf } from '../regions/covers';
import type { Cell } from './cells';

export interface CountedLine {
  id: number;
  item: string;
  regions: readonly string[];
  /** The law's or the item's ratio, which no campaign can change. */
  fixedPpm: number | null;
  /** The line's own ratio by stratum, where none is fixed. */
  ratios: Readonly<Record<string, number>>;
}

export interface Expected {
  visits: number;
  /** Entities that several of the lines cover. */
  common: number;
  byRegion: Map<string, number>;
}

/** Counts on typed arrays: an adviser weighs tens of thousands of groups of lines. */
export class ExpectedVisits {
  private readonly cellsOf = new Map<string, Int32Array>();
  private readonly areas = new Map<string, Uint8Array>();
  private readonly regions: readonly string[];
  private readonly strata: readonly string[];
  /** By cell. */
  private readonly size: Float64Array;
  private readonly regionOf: Int32Array;
  private readonly stratumOf: Int32Array;
  /** By cell, of the count under way. */
  private readonly highest: Float64Array;
  private readonly covering: Uint16Array;
  private readonly touched: Int32Array;

  constructor(cells: readonly Cell[]) {
    const ofItem = new Map<string, number[]>();
    cells.forEach(({ items }, at) => {
      for (const item of items) {
        const own = ofItem.get(item);
        if (own) own.push(at);
        else ofItem.set(item, [at]);
      }
    });
    for (const [item, own] of ofItem) this.cellsOf.set(item, Int32Array.from(own));
    this.regions = [...new Set(cells.map((cell) => cell.region))];
    this.strata = [...new Set(cells.map((cell) => cell.stratum))];
    const regionAt = new Map(this.regions.map((region, at) => [region, at]));
    this.size = Float64Array.from(cells, (cell) => cell.size);
    this.regionOf = Int32Array.from(cells, (cell) => regionAt.get(cell.region) ?? -1);
    this.stratumOf = Int32Array.from(cells, (cell) => this.strata.indexOf(cell.stratum));
    this.highest = new Float64Array(cells.length);
    this.covering = new Uint16Array(cells.length);
    this.touched = new Int32Array(cells.length);
  }

  /**
   * Of lines as one campaign: it covers the areas of all of them, and its ratio by stratum is the highest that one of
   * them asks for. Its draws share their tickets, so an entity is visited if the highest of its items' ratios draws it.
   */
  of(lines: readonly CountedLine[]): Expected {
    const byRegion = new Map<string, number>();
    let common = 0;
    const visits = this.count(lines, (at, expected) => {
      const region = this.regions[this.regionOf[at] ?? -1] ?? '';
      byRegion.set(region, (byRegion.get(region) ?? 0) + expected);
      if ((this.covering[at] ?? 0) > 1) common += this.size[at] ?? 0;
    });
    return { visits, common, byRegion };
  }

  /** The visits of `of` alone, in a fraction of its time. */
  visits(lines: readonly CountedLine[]): number {
    return this.count(lines, null);
  }

  private count(
    lines: readonly CountedLine[],
    tell: ((cell: number, expected: number) => void) | null,
  ): number {
    const touched = this.touch(lines);
    let visits = 0;
    for (const at of this.touched.subarray(0, touched)) {
      const expected = ((this.size[at] ?? 0) * (this.highest[at] ?? 0)) / 1_000_000;
      visits += expected;
      tell?.(at, expected);
      this.highest[at] = 0;
      this.covering[at] = 0;
    }
    return visits;
  }

  /** Notes the highest ratio of each cell that the lines cover; returns how many these are. */
  private touch(lines: readonly CountedLine[]): number {
    const inside = this.inside(lines);
    const open = lines.filter((line) => line.fixedPpm === null);
    const byStratum = Float64Array.from(this.strata, (stratum) =>
      open.reduce((highest, line) => Math.max(highest, line.ratios[stratum] ?? 0), 0),
    );
    let touched = 0;
    for (const { item, fixedPpm } of lines) {
      const own = this.cellsOf.get(item);
      if (!own) continue;
      for (const at of own) {
        if (inside[this.regionOf[at] ?? 0] === 0) continue;
        const covering = this.covering[at] ?? 0;
        if (covering === 0) this.touched[touched++] = at;
        this.covering[at] = covering + 1;
        const ratio = fixedPpm ?? byStratum[this.stratumOf[at] ?? 0] ?? 0;
        if (ratio > (this.highest[at] ?? 0)) this.highest[at] = ratio;
      }
    }
    return touched;
  }

  /** By region with entities: 1 where it lies in an area of one of the lines. */
  private inside(lines: readonly CountedLine[]): Uint8Array {
    const areas = [...new Set(lines.flatMap((line) => line.regions))].sort();
    const key = areas.join();
    let inside = this.areas.get(key);
    if (!inside) {
      const prefixes = areas.map(prefixOf);
      inside = Uint8Array.from(this.regions, (region) =>
        prefixes.some((prefix) => region.startsWith(prefix)) ? 1 : 0,
      );
      this.areas.set(key, inside);
    }
    return inside;
  }
}
