/**
 * PostgreSQL without room for a file, and an upload that breaks off: on real files, whoever runs the tests. A process that
 * may write files up to a size only fails at the same write as on a full disk.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, rmSync, statSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import { Readable } from 'node:stream';
import type { Knex } from 'knex';
import { connect } from '../../../db/connect';
import { nextJob } from '../../../db/import-jobs';
import { readImport } from '../../../db/import-views';
import { migrate } from '../../../db/migrate';
import { checkCharacter } from '../../../domain/registry/credit-code';
import { runJob, storeJob } from '../../../imports/jobs';
import { embeddedDatabaseUrl } from '../../../server/connections';
import { ensureSecrets } from '../../../server/home';
import { startPostgres } from '../../../server/services/postgres';
import { buildCity } from '../../support/build-city';
import { until } from '../../support/until';
import { startTestApi, type TestApi } from '../api/support';
import { scratchConfig } from '../server/scratch-config';

const NO_SPACE = '服务器的磁盘空间不足，文件没有导入，名录库没有改变。请联系管理员清理后再试。';
const MB = 1 << 20;
/** What this process keeps of uploads. */
const spooled = () =>
  readdirSync(os.tmpdir()).filter((name) => name.startsWith(`onevisit-import-${process.pid}-`));

/** How large a file of the process may get; null: as large as ever. */
const limitFiles = (pid: number, bytes: number | null) => {
  // Its owner may, and in a container root may not.
  const { uid, gid } = statSync(`/proc/${pid}`);
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes ?? 'unlimited'}:`], { uid, gid });
};

const codeOf = (number: number): string => {
  const first17 = `91691101${String(number).padStart(9, '0')}`;
  return first17 + checkCharacter(first17);
};
function table(rows: number): Buffer {
  const scope = '餐饮服务、食品销售、'.repeat(20);
  const lines = Array.from({ length: rows }, (_, at) => `店${at},${codeOf(at)},691101,${scope}`);
  return Buffer.from(`企业名称,统一社会信用代码,登记机关区划代码,经营范围\n${lines.join('\n')}\n`);
}

describe('where the API takes an upload', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.stop());

  const nothingIsLeft = async () => {
    expect(spooled()).toEqual([]);
    expect(await api.db('imports')).toEqual([]);
    expect(await api.db('import_files')).toEqual([]);
  };

  test('of an upload that breaks off nothing stays', async () => {
    const { port } = new URL(api.url);
    const { cookie } = await api.signedIn('coordinator');
    const socket = net.connect(Number(port), '127.0.0.1');
    socket.write(
      `POST /api/v1/registries/entities/imports HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: ${cookie ?? ''}\r\n` +
        'content-type: application/octet-stream\r\ncontent-length: 9999999\r\n\r\n',
    );
    socket.write(table(100));
    const look = () => Promise.resolve(spooled());
    await until(look, (folders) => folders.length > 0);
    socket.destroy();
    await until(look, (folders) => folders.length === 0);
    await nothingIsLeft();
  });
});

describe('where PostgreSQL keeps it', () => {
  let service: Awaited<ReturnType<typeof startPostgres>>;
  let home: string;
  let db: Knex;
  let backends: number[];
  let startedBy: number;

  beforeAll(async () => {
    const config = await scratchConfig();
    ({ home } = config);
    chmodSync(home, 0o755);
    service = await startPostgres(config, () => undefined);
    db = connect(embeddedDatabaseUrl(config, ensureSecrets(home)), { poolMax: 3 });
    await migrate(db);
    startedBy = (await buildCity(db)).users['coordinator'] ?? 0;
    // All connections of the pool, while they are open at the same time.
    const pid = () => db.raw<{ rows: [{ pid: number }] }>('select pg_backend_pid() as pid, pg_sleep(0.3)');
    backends = (await Promise.all([pid(), pid(), pid()])).map(({ rows: [row] }) => row.pid);
    expect(new Set(backends).size).toBe(3);
  }, 60_000);
  afterAll(async () => {
    await db.destroy();
    await service.stop();
    rmSync(home, { recursive: true, force: true });
  }, 60_000);

  /** Above a piece of its log, which no failure may hit, and below what the file takes. */
  const isFull = (full: boolean) => {
    for (const pid of backends) limitFiles(pid, full ? 18 * MB : null);
  };
  const job = () => ({
    ...{ kind: 'entities' as const, mode: 'changes' as const, dryRun: false, fileName: 'large.csv' },
    ...{ startedBy, departments: null },
  });
  const registered = async () => (await db('entities').count({ count: '*' }))[0]?.['count'];

  test('a file that finds no room is refused, in the upload and in the import, and the registry is as before', async () => {
    const before = await registered();
    const file = table(50_000);
    expect(file.length).toBeGreaterThan(20 * MB);
    const store = () => storeJob(db, job(), Readable.from([file]));
    isFull(true);
    await expect(store()).rejects.toMatchObject({ kind: 'unavailable', type: 'no-space' });
    expect(await db('imports')).toEqual([]);
    expect(spooled()).toEqual([]);

    isFull(false);
    const id = await store();
    isFull(true);
    const first = await nextJob(db, 'entities');
    if (first?.id !== id) throw new Error('the job is not found');
    await runJob(db, first, '2026-05-06');
    expect(await readImport(db, id)).toMatchObject({ status: 'failed', failure: NO_SPACE });
    expect(await registered()).toBe(before);
    expect(await db('import_files')).toEqual([]);
    expect(spooled()).toEqual([]);

    isFull(false);
    const again = await storeJob(db, job(), Readable.from([table(100)]));
    const next = await nextJob(db, 'entities');
    if (next?.id !== again) throw new Error('the job is not found');
    await runJob(db, next, '2026-05-06');
    expect(await readImport(db, again)).toMatchObject({ status: 'done', added: 100 });
  }, 60_000);
});
