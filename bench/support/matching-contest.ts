import path from 'node:path';
import { match } from '../../domain/matching/match';
import { timed, type Contender, type Contest } from './bench';
import { startLineProcess } from './line-process';
import { asGraph, qualityOf, type Instance, type Quality } from './matching-instance';
import { pythonWith } from './python-env';

const SOLVER = path.join(__dirname, '../../../bench/peers/ortools_matching.py');

/**
 * Ours from the frozen rows to the list of assignments, hashing included; OR-tools' solvers without the building of
 * their graphs.
 */
export async function matchingContest(instance: Instance): Promise<Contest> {
  const python = await pythonWith('ortools==9.15.6755');
  const graph = asGraph(instance);
  const minCost = startLineProcess(python, [SOLVER, 'mincost']);
  const maxFlow = startLineProcess(python, [SOLVER, 'oracle']);
  const peer = (name: string, solver: typeof minCost): Contender => {
    let question = graph;
    return {
      name,
      async run() {
        const { seconds, ...outcome } = (await solver.ask(question)) as Quality & { seconds: number };
        question = '';
        return { seconds, outcome };
      },
    };
  };
  return {
    ours: {
      name: 'OneVisit',
      async run() {
        const { needs, pool, exclusions } = instance;
        const { seconds, outcome } = await timed(() => match(needs, pool, exclusions, 'bench'));
        return { seconds, outcome: qualityOf(outcome) };
      },
    },
    peers: [
      peer('OR-tools SimpleMinCostFlow', minCost),
      peer('OR-tools SimpleMaxFlow, binary search on the cap', maxFlow),
    ],
    check: sameQuality,
    close: async () => {
      await Promise.all([minCost.end(), maxFlow.end()]);
    },
  };
}

function sameQuality(outcomes: ReadonlyMap<string, unknown>): string {
  const qualities = [...outcomes].map(([name, outcome]) => ({ name, ...(outcome as Quality) }));
  const [first] = qualities;
  for (const one of qualities) {
    if (one.filled === first?.filled && one.largest === first.largest) continue;
    throw new Error(`the outcomes differ: ${JSON.stringify(qualities)}`);
  }
  return `filled slots ${first?.filled ?? 0}, largest workload ${first?.largest ?? 0}: the same for all`;
}
