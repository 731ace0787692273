import type { Contender, Contest } from './bench';

export interface Measured {
  name: string;
  median: number;
  lowest: number;
  highest: number;
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
  const seconds = new Map<Contender, number[]>(contenders.map((one) => [one, []]));
  let remark = '';
  for (let round = 0; round <= rounds; round++) {
    const outcomes = new Map<string, unknown>();
    for (let at = 0; at < contenders.length; at++) {
      const contender = contenders[(at + round) % contenders.length];
      if (!contender) continue;
      progress(`${round === 0 ? 'warming up' : `round ${round} of ${rounds}`}: ${contender.name}`);
      const { seconds: took, outcome } = await contender.run();
      outcomes.set(contender.name, outcome);
      if (round > 0) seconds.get(contender)?.push(took);
    }
    remark = contest.check?.(outcomes) ?? '';
  }
  return { measured: contenders.map((one) => summary(one.name, seconds.get(one) ?? [])), remark };
}

function summary(name: string, seconds: readonly number[]): Measured {
  const sorted = [...seconds].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const at = (place: number) => sorted[place] ?? NaN;
  return {
    name,
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    lowest: at(0),
    highest: at(sorted.length - 1),
  };
}
