import { signHead } from '../../../activities/audit-checkpoints';
import { parseKey, readCheckpoint } from '../../../domain/audit/checkpoint';
import { leafHash, provesConsistency, provesInclusion } from '../../../domain/audit/merkle';
import { testSigning } from '../../support/audit-signing';
import { startTestApi, type Caller, type TestApi } from './support';

interface Entry {
  seq: number;
  place: number | null;
  actor: { username: string } | null;
  action: string;
  subject: string;
  address: string | null;
  hash: string | null;
}
interface Page<T> {
  rows: T[];
  nextCursor: string | null;
}
interface SignedRoot {
  size: number;
  root: string;
  note: string;
}

let api: TestApi;
let auditor: Caller;
const audit = testSigning();

beforeAll(async () => {
  api = await startTestApi();
  auditor = await api.signedIn('auditor');
  const liaison = await api.signedIn('wjw-liaison');
  await liaison.get('setNoticePreferences', { body: { mail: 'needed', messenger: 'none' } });
  await signHead(api.db, audit.signing, new Date(), 'daily');
  await liaison.get('setNoticePreferences', { body: { mail: 'all', messenger: 'none' } });
  await api.db.raw(
    `insert into audit_log (action, subject) select 'entity.refresh', 'entity/' || n from generate_series(1, 3000) n`,
  );
  await signHead(api.db, audit.signing, new Date(), 'daily');
});

afterAll(async () => {
  audit.remove();
  await api.stop();
});

const find = (query: Record<string, string | number>) =>
  auditor.get<Page<Entry>>('listAuditEntries', { query });

test('an auditor finds entries by person, action, subject, address and day', async () => {
  const mine = await find({ actor: 'wjw-liaison', action: 'notice-preferences.set' });
  expect(mine.rows).toMatchObject([
    { before: { mail: 'needed' }, after: { mail: 'all' }, address: '127.0.0.1' },
    { subject: 'user/wjw-liaison', after: { mail: 'needed', messenger: 'none' } },
  ]);
  expect((await find({ action: 'session.*' })).rows.map(({ actor }) => actor?.username)).toEqual([
    'wjw-liaison',
    'auditor',
  ]);
  expect((await find({ actor: '-', subject: 'entity/299*' })).rows).toHaveLength(11);
  expect((await find({ subject: 'entity/299' })).rows).toHaveLength(1);
  expect((await find({ address: '203.0.113.1' })).rows).toEqual([]);
  expect((await find({ to: '2020-01-01' })).rows).toEqual([]);
  expect((await find({ from: '2020-01-01', action: 'session.begin' })).rows).toHaveLength(2);
});

test('pages give every entry once, the newest first', async () => {
  const seen: number[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Entry> = await find({
      ...{ action: 'entity.refresh', limit: 200 },
      ...(cursor === null ? {} : { cursor }),
    });
    seen.push(...page.rows.map(({ seq }) => seq));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen).toHaveLength(3000);
  expect(seen).toEqual([...new Set(seen)].sort((a, b) => b - a));
});

test('what the auditor reads and exports is on record as well', async () => {
  await find({ actor: 'wjw-liaison' });
  const csv = await auditor.call('downloadAuditCsv', { query: { action: 'entity.refresh' } });
  expect(String(csv.body).trimEnd().split('\n')).toHaveLength(3001);
  const lines = await auditor.call('downloadAuditLines', { query: { subject: 'entity/7' } });
  expect(JSON.parse(String(lines.body))).toMatchObject({ subject: 'entity/7', actor: null });
  expect((await find({ action: 'audit.*', limit: 3 })).rows).toMatchObject([
    { action: 'audit.export', after: { query: { subject: 'entity/7' } } },
    { action: 'audit.export', after: { query: { action: 'entity.refresh' } } },
    { action: 'audit.read', after: { query: { actor: 'wjw-liaison' } } },
  ]);
});

test('nobody else reads it', async () => {
  for (const username of ['wjw-liaison', 'supervisor', 'coordinator']) {
    const other = await api.signedIn(username);
    for (const id of [
      'listAuditEntries',
      'downloadAuditCsv',
      'downloadAuditLines',
      'readAuditState',
    ] as const)
      expect(await other.refused(id)).toMatchObject({ status: 403 });
  }
  expect(await api.nobody.refused('listAuditEntries')).toMatchObject({ status: 401 });
});

test('everybody can check what was signed, that it goes on, and that an entry is in it', async () => {
  const { rows: keys } = await api.nobody.get<{ rows: { key: string }[] }>('listAuditKeys');
  const known = keys.map(({ key }) => parseKey(key)).filter((key) => key !== null);
  const { rows } = await api.nobody.get<Page<SignedRoot>>('listAuditCheckpoints');
  expect(rows).toHaveLength(2);
  for (const { note, size, root } of rows)
    expect(readCheckpoint(note, known)).toMatchObject({
      ok: true,
      checkpoint: { size, root, reason: 'daily' },
    });
  const [second, first] = rows;
  if (!first || !second) throw new Error('two checkpoints were signed');
  const bytes = (hex: string) => Buffer.from(hex, 'hex');
  const growth = await api.nobody.get<{ path: string[] }>('proveAuditGrowth', {
    query: { first: first.size, second: second.size },
  });
  const signed = (one: SignedRoot) => ({ size: one.size, root: bytes(one.root) });
  expect(provesConsistency(signed(first), signed(second), growth.path.map(bytes))).toBe(true);
  for (const place of [1, first.size, 1024, 1025, second.size]) {
    const { hash, path } = await api.nobody.get<{ hash: string; path: string[] }>('proveAuditEntry', {
      ...{ params: { place }, query: { size: second.size } },
    });
    expect(provesInclusion(leafHash(hash), place - 1, second.size, path.map(bytes), bytes(second.root))).toBe(
      true,
    );
  }
  expect(
    await api.nobody.refused('proveAuditEntry', { params: { place: 1 }, query: { size: 7 } }),
  ).toMatchObject({
    type: 'no-such-checkpoint',
  });
  expect(
    await api.nobody.refused('proveAuditEntry', {
      ...{ params: { place: second.size }, query: { size: first.size } },
    }),
  ).toMatchObject({ type: 'beyond-checkpoint' });
});

test('the state says what waits for its place, and how the last full check went', async () => {
  const state = await auditor.get<{ pending: number; check: unknown }>('readAuditState');
  expect(state).toMatchObject({ check: null, checkpoint: { reason: 'daily' } });
  expect(state.pending).toBeGreaterThan(0);
});
