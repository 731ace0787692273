import path from 'node:path';
import { startLineProcess } from '../../bench/support/line-process';
import { pythonWith } from '../../bench/support/python-env';

/** What a matching must reach, by somebody else's solver. */
export interface FlowOracle {
  ask(instance: {
    teams: number[];
    capacity: number[];
    eligible: number[][];
  }): Promise<{ filled: number; largest: number }>;
  end(): Promise<void>;
}

/** OR-tools' maximum flow, with binary search on the cap of a workload; one process for all questions. */
export async function startFlowOracle(): Promise<FlowOracle> {
  const python = await pythonWith('ortools==9.15.6755');
  const script = path.join(__dirname, '../../bench/peers/ortools_matching.py');
  const solver = startLineProcess(python, [script, 'oracle']);
  return {
    ask: async (instance) =>
      (await solver.ask(JSON.stringify(instance))) as { filled: number; largest: number },
    end: () => solver.end(),
  };
}
