/** `npm start` as a user meets it: again, twice, with a port taken, with nothing to run Temporal with. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { connect } from '../../db/connect';
import { dayOf, shift } from '../../domain/deadlines/working-days';
import type { Config } from '../../server/config';
import { configEnvironment } from '../../server/config-environment';
import { resolveConnections } from '../../server/connections';
import { Officials } from '../../server/demo/officials';
import { commandLineOf, isAlive } from '../../server/process-info';
import { scratchConfig } from '../integration/server/scratch-config';
import { launch, RUN, RunningSystem, until } from './support/running-system';

const PATIENCE_MS = 180_000;

/** The folders of the PATH that have none of the commands. */
const pathWithout = (...commands: string[]): string =>
  (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .filter((folder) => !commands.some((command) => existsSync(path.join(folder, command))))
    .join(path.delimiter);

/** Processes that work on the folder, whoever started them. */
function processesOn(home: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isAlive(Number(name)))
    .map((pid) => commandLineOf(Number(pid)) ?? '')
    .filter((command) => command.includes(home));
}

describe('a system that runs', () => {
  let system: RunningSystem;

  beforeAll(async () => {
    system = await RunningSystem.create();
    await system.start();
  }, PATIENCE_MS);

  afterAll(() => system.remove(), PATIENCE_MS);

  test('prints its addresses, and each login of the invented city once', () => {
    expect(system.output).toContain(system.config.publicUrl);
    expect(system.output.match(/^ +scjg-lead /gm)).toHaveLength(1);
  });

  test(
    'a second one on the same folder is told where the first is, and does not disturb it',
    async () => {
      const second = launch(system.config);
      expect(await second.ended).toBe(1);
      expect(second.output()).toMatch(/已有一个一次查在运行/);
      expect(second.output()).toContain(`already running on ${system.config.home}`);
      expect(second.output()).toContain(system.config.publicUrl);
      expect(second.output()).not.toMatch(/^\s+at /m);
      expect((await fetch(system.config.publicUrl)).status).toBe(200);
    },
    PATIENCE_MS,
  );

  test(
    'a command reaches it though its own configuration names other ports',
    async () => {
      const { stdout } = await promisify(execFile)(process.execPath, [RUN, 'user', 'list'], {
        env: { ...process.env, ...configEnvironment(system.config), ONEVISIT_PORT: '1024' },
      });
      expect(stdout).toMatch(/^scjg-lead /m);
    },
    PATIENCE_MS,
  );

  test(
    'Ctrl-C leaves no process, and the next start goes on with the campaign',
    async () => {
      const { config } = system;
      const db = connect(resolveConnections(config).ownerUrl, { poolMax: 2 });
      try {
        const officials = new Officials(db, config.publicUrl);
        const lead = await officials.as('scjg-lead');
        const items = await lead.list<{ code: string; statutoryRatioPpm: number | null }>(
          '/items?status=published',
        );
        const today = dayOf(new Date());
        const { code } = await lead.post<{ code: string }>('/campaigns', {
          name: '重启前后的任务',
          leadDepartment: 'SCJG',
          regions: ['691100'],
          mode: 'joint',
          items: items.filter((item) => item.statutoryRatioPpm === null).map((item) => item.code),
          visitFrom: today,
          visitTo: shift(today, 30),
          publicContributor: 'public:dice',
        });
        await lead.post(`/campaigns/${code}/submit`);

        const pids = system.pids();
        expect(await system.interrupt()).toBe(0);
        expect(system.output).toContain('已停止');
        expect(pids.filter(isAlive)).toEqual([]);
        expect(processesOn(config.home)).toEqual([]);

        await system.start();
        expect(system.output).not.toContain('scjg-lead');
        const approver = await officials.as('ldxz-approver');
        expect(await approver.post(`/campaigns/${code}/approve`)).toMatchObject({ stage: 'approved' });
      } finally {
        await db.destroy();
      }
    },
    PATIENCE_MS,
  );

  test(
    'a port that somebody else has taken is named with the way out; nothing is left behind',
    async () => {
      for (const port of ['web', 'temporal'] as const) {
        const other = await scratchConfig();
        const squatter = net.createServer().listen(other.ports[port], '127.0.0.1');
        await new Promise((resolve) => squatter.once('listening', resolve));
        await expectRefusal(other, {}, [`端口 ${String(other.ports[port])}`, 'ONEVISIT_PORT']);
        await new Promise((resolve) => squatter.close(resolve));
      }
    },
    PATIENCE_MS,
  );
});

test(
  'where Temporal can not be had, every attempt and the ways out are told',
  async () => {
    const empty = mkdtempSync(path.join(os.tmpdir(), 'onevisit-test-'));
    const config = await scratchConfig({ ONEVISIT_CACHE: empty });
    // No internet: the way out leads to a port where nobody listens.
    const nowhere = 'http://127.0.0.1:1';
    await expectRefusal(
      config,
      {
        PATH: pathWithout('temporal', 'go'),
        HTTPS_PROXY: nowhere,
        https_proxy: nowhere,
        NO_PROXY: '',
        no_proxy: '',
      },
      ['找不到 Temporal', 'PATH: ', 'SDK 下载 download: ', 'go install: ', 'TEMPORAL_ADDRESS'],
    );
    rmSync(empty, { recursive: true, force: true });
  },
  PATIENCE_MS,
);

test(
  'Ctrl-C during the start stops what was started',
  async () => {
    const config = await scratchConfig();
    const { child, ended, output } = launch(config);
    await until(() => output().includes('PostgreSQL'), 'the database to be made');
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(processesOn(config.home)).toEqual([]);
    rmSync(config.home, { recursive: true, force: true });
  },
  PATIENCE_MS,
);

/** The start fails with these words and without a stack; no process and no claim of the folder stays. */
async function expectRefusal(config: Config, env: Record<string, string>, words: string[]): Promise<void> {
  const { ended, output } = launch(config, env);
  expect(await ended).toBe(1);
  for (const word of words) expect(output()).toContain(word);
  expect(output()).not.toMatch(/^\s+at /m);
  expect(processesOn(config.home)).toEqual([]);
  expect(readdirSync(config.home)).not.toContain('run.json');
  rmSync(config.home, { recursive: true, force: true });
}
