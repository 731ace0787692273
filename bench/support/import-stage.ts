/** Files of an invented registry, and fresh migrated databases on one scratch server to import them into. */
import { chmodSync, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Knex } from 'knex';
import { connect } from '../../db/connect';
import { migrate } from '../../db/migrate';
import { checkCharacter } from '../../domain/registry/credit-code';
import { scratchServer } from './scratch-server';

export interface ImportStage {
  /** As an office keeps it; `changed` differs in the name of every hundredth row. */
  files: { first: string; changed: string; forCopy: string };
  postmaster: number;
  /** A database of its own, which is dropped afterwards. */
  inDatabase: <T>(work: (db: Knex, url: string) => Promise<T>) => Promise<T>;
  close: () => Promise<void>;
}

const REGIONS = ['610902', '610921', '610922', '610923', '610924', '610925', '610926', '610929'];
const SCOPES = [
  '餐饮服务（含凉菜）；卷烟零售。',
  '预包装食品兼散装食品、乳制品零售；日用百货；卷烟、雪茄烟零售。',
  '建筑工程施工；装饰装修工程。',
  '道路货物运输；汽车维修。',
  '中成药、化学药制剂零售；第一、二类医疗器械销售；保健食品零售。',
];
const HEADER = '企业名称,统一社会信用代码,注册日期,企业类型,经营范围,登记机关区划代码,注册地址,信用风险类别';
/** In the order of the lines of `forCopy`. */
export const COPIED =
  'name, credit_code, established_on, entity_type, business_scope, region_code, address, risk_class';

export async function importStage(size: number): Promise<ImportStage> {
  const server = await scratchServer();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'onevisit-bench-'));
  chmodSync(folder, 0o755);
  const files = {
    first: path.join(folder, 'first.csv'),
    changed: path.join(folder, 'changed.csv'),
    forCopy: path.join(folder, 'for-copy.csv'),
  };
  await write(files.first, HEADER, size, () => false);
  await write(files.changed, HEADER, size, (at) => at % 100 === 0);
  await write(files.forCopy, COPIED, size, () => false);
  const template = connect(await server.create('template_of_imports'), { poolMax: 2 });
  await migrate(template);
  await template.destroy();
  let made = 0;
  return {
    files,
    postmaster: server.postmaster,
    inDatabase: async (work) => {
      const name = `imports_${++made}`;
      const url = await server.create(name, 'template_of_imports');
      const db = connect(url, { poolMax: 4 });
      try {
        return await work(db, url);
      } finally {
        await db.destroy();
        await server.drop(name);
      }
    },
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function write(file: string, header: string, size: number, isChanged: (at: number) => boolean) {
  await pipeline(Readable.from(linesOf(header, size, isChanged)), createWriteStream(file));
}

function* linesOf(header: string, size: number, isChanged: (at: number) => boolean): Generator<string> {
  yield `${header}\n`;
  const step = coprimeTo(size);
  for (let row = 0; row < size; row += 1) {
    // Every entity once, far from those beside it: registries are not kept in the order of codes.
    const at = (row * step) % size;
    const first17 = `916109${String(at).padStart(11, '0')}`;
    yield (
      `云溪市第${at}${isChanged(at) ? '新' : ''}商贸有限公司,${first17}${checkCharacter(first17)},` +
      `${2000 + (at % 24)}-0${1 + (at % 9)}-1${at % 9},有限责任公司,${SCOPES[at % 5] ?? ''},` +
      `${REGIONS[at % 8] ?? ''},云溪市东风路${at % 200}号,${'ABCD'.charAt(at % 4)}\n`
    );
  }
}

/** A stride through all numbers below a size. */
function coprimeTo(size: number): number {
  const divides = (a: number, b: number): number => (b === 0 ? a : divides(b, a % b));
  let step = Math.floor(size * 0.618) || 1;
  while (divides(step, size) !== 1) step += 1;
  return step;
}
