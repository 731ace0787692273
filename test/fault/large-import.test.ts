/** A large file on its way into the registry, while the worker and PostgreSQL are killed, beside another, and cancelled. */
import { execFileSync } from 'node:child_process';
import type { Knex } from 'knex';
import { readImport, type ImportRow } from '../../db/import-views';
import { checkCharacter } from '../../domain/registry/credit-code';
import type { ApiClient } from '../../server/demo/api-client';
import { readRunning } from '../../server/supervisor/running';
import { expectAuditIntact } from '../support/audit-chain';
import { until } from '../support/until';
import { startedSystem, type StartedSystem } from './support/started-system';

const ROWS = 60_000;
const PATIENCE_MS = 300_000;

let started: StartedSystem;
let system: StartedSystem['system'];
let db: Knex;
let coordinator: ApiClient;

beforeAll(async () => {
  started = await startedSystem();
  ({ system, db, coordinator } = started);
}, PATIENCE_MS);

afterAll(() => started.remove(), PATIENCE_MS);

const codeOf = (number: number): string => {
  const first17 = `93691101${String(number).padStart(9, '0')}`;
  return first17 + checkCharacter(first17);
};

/** Every hundredth row is refused for its region. */
function table(rows: number, name: string): Buffer {
  const lines = Array.from(
    { length: rows },
    (_, at) => `${name}${at},${codeOf(at)},${at % 100 === 99 ? '999999' : '691101'},餐饮服务；食品销售`,
  );
  return Buffer.from(`企业名称,统一社会信用代码,登记机关区划代码,经营范围\n${lines.join('\n')}\n`);
}

const upload = async (kind: string, file: Buffer): Promise<number> =>
  (await coordinator.post<{ id: number }>(`/registries/${kind}/imports`, { file })).id;

/** What is seen while the database is away is nothing. */
const look = (id: number) => readImport(db, id).catch(() => null);
const wait = (id: number, isWanted: (run: ImportRow) => boolean): Promise<ImportRow | null> =>
  until(
    () => look(id),
    (run) => run !== null && isWanted(run),
    PATIENCE_MS,
  );
const isInTheMiddle = ({ status, phase, rows_read: read }: ImportRow): boolean =>
  status === 'running' && phase === 'reading' && read > 0 && read < ROWS;
const isOver = ({ status }: ImportRow): boolean => status !== 'waiting' && status !== 'running';

const states = (id: number) => db('entity_versions').where({ import_id: id });

test(
  'killed in the middle, it is taken up again and brings exactly the rows of the file, each once',
  async () => {
    const before = await db('entities').pluck<string[]>('credit_code');
    const [large, small] = await Promise.all([
      upload('entities', table(ROWS, '甲店')),
      // Into the same registry, at the same time.
      upload('credit', Buffer.from(`统一社会信用代码,投诉举报次数\n${before[0] ?? ''},77\n`)),
    ]);
    await wait(large, isInTheMiddle);
    await system.kill('worker');
    expect(await states(large)).toEqual([]);
    const seen = await look(large);
    expect(seen?.status).toBe('running');

    // The next one begins anew.
    await wait(large, (run) => isInTheMiddle(run) && run.rows_read !== seen?.rows_read);
    await system.kill('postgres');

    expect(await wait(large, isOver)).toMatchObject({
      ...{ status: 'done', rows_read: ROWS, added: ROWS * 0.99, changed: 0, ended: 0, refused: ROWS * 0.01 },
    });
    expect(await wait(small, isOver)).toMatchObject({ status: 'done', changed: 1 });

    const { rows } = await db.raw<{ rows: object[] }>(
      `select count(*), count(distinct e.credit_code) as codes, min(e.name) as first,
              count(*) filter (where e.ended_at is null and e.region_code = '691101'
                                 and e.tags = '{catering,food-sales}') as right,
              count(*) filter (where v.states = 1 and v.name = e.name) as in_history
         from entities e
         join (select entity_id, count(*) as states, min(state ->> 'name') as name
                 from entity_versions where import_id = :large group by entity_id) v on v.entity_id = e.id`,
      { large },
    );
    const all = ROWS * 0.99;
    expect(rows).toEqual([{ count: all, codes: all, first: '甲店0', right: all, in_history: all }]);
    expect(await db('entities').count({ count: '*' }).first()).toEqual({ count: before.length + all });
    const refused = await db('import_refusals').where({ import_id: large }).orderBy('row_number');
    expect(refused.map((one: { row_number: number }) => one.row_number)).toEqual(
      Array.from({ length: ROWS / 100 }, (_, at) => 101 + at * 100),
    );
    expect(
      await db('audit_log')
        .where({ subject: `import/${large}` })
        .orderBy('seq')
        .pluck<string[]>('action'),
    ).toEqual(['import.order', 'import']);
    expect(await db('import_files').first()).toBeUndefined();
    await expectAuditIntact(db);
  },
  PATIENCE_MS,
);

test(
  'cancelled in the middle, it leaves nothing, and the next goes on',
  async () => {
    const id = await upload('entities', table(ROWS, '乙店'));
    const next = await upload('entities', table(100, '丙店'));
    await wait(id, isInTheMiddle);
    await coordinator.post(`/imports/${id}/cancel`);
    expect(await wait(id, isOver)).toMatchObject({ status: 'cancelled', failure: null });
    expect(await wait(next, isOver)).toMatchObject({ status: 'done', changed: 99, refused: 1 });
    expect(await states(id)).toEqual([]);
    expect(await db('import_refusals').where({ import_id: id })).toEqual([]);
    expect(await db('entities').whereLike('name', '乙店%')).toEqual([]);
    expect(await db('import_files').first()).toBeUndefined();
  },
  PATIENCE_MS,
);

test(
  'where the API’s disk has no room, the sender is told so in words, and nothing stays',
  async () => {
    const before = await db('imports').count();
    const password = /^ +scjg-coordinator +(\S+)/m.exec(system.output)?.[1];
    const { publicUrl: url, home } = system.config;
    const post = (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>) =>
      fetch(`${url}/api/v1${path}`, { method: 'POST', body, headers });
    const session = await post('/session', JSON.stringify({ username: 'scjg-coordinator', password }), {
      'content-type': 'application/json',
    });
    const [cookie = ''] = session.headers.getSetCookie();
    const send = () =>
      post('/registries/entities/imports', new Uint8Array(table(ROWS, '丁店')), {
        'content-type': 'application/octet-stream',
        cookie: cookie.split(';')[0] ?? '',
      });
    // It may write files up to a size only, which fails at the same write as a full disk, whoever runs the tests.
    const limit = (size: string) => {
      const pid = readRunning(home)?.services.api?.pid ?? 0;
      execFileSync('prlimit', ['--pid', String(pid), `--fsize=${size}:`]);
    };
    limit(String(1 << 20));
    try {
      const refused = await send();
      expect(refused.status).toBe(503);
      expect(await refused.json()).toMatchObject({
        type: 'no-space',
        detail: '服务器的磁盘空间不足，文件没有导入，名录库没有改变。请联系管理员清理后再试。',
      });
    } finally {
      limit('unlimited');
    }
    expect(await db('imports').count()).toEqual(before);
    expect(await db('import_files').first()).toBeUndefined();
    expect((await send()).status).toBe(202);
  },
  PATIENCE_MS,
);
