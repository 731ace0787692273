import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { timed, type Bench, type Contender } from './support/bench';
import { importStage } from './support/import-stage';

const MOST_MIB = 400;

export const bench: Bench = {
  about:
    'the memory of a process that imports a registry file, beside that of one with a hundredth of the rows',
  sizeOf: 'entities',
  defaultSize: 5_000_000,
  fewestRounds: 1,
  async prepare(size) {
    const [large, small] = [await importStage(size), await importStage(Math.ceil(size / 100))];
    const memory = new Map<string, number>();
    const contender = (name: string, stage: typeof large): Contender => ({
      name,
      run: () =>
        stage.inDatabase((_, url) =>
          timed(async () => {
            const told = await importApart(stage.files.first, url);
            memory.set(name, Math.max(told.memoryMiB, memory.get(name) ?? 0));
            return told.added;
          }),
        ),
    });
    return {
      ours: contender('all rows', large),
      peers: [contender('a hundredth of them', small)],
      check: (outcomes) => {
        if (outcomes.get('all rows') !== size) throw new Error(`not ${size} rows`);
        const most = memory.get('all rows') ?? NaN;
        if (!(most < MOST_MIB)) throw new Error(`${most} MiB, and less than ${MOST_MIB} are allowed`);
        return [...memory].map(([name, mib]) => `${name}: ${mib} MiB at most`).join('\n');
      },
      close: async () => {
        await large.close();
        await small.close();
      },
    };
  },
};

/** In a process of its own, whose memory is only this import's. */
async function importApart(file: string, url: string): Promise<{ added: number; memoryMiB: number }> {
  const child = fork(path.join(__dirname, 'support/import-process.js'), [file, url]);
  const [told] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('the import failed'))),
  ])) as [{ added: number; memoryMiB: number }];
  return told;
}
