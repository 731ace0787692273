import type { Bench } from './support/bench';
import { importContender } from './support/import-contender';
import { importStage } from './support/import-stage';

export const bench: Bench = {
  about: 'a registry file once more with one row in a hundred changed, beside the first import',
  sizeOf: 'entities',
  defaultSize: 1_000_000,
  async prepare(size) {
    const stage = await importStage(size);
    const { first, changed } = stage.files;
    return {
      ours: importContender('OneVisit, again', stage, changed, first),
      peers: [importContender('OneVisit, the first time', stage, first)],
      check: (outcomes) => {
        const touched = Math.ceil(size / 100);
        const expected = new Map([
          ['OneVisit, again', touched],
          ['OneVisit, the first time', size],
        ]);
        for (const [name, rows] of outcomes) {
          if (rows !== expected.get(name)) throw new Error(`${name} touched ${String(rows)} rows`);
        }
        return '';
      },
      close: stage.close,
    };
  },
};
