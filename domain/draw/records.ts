/**
 * How a frozen population is kept: one record per entity, all of one length and in the order of the codes, so that
 * millions are read, hashed and written without an object for each:
 * code (18), region (6), number of the group (7 digits), line feed.
 */
export const RECORD_BYTES = 32;
export const CODE_BYTES = 18;
export const REGION_BYTES = 6;
const GROUP_AT = CODE_BYTES + REGION_BYTES;
const GROUP_DIGITS = 7;
const ZERO = 48;

/** Records of a piece: a megabyte. */
export const PIECE_RECORDS = 32_768;

/** Entities that the same items cover in the same stratum. */
export interface PopulationGroup {
  stratum: string;
  /** Sorted. */
  items: string[];
}

/** All of a record but the code. */
export function tailOf(region: string, group: number): Buffer {
  return Buffer.from(`${region}${String(group).padStart(GROUP_DIGITS, '0')}\n`, 'latin1');
}

/** Bytes as numbers of any size at any place. */
export const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);

/** As two numbers of 8 bytes and one of 2, which is twice as fast as byte by byte. ASCII never makes a number that isn't one. */
export function copyCode(from: DataView, start: number, to: DataView, end: number): void {
  to.setFloat64(end, from.getFloat64(start));
  to.setFloat64(end + 8, from.getFloat64(start + 8));
  to.setUint16(end + 16, from.getUint16(start + 16));
}

/** Behind a code: what `tailOf` made. */
export function copyTail(tail: DataView, to: DataView, record: number): void {
  to.setFloat64(record + CODE_BYTES, tail.getFloat64(0));
  to.setUint32(record + CODE_BYTES + 8, tail.getUint32(8));
  to.setUint16(record + CODE_BYTES + 12, tail.getUint16(12));
}

export function groupAt(records: Uint8Array, at: number): number {
  let group = 0;
  for (let byte = at * RECORD_BYTES + GROUP_AT, end = byte + GROUP_DIGITS; byte < end; byte += 1) {
    group = group * 10 + (records[byte] ?? ZERO) - ZERO;
  }
  return group;
}

export function codeAt(records: Uint8Array, at: number): string {
  return textAt(records, at * RECORD_BYTES, CODE_BYTES);
}

export function regionAt(records: Uint8Array, at: number): string {
  return textAt(records, at * RECORD_BYTES + CODE_BYTES, REGION_BYTES);
}

function textAt(records: Uint8Array, start: number, length: number): string {
  return Buffer.from(records.buffer, records.byteOffset + start, length).toString('latin1');
}
