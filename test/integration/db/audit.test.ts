import { appendAudit } from '../../../db/audit';
import { expectIntact, readAudit } from '../../support/audit-chain';
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

test('anyone who reads the log can check that no line was changed, removed or put between', async () => {
  const log = await readAudit(database.db);
  expect(log).toHaveLength(3);
  expectIntact(log);
  const changed = log.map((line) => (line.seq === 2 ? { ...line, subject: 'campaign/2026-7' } : line));
  expect(() => expectIntact(changed)).toThrow();
  expect(() => expectIntact(log.filter((line) => line.seq !== 2))).toThrow();
});

test('what is written can be neither changed nor removed', async () => {
  const { db } = database;
  const before = await readAudit(database.db);
  await expect(db.raw(`update audit_log set action = 'other' where seq = 2`)).rejects.toThrow('append-only');
  await expect(db.raw('delete from audit_log where seq = 2')).rejects.toThrow('append-only');
  await expect(db.raw('truncate audit_log cascade')).rejects.toThrow('append-only');
  expect(await readAudit(database.db)).toEqual(before);
});

test('a command that fails leaves no line, and no gap', async () => {
  const failing = database.db.transaction(async (trx) => {
    await appendAudit(trx, { actorId: null, action: 'campaign.freeze', subject: 'campaign/2026-9' });
    throw new Error('the command failed');
  });
  await expect(failing).rejects.toThrow('the command failed');
  await appendAudit(database.db, { actorId: null, action: 'campaign.submit', subject: 'campaign/2026-3' });
  expect((await readAudit(database.db)).map((entry) => [entry.seq, entry.action]).at(-1)).toEqual([
    4,
    'campaign.submit',
  ]);
});
