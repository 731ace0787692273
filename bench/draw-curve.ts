import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { hash } from '../domain/draw/hash';
import { median } from './support/alternate';
import type { Bench, Contender, Timed } from './support/bench';
import { curveSvg, type CurvePoint } from './support/curve-svg';
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
    const runs = new Map<number, Timed[]>(sizes.map((one) => [one, []]));
    const [ours, ...peers] = registries.map((registry): Contender => {
      const name = registry.size.toLocaleString('en');
      const draw = ourDraw(name, registry, 'joint', hash('bench'), path.join(folder, 'ours.csv'));
      return {
        name,
        run: async () => {
          const timed = await draw.run();
          runs.get(registry.size)?.push(timed);
          return timed;
        },
      };
    });
    if (!ours) throw new Error('there is one size at least');
    return {
      ours,
      peers,
      check: () => curve(pointsOf(runs)),
      svg: () => curveSvg('Freeze and draw, from the table to drawn.csv', pointsOf(runs)),
      close: async () => {
        await close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
};

/** Medians without the round that warms up, the smallest size first. */
function pointsOf(runs: ReadonlyMap<number, readonly Timed[]>): CurvePoint[] {
  return [...runs].reverse().map(([size, all]) => {
    const counted = all.slice(1);
    return {
      size,
      seconds: median(counted.map((one) => one.seconds)),
      processor: median(
        counted.map(({ processor }) => (processor ? processor.client + processor.postgres : NaN)),
      ),
    };
  });
}

/** As a table for the docs. */
function curve(points: readonly CurvePoint[]): string {
  const lines = points.map(({ size, seconds, processor }) => {
    const perStep = (value: number) => ((value * 1e9) / (size * Math.log2(size))).toFixed(1);
    const cells = [
      ...[size.toLocaleString('en'), seconds.toFixed(2), perStep(seconds)],
      ...[processor.toFixed(2), perStep(processor)],
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| n | median s | ns / (n log₂ n) | cpu s | cpu ns / (n log₂ n) |',
    '| --: | --: | --: | --: | --: |',
    ...lines,
  ].join('\n');
}
