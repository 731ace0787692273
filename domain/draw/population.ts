import { CODE_BYTES, PIECE_RECORDS, RECORD_BYTES, writeTail, type PopulationGroup } from './records';
import { sortRecords } from './sort-records';

/** Codes one behind the other, in any order, of entities of one region that the same items cover. */
export interface Covered extends PopulationGroup {
  region: string;
  codes: string;
}

/** A record is four numbers of 8 bytes: as such it is moved faster than byte by byte. */
const WORDS = RECORD_BYTES / 8;

/** Whom a campaign covers, in the order of the codes. */
export class Population {
  readonly groups: PopulationGroup[] = [];
  readonly size: number;
  /** In the order in which they came. */
  private readonly records: Buffer;
  private readonly order: Uint32Array;

  constructor(covered: readonly Covered[]) {
    this.size = covered.reduce((sum, { codes }) => sum + codes.length, 0) / CODE_BYTES;
    this.records = Buffer.allocUnsafeSlow(this.size * RECORD_BYTES);
    const numbers = new Map<string, number>();
    let to = 0;
    for (const { region, stratum, items, codes } of covered) {
      const key = [stratum, ...items].join('\n');
      let group = numbers.get(key);
      if (group === undefined) numbers.set(key, (group = this.groups.push({ stratum, items }) - 1));
      to = this.addRecords(codes, region, group, to);
    }
    this.order = sortRecords(this.records);
  }

  private addRecords(codes: string, region: string, group: number, start: number): number {
    const bytes = Buffer.from(codes, 'utf8');
    if (bytes.length !== codes.length || codes.length % CODE_BYTES !== 0 || region.length !== 6) {
      throw new Error('codes have 18 ASCII characters, regions 6 digits');
    }
    const tail = Buffer.alloc(RECORD_BYTES);
    writeTail(tail, region, group);
    let to = start;
    for (let from = 0; from < bytes.length; from += CODE_BYTES) {
      for (let byte = 0; byte < CODE_BYTES; byte += 1) this.records[to + byte] = bytes[from + byte] ?? 0;
      for (let byte = CODE_BYTES; byte < RECORD_BYTES; byte += 1) this.records[to + byte] = tail[byte] ?? 0;
      to += RECORD_BYTES;
    }
    return to;
  }

  /** Records of at most a piece each. */
  *pieces(): Generator<Buffer> {
    const { order } = this;
    // ASCII never makes a number that isn't one: what is moved arrives bit by bit.
    const words = new Float64Array(this.records.buffer);
    for (let start = 0; start < this.size; start += PIECE_RECORDS) {
      const end = Math.min(this.size, start + PIECE_RECORDS);
      const piece = new Float64Array((end - start) * WORDS);
      let to = 0;
      for (let place = start; place < end; place += 1) {
        const from = (order[place] ?? 0) * WORDS;
        for (let word = 0; word < WORDS; word += 1) piece[to + word] = words[from + word] ?? 0;
        to += WORDS;
      }
      yield Buffer.from(piece.buffer);
    }
  }

  has(code: string): boolean {
    const wanted = Buffer.from(code, 'utf8');
    for (let low = 0, high = this.size; low < high;) {
      const middle = (low + high) >>> 1;
      const from = (this.order[middle] ?? 0) * RECORD_BYTES;
      const compared = Buffer.compare(this.records.subarray(from, from + CODE_BYTES), wanted);
      if (compared === 0) return true;
      if (compared < 0) low = middle + 1;
      else high = middle;
    }
    return false;
  }
}
