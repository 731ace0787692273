/** Numbers that look random and are the same on every machine (mulberry32). */
export interface Random {
  /** 0 ≤ n < below, whole. */
  whole(below: number): number;
  pick<T>(choices: readonly T[]): T;
  /** True so often in a hundred. */
  percent(chance: number): boolean;
}

export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (below: number) => Math.floor(next() * below);
  return {
    whole,
    pick: <T>(choices: readonly T[]): T => {
      const choice = choices[whole(choices.length)];
      if (choice === undefined) throw new Error('nothing to pick from');
      return choice;
    },
    percent: (chance) => next() * 100 < chance,
  };
}
