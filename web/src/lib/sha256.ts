/**
 * SHA-256 of a text's UTF-8 bytes, in lower-case hexadecimal. Browsers offer WebCrypto to secure pages only;
 * a trial on a plain-HTTP address in the office must be able to seal too, so it is written out for those.
 */
export async function sha256(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  // The types say it is always there; on plain HTTP it is not.
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  const digest = subtle ? new Uint8Array(await subtle.digest('SHA-256', bytes)) : digestOf(bytes);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** FIPS 180-4, section 6.2. */
export function digestOf(bytes: Uint8Array): Uint8Array {
  const length = ((bytes.length + 8) >> 6) * 64 + 64;
  const padded = new Uint8Array(length);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(length - 4, (bytes.length << 3) >>> 0);
  const { state, constants } = tables();
  const words = new Uint32Array(64);
  const at = (list: Uint32Array, index: number) => list[index] ?? 0;
  const turn = (word: number, by: number) => (word >>> by) | (word << (32 - by));
  for (let block = 0; block < length; block += 64) {
    for (let i = 0; i < 16; i++) words[i] = view.getUint32(block + 4 * i);
    for (let i = 16; i < 64; i++) {
      const early = at(words, i - 15);
      const late = at(words, i - 2);
      const low = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
      const high = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
      words[i] = at(words, i - 16) + low + at(words, i - 7) + high;
    }
    const round = state.slice();
    for (let i = 0; i < 64; i++) {
      const a = at(round, 0);
      const e = at(round, 4);
      const choice = (e & at(round, 5)) ^ (~e & at(round, 6));
      const majority = (a & at(round, 1)) ^ (a & at(round, 2)) ^ (at(round, 1) & at(round, 2));
      const mixed = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
      const first = at(round, 7) + mixed + choice + at(constants, i) + at(words, i);
      const second = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority;
      round.copyWithin(1, 0, 7);
      round[4] = at(round, 4) + first;
      round[0] = first + second;
    }
    for (let i = 0; i < 8; i++) state[i] = at(state, i) + at(round, i);
  }
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => digest.setUint32(4 * i, word));
  return new Uint8Array(digest.buffer);
}

/** The fractional parts of the roots of the first primes, as the standard defines them. */
function tables() {
  const primes: number[] = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  const fraction = (root: number) => Math.floor((root - Math.floor(root)) * 0x100000000);
  return {
    state: Uint32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime))),
    constants: Uint32Array.from(primes, (prime) => fraction(Math.cbrt(prime))),
  };
}
