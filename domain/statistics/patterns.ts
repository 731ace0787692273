/**
 * In which draws an entity was, as what, and whether it was drawn: entities that agree in all of that are counted, not
 * kept. Pieces of frozen populations are sorted by code, so that any number of draws of millions is gone through side by
 * side in the memory of a piece each.
 */
import { CODE_BYTES, codeAt, groupAt, RECORD_BYTES, REGION_BYTES } from '../draw/records';

export interface Pattern {
  /** Of the last of the draws. */
  region: string;
  /** Number of the draw, of the group in it, and whether the group's counting line drew it. */
  draws: readonly (readonly [draw: number, group: number, isDrawn: boolean])[];
  size: number;
  /** Some of those that were drawn twice or more. */
  codes: readonly string[];
}

export interface FrozenDraw {
  pieces: AsyncIterator<string>;
  /** How many groups it has. */
  groups: number;
  /** Those that their counting line drew. */
  drawn: Iterable<string>;
}

/** Codes kept of a pattern. */
const KEPT = 50;

export async function countPatterns(draws: readonly FrozenDraw[]): Promise<Pattern[]> {
  const paths = new Paths(draws.map((draw) => draw.groups));
  const all = draws.map((source, draw) => new Cursor(draw, source));
  for (const cursor of all) await cursor.nextPiece();
  let cursors = all.filter((cursor) => !cursor.isAtEnd);
  for (let least = leastOf(cursors); least; least = leastOf(cursors)) {
    // The records of one entity, one in each draw that it was in.
    const same = cursors.filter((cursor) => cursor.compare(least) === 0);
    let path = 0;
    let times = 0;
    for (const cursor of same) {
      const isDrawn = cursor.takeDrawn();
      if (isDrawn) times += 1;
      path = paths.draw(path, cursor.draw, groupAt(cursor.records, cursor.at), isDrawn);
    }
    const last = same.at(-1) ?? least;
    path = paths.region(path, last.region());
    paths.count(path, times > 1 ? codeAt(least.records, least.at) : null);
    let hasEnded = false;
    for (const cursor of same) {
      cursor.at += 1;
      if (cursor.at * RECORD_BYTES < cursor.records.length) continue;
      await cursor.nextPiece();
      hasEnded ||= cursor.isAtEnd;
    }
    if (hasEnded) cursors = cursors.filter((cursor) => !cursor.isAtEnd);
  }
  return paths.patterns();
}

function leastOf(cursors: readonly Cursor[]): Cursor | undefined {
  let least = cursors[0];
  for (const cursor of cursors) if (least && cursor !== least && cursor.compare(least) < 0) least = cursor;
  return least;
}

/** A place in one draw's records. */
class Cursor {
  records: Buffer = Buffer.alloc(0);
  at = 0;
  isAtEnd = false;
  /** Codes of the drawn one behind the other, and the first that was not passed. */
  private readonly drawn: Buffer;
  private drawnAt = 0;

  constructor(
    readonly draw: number,
    private readonly source: FrozenDraw,
  ) {
    this.drawn = Buffer.from([...source.drawn].sort().join(''), 'latin1');
  }

  async nextPiece(): Promise<void> {
    const next = await this.source.pieces.next();
    this.isAtEnd = next.done === true;
    this.records = next.done === true ? Buffer.alloc(0) : Buffer.from(next.value, 'latin1');
    this.at = 0;
  }

  compare(other: Cursor): number {
    return compareCodes(this.records, this.at * RECORD_BYTES, other.records, other.at * RECORD_BYTES);
  }

  /** Codes come in order, and so do the drawn. */
  takeDrawn(): boolean {
    while (this.drawnAt < this.drawn.length) {
      const compared = compareCodes(this.drawn, this.drawnAt, this.records, this.at * RECORD_BYTES);
      if (compared > 0) return false;
      this.drawnAt += CODE_BYTES;
      if (compared === 0) return true;
    }
    return false;
  }

  region(): number {
    let region = 0;
    for (let byte = this.at * RECORD_BYTES + CODE_BYTES, end = byte + REGION_BYTES; byte < end; byte += 1) {
      region = region * 10 + (this.records[byte] ?? 0) - 48;
    }
    return region;
  }
}

function compareCodes(a: Buffer, aAt: number, b: Buffer, bAt: number): number {
  for (let byte = 0; byte < CODE_BYTES; byte += 1) {
    const difference = (a[aAt + byte] ?? 0) - (b[bAt + byte] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const REGIONS = 10 ** REGION_BYTES;

/** A path for each pattern, step by step, by numbers: a text for each of millions of records would take far longer. */
class Paths {
  private readonly next = new Map<number, number>();
  private readonly steps: { from: number; step: number }[] = [{ from: -1, step: -1 }];
  private readonly sizes: number[] = [0];
  private readonly codes = new Map<number, string[]>();
  /** Where the steps of each draw begin; behind them all those of the regions. */
  private readonly starts: number[] = [];
  private readonly regionsAt: number;

  constructor(groups: readonly number[]) {
    let start = 0;
    for (const count of groups) {
      this.starts.push(start);
      start += 2 * count;
    }
    this.regionsAt = start;
  }

  draw(path: number, draw: number, group: number, isDrawn: boolean): number {
    return this.follow(path, (this.starts[draw] ?? 0) + 2 * group + (isDrawn ? 1 : 0));
  }

  region(path: number, region: number): number {
    return this.follow(path, this.regionsAt + region);
  }

  count(path: number, code: string | null): void {
    this.sizes[path] = (this.sizes[path] ?? 0) + 1;
    if (code === null) return;
    const kept = this.codes.get(path);
    if (!kept) this.codes.set(path, [code]);
    else if (kept.length < KEPT) kept.push(code);
  }

  private follow(from: number, step: number): number {
    const key = from * (this.regionsAt + REGIONS) + step;
    let to = this.next.get(key);
    if (to === undefined) {
      to = this.steps.push({ from, step }) - 1;
      this.sizes.push(0);
      this.next.set(key, to);
    }
    return to;
  }

  patterns(): Pattern[] {
    return this.sizes.flatMap((size, path) => {
      if (size === 0) return [];
      const { from, step } = this.steps[path] ?? { from: -1, step: -1 };
      return [
        {
          region: String(step - this.regionsAt).padStart(REGION_BYTES, '0'),
          draws: this.drawsTo(from),
          size,
          codes: this.codes.get(path) ?? [],
        },
      ];
    });
  }

  private drawsTo(path: number): Pattern['draws'] {
    const draws: [number, number, boolean][] = [];
    for (let at = path; at > 0;) {
      const { from, step } = this.steps[at] ?? { from: 0, step: 0 };
      const draw = this.starts.findLastIndex((start) => start <= step);
      const within = step - (this.starts[draw] ?? 0);
      draws.unshift([draw, within >>> 1, within % 2 === 1]);
      at = from;
    }
    return draws;
  }
}
