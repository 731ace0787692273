import type { Knex } from 'knex';
import { connect } from '../db/connect';
import { settleEntities } from '../db/registry-merge';
import { applyTagRule, tryTagRule } from '../db/tag-rule-effect';
import { insertTagRuleVersion } from '../db/tag-rules';
import type { TagRule } from '../domain/registry/tags';
import { median } from './support/alternate';
import { timed, type Bench, type Contender, type Timed } from './support/bench';
import { scratchServer, type ScratchServer } from './support/scratch-server';
import { fillSearchRegistry, PROVINCE } from './support/search-registry';

const SIZES = [10_000, 100_000, 1_000_000, 5_000_000];

/** Three in a hundred entities gain its tag; a city changes its rules by such steps. */
const RULE: TagRule = {
  tag: 'telecom-agency',
  active: true,
  label: '电信代办',
  anyOf: ['电信业务', '代办点'],
  noneOf: ['电信业务培训'],
  notWith: ['电信设备'],
};

interface Measured {
  size: number;
  trial: Timed[];
  save: Timed[];
  touched: number;
}

export const bench: Bench = {
  about:
    'a rule of tags tried out, and saved with the entities that it changes, at growing sizes of the registry',
  sizeOf: 'entities at most',
  defaultSize: 1_000_000,
  async prepare(size) {
    const server = await scratchServer();
    const sizes = [...SIZES.filter((one) => one < size), size].reverse();
    const registries = new Map<Measured, Knex>();
    for (const one of sizes) {
      registries.set({ size: one, trial: [], save: [], touched: 0 }, await registryOf(server, one));
    }
    const [ours, ...peers] = [...registries].flatMap(([measured, db]) => contenders(measured, db));
    if (!ours) throw new Error('there is one size at least');
    return {
      ours,
      peers,
      check: () => curve([...registries.keys()].reverse()),
      close: async () => {
        await Promise.all([...registries.values()].map((db) => db.destroy()));
        await server.close();
      },
    };
  },
};

async function registryOf(server: ScratchServer, size: number): Promise<Knex> {
  const db = connect(await server.create(`registry_${size}`), { poolMax: 2 });
  await fillSearchRegistry(db, size);
  const userRow = { username: 'coordinator', name: '协调员', password_hash: '-' };
  await db('users').insert(userRow);
  return db;
}

function contenders(measured: Measured, db: Knex): Contender[] {
  const keep = (list: Timed[], name: string, work: () => Promise<unknown>): Contender => ({
    name: `${name}, ${measured.size.toLocaleString('en')}`,
    run: async () => {
      const run = await timed(work);
      list.push(run);
      return run;
    },
  });
  return [
    keep(measured.trial, 'trial', async () => (await tryTagRule(db, RULE, [PROVINCE.slice(0, 2)])).gaining),
    keep(measured.save, 'save', async () => {
      measured.touched = await saveAndTakeBack(db);
      return measured.touched;
    }),
  ];
}

/** With the vacuum after it; taken back, so that the next round finds the same registry. */
async function saveAndTakeBack(db: Knex): Promise<number> {
  const trx = await db.transaction();
  const user = await trx('users').first<{ id: number }>('id');
  const version = await insertTagRuleVersion(trx, RULE, { changedBy: user.id, reason: '试验' });
  const { gained, lost } = await applyTagRule(trx, RULE, version);
  await trx.rollback();
  await settleEntities(db, gained + lost);
  return gained + lost;
}

/** As a table for the docs; without the round that warms up. */
function curve(all: readonly Measured[]): string {
  const lines = all.map(({ size, trial, save, touched }) => {
    const [tried, saved] = [trial, save].map((runs) => median(runs.slice(1).map((run) => run.seconds)));
    if (tried === undefined || saved === undefined) return '';
    const micro = (seconds: number, of: number) => ((seconds * 1e6) / of).toFixed(1);
    const cells = [
      ...[size.toLocaleString('en'), tried.toFixed(2), micro(tried, size)],
      ...[touched.toLocaleString('en'), saved.toFixed(2), micro(saved, size)],
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| entities | trial s | µs each | changed by it | save s | µs each |',
    '| --: | --: | --: | --: | --: | --: |',
    ...lines,
  ].join('\n');
}
