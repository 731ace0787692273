/** The key by which an entity reads the notice of its inspection: on paper, in a QR code, or typed. */

/** Crockford's letters: none that a person takes for another. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const LENGTH = 20;

/** 100 bits of the given random bytes (one byte per letter), in groups of four. */
export const codeOf = (bytes: Uint8Array): string =>
  Array.from({ length: LENGTH }, (_, at) => LETTERS[(bytes[at] ?? 0) % LETTERS.length] ?? '')
    .join('')
    .replace(/(.{4})(?=.)/g, '$1-');

/** What somebody typed, as it was given out; null where it can be none. */
export function readCode(typed: string): string | null {
  const letters = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  if (letters.length !== LENGTH || [...letters].some((one) => !LETTERS.includes(one))) return null;
  return letters.replace(/(.{4})(?=.)/g, '$1-');
}
