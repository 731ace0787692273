/** Draws that a seed repeats: which faults are done, when and to whom. */
export interface Draws {
  /** From 0 up to, but not including, `below`. */
  number: (below: number) => number;
  one: <T>(from: readonly T[]) => T;
  shuffled: <T>(list: readonly T[]) => T[];
}

/** Mulberry32. */
export function drawsOf(seed: number): Draws {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const number = (below: number): number => Math.floor(next() * below);
  return {
    number,
    one: <T>(from: readonly T[]) => from[number(from.length)] as T,
    shuffled: <T>(list: readonly T[]) => {
      const left = [...list];
      return list.map(() => left.splice(number(left.length), 1)[0] as T);
    },
  };
}
