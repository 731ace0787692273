import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { connect } from '../../db/connect';
import { invalid } from '../../domain/errors';
import { dayOf } from '../../domain/deadlines/working-days';
import { entitiesCsv, inspectorsCsv } from '../../examples/as-csv';
import { inventedCity } from '../../examples/invented-city';
import { loadConfig, type Config } from '../config';
import { resolveConnections } from '../connections';
import { DemoScreen } from '../demo/demo-screen';
import { Officials } from '../demo/officials';
import { runDemo, type DemoFile, type DemoOutcome } from '../demo/run-demo';
import { startSystem, type System } from '../supervisor/start-system';
import { readRunning } from '../supervisor/running';
import { runCli, UsageError } from './run-cli';

const HELP = `npm run demo -- [--entities 文件.csv] [--inspectors 文件.csv] [--mode joint|per_item] [--out 文件夹] [--keep] [--json]

由虚构的各方人员，经公开接口走完一次联合抽查：导入、事项、方案、审批、冻结、封存、揭示、抽取、派发、结果、督办、公示、办结。
Carries a whole joint campaign through the public API, from import to close. Takes the running system, or starts one.

  --entities FILE    用这份名录（任何登记名录 CSV）；另起一个系统，数据放在 .onevisit/demo
                     take this registry; runs a system of its own in .onevisit/demo
  --inspectors FILE  另外导入这份执法人员名录 / import these inspectors as well
  --mode MODE        joint 一次抽取、联合检查（默认 default）；per_item 分项比例、合并上门
  --out DIR          把抽取文件包和公示结果写入文件夹 / write the draw bundle and the published results there
  --keep             结束后不停止系统，直到 Ctrl-C / leave the system running until Ctrl-C
  --json             最后一行为机器可读的小结 / the last line is a summary for scripts
  --help             本说明 / this text
退出码 exit codes: 0 完成 done, 2 用法错误 wrong call, 1 失败 failed`;

interface Options {
  entities: string | undefined;
  inspectors: string | undefined;
  mode: 'joint' | 'per_item';
  out: string | undefined;
  keep: boolean;
  json: boolean;
}

runCli('demo', async () => {
  const { values } = parseArgs({
    options: {
      entities: { type: 'string' },
      inspectors: { type: 'string' },
      mode: { type: 'string', default: 'joint' },
      out: { type: 'string' },
      keep: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  if (values.mode !== 'joint' && values.mode !== 'per_item') {
    throw new UsageError(`--mode 应为 joint 或 per_item / must be joint or per_item: ${values.mode}`);
  }
  await demo({
    mode: values.mode,
    entities: values.entities,
    inspectors: values.inspectors,
    out: values.out,
    keep: values.keep,
    json: values.json,
  });
});

async function demo(options: Options): Promise<void> {
  const files = filesOf(options);
  const { config, system, api } = await systemFor(options);
  const db = connect(resolveConnections(config).ownerUrl, {
    poolMax: 2,
    applicationName: 'onevisit-demo',
  });
  const screen = new DemoScreen();
  try {
    const officials = new Officials(db, api);
    const outcome = await runDemo(officials, { files, mode: options.mode, resultsSeconds: 30 }, screen);
    screen.end();
    if (options.out !== undefined) await writeOut(officials, outcome, options.out);
    screen.summary(outcome, whereToLook(config, system, options, outcome));
    if (options.json) console.log(JSON.stringify({ ...outcome, seconds: screen.seconds() }));
    if (options.keep && system) await untilStopped();
  } finally {
    screen.end();
    await db.destroy();
    await system?.stop();
  }
}

/** What is imported: the given files, or the invented city's own. */
function filesOf({ entities, inspectors }: Options): DemoFile[] {
  const city = inventedCity({ today: dayOf(new Date()) });
  const files: DemoFile[] = [
    entities === undefined
      ? { kind: 'entities', name: '检查对象名录.csv', content: Buffer.from(entitiesCsv(city)) }
      : { kind: 'entities', name: path.basename(entities), content: read(entities) },
  ];
  if (inspectors !== undefined) {
    files.push({ kind: 'inspectors', name: path.basename(inspectors), content: read(inspectors) });
  } else if (entities === undefined) {
    files.push({
      kind: 'inspectors',
      name: '执法检查人员名录.csv',
      content: Buffer.from(inspectorsCsv(city)),
    });
  }
  return files;
}

function read(file: string): Buffer {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
    throw invalid('no-such-file', `没有这个文件 / no such file: ${file}`);
  }
  return readFileSync(file);
}

/** The running system; else one of the demo's own: for a registry of one's own always, in a folder that starts empty. */
async function systemFor(options: Options): Promise<{ config: Config; system: System | null; api: string }> {
  const config = loadConfig();
  const print = (text: string) => {
    console.log(`  ${text}`);
  };
  if (options.entities !== undefined) {
    const own = ownConfig(config);
    if (readRunning(own.home)) {
      throw new UsageError(`另一个演示正在 ${own.home} 运行，请等它结束 / another demo is running there`);
    }
    rmSync(own.home, { recursive: true, force: true });
    console.log(`另起一个系统演示这份名录 starting a system of its own in ${own.home} …`);
    // Its officials are in charge of wherever the registry's entities lie.
    const system = await startSystem(own, { print, seed: { entities: 0, area: '000000' } });
    return { config: own, system, api: system.addresses.api };
  }
  const running = readRunning(config.home)?.addresses;
  if (running) {
    console.log(`使用正在运行的系统 using the running system: ${running.web}`);
    return { config, system: null, api: running.api };
  }
  console.log(`没有正在运行的系统，先启动 no running system, starting one in ${config.home} …`);
  const system = await startSystem(config, { print, ask: () => Promise.resolve(true) });
  return { config, system, api: system.addresses.api };
}

/** Beside the system of `npm start`: other folder, other ports, embedded parts only. */
function ownConfig(config: Config): Config {
  const shift = 10;
  const { ports } = config;
  const own = { ...ports };
  for (const name of Object.keys(ports) as (keyof Config['ports'])[]) own[name] += shift;
  const home = path.join(config.home, 'demo');
  return {
    ...config,
    home,
    evidenceFolder: path.join(home, 'evidence'),
    auditFolder: path.join(home, 'audit'),
    ports: own,
    publicUrl: `http://localhost:${own.web}`,
    databaseUrl: null,
    databaseOwnerUrl: null,
    temporalAddress: null,
    smtpUrl: null,
    secureCookies: false,
  };
}

async function writeOut(officials: Officials, { code }: DemoOutcome, out: string): Promise<void> {
  mkdirSync(out, { recursive: true });
  const anybody = officials.anybody();
  for (const file of ['bundle.zip', 'results.csv']) {
    writeFileSync(
      path.join(out, `${code}-${file}`),
      await anybody.download(`/public/campaigns/${code}/${file}`),
    );
  }
}

function whereToLook(
  config: Config,
  system: System | null,
  options: Options,
  { code }: DemoOutcome,
): string[] {
  const folder = path.relative(process.cwd(), config.home) || '.';
  const lines = [
    `任务页 campaign    ${config.publicUrl}/campaigns/${code}`,
    `公开页 public      ${config.publicUrl}/public/${code}`,
  ];
  if (config.smtpUrl === null) lines.push(`邮件 mails         http://localhost:${config.ports.mailPage}`);
  if (options.out !== undefined) lines.push(`文件 files         ${path.resolve(options.out)}`);
  if (system && !options.keep) {
    const own =
      options.entities === undefined ? '' : `ONEVISIT_HOME=${folder} ONEVISIT_PORT=${config.ports.web} `;
    lines.push(`系统随演示结束而停止；再看请运行 stopped with the demo, to look again: ${own}npm start`);
  }
  return lines;
}

async function untilStopped(): Promise<void> {
  console.log('\n系统继续运行，按 Ctrl-C 停止 still running, Ctrl-C stops it');
  await new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}
