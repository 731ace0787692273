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
