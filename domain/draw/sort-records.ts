import { CODE_BYTES, RECORD_BYTES } from './records';

/** Digits of a key that one pass sorts by. */
const BITS = 11;
const BUCKETS = 1 << BITS;
const PASSES = 3;
/** Six characters of 36 kinds are one number below 2^32. */
const KEY_CHARS = 6;

/**
 * Order of the records by the bytes of their codes: the position of the smallest first. A radix sort, because codes
 * of one city differ late and comparing millions of them is what takes the time.
 */
export function sortRecords(records: Uint8Array): Uint32Array {
  const count = records.length / RECORD_BYTES;
  let order = new Uint32Array(count);
  for (let at = 0; at < count; at += 1) order[at] = at;
  const key = new Uint32Array(count);
  let spare = new Uint32Array(count);
  for (let start = CODE_BYTES - KEY_CHARS; start >= 0; start -= KEY_CHARS) {
    if (!packKeys(records, start, key)) return sortByComparing(records, order);
    for (let pass = 0; pass < PASSES; pass += 1) {
      if (sortByDigit(key, pass * BITS, order, spare)) [order, spare] = [spare, order];
    }
  }
  return order;
}

/** False where a character is none of 0 to 9 and A to Z. */
function packKeys(records: Uint8Array, start: number, key: Uint32Array): boolean {
  for (let at = 0, byte = start; at < key.length; at += 1, byte += RECORD_BYTES - KEY_CHARS) {
    let packed = 0;
    for (let end = byte + KEY_CHARS; byte < end; byte += 1) {
      const char = records[byte] ?? 0;
      const isDigit = char >= 48 && char <= 57;
      if (!isDigit && (char < 65 || char > 90)) return false;
      packed = packed * 36 + (isDigit ? char - 48 : char - 55);
    }
    key[at] = packed;
  }
  return true;
}

/** Stable; false where all are the same and nothing was moved. */
function sortByDigit(key: Uint32Array, shift: number, from: Uint32Array, to: Uint32Array): boolean {
  const next = new Uint32Array(BUCKETS);
  for (const packed of key) {
    const digit = (packed >>> shift) & (BUCKETS - 1);
    next[digit] = (next[digit] ?? 0) + 1;
  }
  if (next.includes(key.length)) return false;
  for (let digit = 0, sum = 0; digit < BUCKETS; digit += 1) {
    const here = next[digit] ?? 0;
    next[digit] = sum;
    sum += here;
  }
  for (const at of from) {
    const digit = ((key[at] ?? 0) >>> shift) & (BUCKETS - 1);
    const place = next[digit] ?? 0;
    to[place] = at;
    next[digit] = place + 1;
  }
  return true;
}

function sortByComparing(records: Uint8Array, order: Uint32Array): Uint32Array {
  const codeOf = (at: number) => records.subarray(at * RECORD_BYTES, at * RECORD_BYTES + CODE_BYTES);
  return order.sort((a, b) => Buffer.compare(codeOf(a), codeOf(b)));
}
