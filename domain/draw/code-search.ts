import { CODE_BYTES } from './records';

/** Finds a few codes among millions that come in order, some at a time. */
export class CodeSearch {
  private readonly wanted: readonly string[];
  private next = 0;

  constructor(codes: Iterable<string>) {
    this.wanted = [...codes].sort();
  }

  /** Those that are here, in order; `bytes` has a code at the beginning of every `stride` bytes. */
  in(bytes: Buffer, stride: number): { code: string; at: number }[] {
    const count = bytes.length / stride;
    const found: { code: string; at: number }[] = [];
    for (let low = 0; ; this.next += 1) {
      const code = this.wanted[this.next];
      if (code === undefined) break;
      low = firstFrom(bytes, stride, low, Buffer.from(code, 'latin1'));
      // It may be among those that are still to come.
      if (low === count) break;
      if (codeIn(bytes, stride, low).toString('latin1') === code) found.push({ code, at: low });
    }
    return found;
  }
}

/** Place of the first code that is not below `wanted`, from `low` on. */
function firstFrom(bytes: Buffer, stride: number, low: number, wanted: Buffer): number {
  let [first, end] = [low, bytes.length / stride];
  while (first < end) {
    const middle = (first + end) >>> 1;
    if (Buffer.compare(codeIn(bytes, stride, middle), wanted) < 0) first = middle + 1;
    else end = middle;
  }
  return first;
}

const codeIn = (bytes: Buffer, stride: number, at: number): Buffer =>
  bytes.subarray(at * stride, at * stride + CODE_BYTES);
