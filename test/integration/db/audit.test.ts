import { appendAudit } from '../../../db/audit';
import { readPending, sealAudit } from '../../../db/audit-chain';
import { expectAuditIntact } from '../../support/audit-chain';
import { testDatabase, type TestDatabase } from '../../support/database';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  for (let i = 0; i < 3; i++) {
    await database.db.transaction((trx) =>
      appendAudit(trx, {
        actorId: null,
        action: 'campaign.approve',
        subject: `campaign/2026-${i}`,
        address: '192.0.2.7',
        before: { stage: 'submitted' },
        after: { stage: 'approved', note: '同意' },
      }),
    );
  }
});

afterAll(async () => {
  await database.drop();
});

test('entries wait for their place in the chain, and get it in their order', async () => {
  const { db } = database;
  expect(await readPending(db)).toMatchObject({ count: 3, since: expect.any(Date) as Date });
  expect(await sealAudit(db)).toBe(3);
  expect(await readPending(db)).toEqual({ count: 0, since: null });
  expect(await db('audit_links').orderBy('place').pluck('seq')).toEqual([1, 2, 3]);
  await expectAuditIntact(db);
});

test.each(['audit_log', 'audit_links', 'audit_keys', 'audit_checkpoints', 'audit_pieces', 'audit_checks'])(
  'what is written to %s can be neither changed nor removed',
  async (table) => {
    const { db } = database;
    const { rows } = await db.raw<{ rows: { name: string }[] }>(
      `select column_name as name from information_schema.columns where table_name = ? and is_identity = 'NO' limit 1`,
      [table],
    );
    await expect(
      db.raw('update ?? set ?? = ??', [table, rows[0]?.name ?? '', rows[0]?.name ?? '']),
    ).rejects.toThrow(`${table} is append-only`);
    await expect(db(table).delete()).rejects.toThrow('append-only');
    await expect(db.raw('truncate ?? cascade', [table])).rejects.toThrow('append-only');
  },
);

test('a command that fails leaves no line, and no gap in the chain', async () => {
  const { db } = database;
  const failing = db.transaction(async (trx) => {
    await appendAudit(trx, { actorId: null, action: 'campaign.freeze', subject: 'campaign/2026-9' });
    throw new Error('the command failed');
  });
  await expect(failing).rejects.toThrow('the command failed');
  await appendAudit(db, { actorId: null, action: 'campaign.submit', subject: 'campaign/2026-3' });
  await sealAudit(db);
  expect(await db('audit_links').orderBy('place').pluck('place')).toEqual([1, 2, 3, 4]);
  await expectAuditIntact(db);
});

test('a command that commits late gets its place after those that did not wait for it', async () => {
  const { db } = database;
  const slow = await db.transaction();
  await appendAudit(slow, { actorId: null, action: 'campaign.draw', subject: 'campaign/2026-4' });
  await appendAudit(db, { actorId: null, action: 'campaign.submit', subject: 'campaign/2026-5' });
  expect(await sealAudit(db)).toBe(1);
  await slow.commit();
  expect(await sealAudit(db)).toBe(1);
  const subjects = await db('audit_links').join('audit_log', 'audit_log.seq', 'audit_links.seq');
  expect(
    subjects
      .sort((a: { place: number }, b: { place: number }) => a.place - b.place)
      .slice(-2)
      .map(({ subject }: { subject: string }) => subject),
  ).toEqual(['campaign/2026-5', 'campaign/2026-4']);
  await expectAuditIntact(db);
});

test('what would read as two lines is refused', async () => {
  await expect(
    appendAudit(database.db, { actorId: null, action: 'campaign.submit', subject: 'campaign/1\n192.0.2.9' }),
  ).rejects.toThrow('audit_log_lines');
});
