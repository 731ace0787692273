/** The frozen files made of records (draw protocol, section 1): their digests, and their lines. */
import { createHash, type Hash } from 'node:crypto';
import type { FrozenFile } from './manifest';
import {
  CODE_BYTES,
  copyCode,
  groupAt,
  RECORD_BYTES,
  REGION_BYTES,
  type PopulationGroup,
  viewOf,
} from './records';

const LINE_FEED = 10;
const COMMA = 44;
export const CODE_LINE = CODE_BYTES + 1;
export const ENTITY_LINE = CODE_BYTES + 1 + REGION_BYTES + 1;
export const ENTITIES_HEADER = 'code,region\n';

/** Takes records in order; each goes into the files that its group belongs to. */
export class FrozenDigests {
  private readonly entities = new LineDigest(ENTITIES_HEADER);
  private readonly byKey = new Map<string, LineDigest>();
  private readonly byGroup: LineDigest[][] = [];

  /** `filesOf`: the keys of a group's files. */
  constructor(private readonly filesOf: (group: PopulationGroup) => readonly string[]) {}

  /** `groups`: with every group of these records; more may come later. */
  add(records: Uint8Array, groups: readonly PopulationGroup[]): void {
    for (const group of groups.slice(this.byGroup.length)) {
      this.byGroup.push(this.filesOf(group).map((key) => this.digestOf(key)));
    }
    const view = viewOf(records);
    const count = records.length / RECORD_BYTES;
    for (let at = 0; at < count; at += 1) {
      this.entities.addEntity(view, at);
      for (const file of this.byGroup[groupAt(records, at)] ?? []) file.addCode(view, at);
    }
  }

  /** What no entity came into is an empty file. */
  file(key: string): FrozenFile {
    return this.digestOf(key).end();
  }

  private digestOf(key: string): LineDigest {
    const known = this.byKey.get(key) ?? new LineDigest('');
    this.byKey.set(key, known);
    return known;
  }

  entitiesFile(): FrozenFile {
    return this.entities.end();
  }
}

class LineDigest {
  private readonly hash: Hash = createHash('sha256');
  private readonly buffer = Buffer.allocUnsafeSlow(32 * 1024);
  private readonly view = viewOf(this.buffer);
  private used = 0;
  private size = 0;

  constructor(header: string) {
    this.hash.update(header, 'utf8');
  }

  addCode(records: DataView, at: number): void {
    if (this.used + CODE_LINE > this.buffer.length) this.flush();
    this.used = writeCodeLine(records, at, this.view, this.used);
    this.size += 1;
  }

  addEntity(records: DataView, at: number): void {
    if (this.used + ENTITY_LINE > this.buffer.length) this.flush();
    this.used = writeEntityLine(records, at, this.view, this.used);
    this.size += 1;
  }

  end(): FrozenFile {
    this.flush();
    return { size: this.size, digest: this.hash.copy().digest('hex') };
  }

  private flush(): void {
    this.hash.update(this.buffer.subarray(0, this.used));
    this.used = 0;
  }
}

/** A line of a population file; returns where the next begins. */
export function writeCodeLine(records: DataView, at: number, to: DataView, start: number): number {
  copyCode(records, at * RECORD_BYTES, to, start);
  to.setUint8(start + CODE_BYTES, LINE_FEED);
  return start + CODE_LINE;
}

/** A line of `entities.csv`. */
export function writeEntityLine(records: DataView, at: number, to: DataView, start: number): number {
  const from = at * RECORD_BYTES + CODE_BYTES;
  const region = writeCodeLine(records, at, to, start);
  to.setUint8(region - 1, COMMA);
  to.setUint32(region, records.getUint32(from));
  to.setUint16(region + 4, records.getUint16(from + 4));
  to.setUint8(region + REGION_BYTES, LINE_FEED);
  return region + REGION_BYTES + 1;
}
