import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { hash } from '../domain/draw/hash';
import type { Bench } from './support/bench';
import { ourDraw } from './support/draw-contender';
import { drawPython, pythonDraw, randomDraw, samplesOf } from './support/draw-peers';
import { startRegistries } from './support/draw-registry';

const OURS = 'OneVisit: freeze and draw';
const HASHLIB = 'Python hashlib, heapq.nsmallest: draw';

export const bench: Bench = {
  about:
    'freeze and draw one in a hundred of 4 strata, from the table to drawn.csv, beside those who only draw',
  sizeOf: 'entities',
  defaultSize: 5_000_000,
  async prepare(size) {
    const python = await drawPython();
    const { registries, close } = await startRegistries([size]);
    const [registry] = registries;
    if (!registry) throw new Error('one registry was asked for');
    const samples = await samplesOf(registry.db);
    const folder = mkdtempSync(path.join(os.tmpdir(), 'onevisit-bench-'));
    const file = (name: string) => path.join(folder, `${name}.csv`);
    const seed = hash('bench');
    return {
      ours: ourDraw(OURS, registry, 'joint', seed, file('ours')),
      peers: [
        pythonDraw(HASHLIB, python, 'hashlib', registry, seed, samples, file('hashlib')),
        pythonDraw(
          'consistent_sampler 1.0.10: draw',
          python,
          'consistent_sampler',
          registry,
          seed,
          samples,
          file('consistent-sampler'),
        ),
        randomDraw('PostgreSQL ORDER BY random() per stratum', registry, samples, file('random')),
      ],
      touch: registry.touch,
      check: (outcomes) => {
        const [ours, theirs] = [OURS, HASHLIB].map((name) =>
          readFileSync(String(outcomes.get(name)), 'utf8'),
        );
        if (ours !== theirs) throw new Error('drawn.csv is not what hashlib draws');
        const drawn = (ours ?? '').split('\n').length - 2;
        return `drawn.csv: ${drawn.toLocaleString('en')} drawn, the same bytes as from hashlib`;
      },
      close: async () => {
        await close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
};
