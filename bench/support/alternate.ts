import type { Contender, Contest, Timed } from './bench';

export interface Measured {
  name: string;
  median: number;
  lowest: number;
  highest: number;
  /** Medians of the processor seconds, where they are counted. */
  processor?: { client: number; postgres: number };
}

/**
 * All contenders once per round, each round beginning with another, so that whatever else the machine does
 * meets all of them alike. One round before the first is not counted.
 */
export async function alternate(
  contest: Contest,
  rounds: number,
  progress: (text: string) => void,
): Promise<{ measured: Measured[]; remark: string }> {
  const contenders = [contest.ours, ...contest.peers];
  const runs = new Map<Contender, Timed[]>(contenders.map((one) => [one, []]));
  let remark = '';
  for (let round = 0; round <= rounds; round++) {
    const outcomes = new Map<string, unknown>();
    for (let at = 0; at < contenders.length; at++) {
      const contender = contenders[(at + round) % contenders.length];
      if (!contender) continue;
      progress(`${round === 0 ? 'warming up' : `round ${round} of ${rounds}`}: ${contender.name}`);
      await contest.touch?.();
      const run = await contender.run();
      outcomes.set(contender.name, run.outcome);
      if (round > 0) runs.get(contender)?.push(run);
    }
    remark = contest.check?.(outcomes) ?? '';
  }
  return { measured: contenders.map((one) => summary(one.name, runs.get(one) ?? [])), remark };
}

function summary(name: string, runs: readonly Timed[]): Measured {
  const seconds = runs.map((run) => run.seconds);
  const processors = runs.flatMap(({ processor }) => processor ?? []);
  return {
    name,
    median: median(seconds),
    lowest: Math.min(...seconds),
    highest: Math.max(...seconds),
    ...(processors.length > 0 && {
      processor: {
        client: median(processors.map((one) => one.client)),
        postgres: median(processors.map((one) => one.postgres)),
      },
    }),
  };
}

/** NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}
