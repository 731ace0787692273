import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { hash } from '../domain/draw/hash';
import type { Bench, Contender } from './support/bench';
import { ourDraw } from './support/draw-contender';
import { startRegistries } from './support/draw-registry';

const SIZES = [10_000, 30_000, 100_000, 300_000, 1_000_000, 2_000_000, 5_000_000];

export const bench: Bench = {
  about: 'freeze and draw at growing sizes: the cost of an entity must grow no faster than log n',
  sizeOf: 'entities at most',
  defaultSize: 5_000_000,
  async prepare(size) {
    const sizes = [...SIZES.filter((one) => one < size), size].reverse();
    const { registries, close } = await startRegistries(sizes);
    const folder = mkdtempSync(path.join(os.tmpdir(), 'onevisit-bench-'));
    const times = new Map<number, number[]>(sizes.map((one) => [one, []]));
    const [ours, ...peers] = registries.map((registry): Contender => {
      const name = registry.size.toLocaleString('en');
      const draw = ourDraw(name, registry, 'joint', hash('bench'), path.join(folder, 'ours.csv'));
      return {
        name,
        run: async () => {
          const timed = await draw.run();
          times.get(registry.size)?.push(timed.seconds);
          return timed;
        },
      };
    });
    if (!ours) throw new Error('there is one size at least');
    return {
      ours,
      peers,
      check: () => curve(times),
      close: async () => {
        await close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
};

/** Medians without the round that warms up, as a table for the docs. */
function curve(times: ReadonlyMap<number, readonly number[]>): string {
  const lines = [...times].reverse().map(([size, all]) => {
    const sorted = all.slice(1).sort((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)] ?? NaN;
    const each = (median / size) * 1e6;
    return `| ${size.toLocaleString('en')} | ${median.toFixed(2)} | ${each.toFixed(2)} | ${((each * 1000) / Math.log2(size)).toFixed(0)} |`;
  });
  return ['| n | median s | µs an entity | ns / (n log₂ n) |', '| --: | --: | --: | --: |', ...lines].join(
    '\n',
  );
}
