import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { hash } from '../domain/draw/hash';
import type { Bench } from './support/bench';
import { ourDraw } from './support/draw-contender';
import { startRegistries } from './support/draw-registry';

export const bench: Bench = {
  about: 'freeze and draw with a ratio of its own for each of 12 items, beside one draw for all of them',
  sizeOf: 'entities',
  defaultSize: 5_000_000,
  async prepare(size) {
    const { registries, close } = await startRegistries([size]);
    const [registry] = registries;
    if (!registry) throw new Error('one registry was asked for');
    const folder = mkdtempSync(path.join(os.tmpdir(), 'onevisit-bench-'));
    const seed = hash('bench');
    return {
      ours: ourDraw('OneVisit, per_item', registry, 'per_item', seed, path.join(folder, 'per-item.csv')),
      peers: [ourDraw('OneVisit, joint', registry, 'joint', seed, path.join(folder, 'joint.csv'))],
      close: async () => {
        await close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
};
