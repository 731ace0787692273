/** How many visits lines of the plan lead to, alone or as one campaign with its items' own ratios (draw protocol, section 3). */
import { prefixOf } from '../regions/covers';
import type { Cell } from './cells';

export interface CountedLine {
  id: number;
  item: string;
  regions: readonly string[];
  /** The law's or the item's ratio, which no campaign can change. */
  fixedPpm: number | null;
  /** The line's own ratio by draw class, where none is fixed. */
  ratios: Readonly<Record<string, number>>;
}

export interface Expected {
  visits: number;
  /** Entities that several of the lines cover. */
  common: number;
  byRegion: Map<string, number>;
}

export class ExpectedVisits {
  private readonly cellsOf = new Map<string, number[]>();
  private readonly areas = new Map<string, Set<string>>();
  private readonly regions: readonly string[];
  /** By cell, of the count under way. */
  private readonly highest: Float64Array;
  private readonly covering: Uint16Array;

  constructor(private readonly cells: readonly Cell[]) {
    cells.forEach(({ items }, at) => {
      for (const item of items) {
        const own = this.cellsOf.get(item);
        if (own) own.push(at);
        else this.cellsOf.set(item, [at]);
      }
    });
    this.regions = [...new Set(cells.map((cell) => cell.region))];
    this.highest = new Float64Array(cells.length);
    this.covering = new Uint16Array(cells.length);
  }

  /**
   * Of lines as one campaign: it covers the areas of all of them, and its ratio by class is the highest that one of
   * them asks for. Its draws share their tickets, so an entity is visited if the highest of its items' ratios draws it.
   */
  of(lines: readonly CountedLine[]): Expected {
    const inside = this.inside(lines);
    const open = lines.filter((line) => line.fixedPpm === null);
    const ratioOf = (drawClass: string) => Math.max(0, ...open.map((line) => line.ratios[drawClass] ?? 0));
    const byClass = Object.fromEntries(
      [...new Set(open.flatMap((line) => Object.keys(line.ratios)))].map((one) => [one, ratioOf(one)]),
    );
    const touched: number[] = [];
    for (const { item, fixedPpm } of lines) {
      for (const at of this.cellsOf.get(item) ?? []) {
        const cell = this.cells[at];
        if (!cell || !inside.has(cell.region)) continue;
        if (this.covering[at] === 0) touched.push(at);
        this.covering[at] = (this.covering[at] ?? 0) + 1;
        this.highest[at] = Math.max(this.highest[at] ?? 0, fixedPpm ?? byClass[cell.drawClass] ?? 0);
      }
    }
    return this.sum(touched);
  }

  private sum(touched: readonly number[]): Expected {
    let visits = 0;
    let common = 0;
    const byRegion = new Map<string, number>();
    for (const at of touched) {
      const cell = this.cells[at];
      if (!cell) continue;
      const expected = (cell.size * (this.highest[at] ?? 0)) / 1_000_000;
      visits += expected;
      byRegion.set(cell.region, (byRegion.get(cell.region) ?? 0) + expected);
      if ((this.covering[at] ?? 0) > 1) common += cell.size;
      this.highest[at] = 0;
      this.covering[at] = 0;
    }
    return { visits, common, byRegion };
  }

  /** Regions with entities that lie in an area of one of the lines. */
  private inside(lines: readonly CountedLine[]): Set<string> {
    const areas = [...new Set(lines.flatMap((line) => line.regions))].sort();
    const key = areas.join();
    let regions = this.areas.get(key);
    if (!regions) {
      regions = new Set(
        this.regions.filter((region) => areas.some((area) => region.startsWith(prefixOf(area)))),
      );
      this.areas.set(key, regions);
    }
    return regions;
  }
}
