import { rmSync } from 'node:fs';
import pg from 'pg';
import type { Config } from '../../../server/config';
import { embeddedDatabaseUrl } from '../../../server/connections';
import { ensureSecrets } from '../../../server/home';
import { startPostgres } from '../../../server/services/postgres';
import type { RunningService } from '../../../server/services/service-host';
import { scratchConfig } from './scratch-config';

let config: Config;
let service: RunningService;
const start = () => startPostgres(config, () => undefined);

beforeAll(async () => {
  config = await scratchConfig();
  service = await start();
}, 60_000);

afterAll(async () => {
  await service.stop();
  rmSync(config.home, { recursive: true, force: true });
});

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: embeddedDatabaseUrl(config, ensureSecrets(config.home)) });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

test('what was committed survives kill -9 and the next start', async () => {
  await query('create table kept (name text)');
  await query(`insert into kept values ('安康')`);
  process.kill(service.details.pid ?? 0, 'SIGKILL');
  expect(await service.died).toContain('SIGKILL');
  service = await start();
  expect(await query('select name from kept')).toEqual([{ name: '安康' }]);
}, 60_000);

test('a server left running by a killed parent is stopped, not collided with', async () => {
  const orphan = service;
  service = await start();
  expect(await orphan.died).toContain('exit code 0');
  expect(service.details.pid).not.toBe(orphan.details.pid);
  expect(await query('select count(*)::int as rows from kept')).toEqual([{ rows: 1 }]);
}, 60_000);
