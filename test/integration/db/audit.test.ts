import { createHash } from 'node:crypto';
import { appendAudit } from '../../../db/audit';
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

interface Entry {
  seq: number;
  at: string;
  actor_id: number | null;
  action: string;
  subject: string;
  address: string | null;
  request_id: string | null;
  before: string | null;
  after: string | null;
  previous_hash: string;
  hash: string;
}

async function entries(): Promise<Entry[]> {
  const { rows } = await database.db.raw<{ rows: Entry[] }>(`
    select seq, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, actor_id, action, subject,
      address, request_id, before::text, after::text, previous_hash, hash
    from audit_log order by seq`);
  return rows;
}

function hashOf(entry: Entry): string {
  const { seq, at, actor_id, action, subject, address, request_id, before, after, previous_hash } = entry;
  const fields = [seq, at, actor_id, action, subject, address, request_id, before, after, previous_hash];
  return createHash('sha256').update(fields.join('\n')).digest('hex');
}

test('anyone who reads the log can check that no line was changed, removed or put between', async () => {
  const log = await entries();
  expect(log.map((entry) => entry.seq)).toEqual([1, 2, 3]);
  let previous = '0'.repeat(64);
  for (const entry of log) {
    expect(entry.previous_hash).toBe(previous);
    expect(hashOf(entry)).toBe(entry.hash);
    previous = entry.hash;
  }
});

test('what is written can be neither changed nor removed', async () => {
  const { db } = database;
  const before = await entries();
  await expect(db.raw(`update audit_log set action = 'other' where seq = 2`)).rejects.toThrow('append-only');
  await expect(db.raw('delete from audit_log where seq = 2')).rejects.toThrow('append-only');
  await expect(db.raw('truncate audit_log cascade')).rejects.toThrow('append-only');
  expect(await entries()).toEqual(before);
});

test('a command that fails leaves no line, and no gap', async () => {
  const failing = database.db.transaction(async (trx) => {
    await appendAudit(trx, { actorId: null, action: 'campaign.freeze', subject: 'campaign/2026-9' });
    throw new Error('the command failed');
  });
  await expect(failing).rejects.toThrow('the command failed');
  await appendAudit(database.db, { actorId: null, action: 'campaign.submit', subject: 'campaign/2026-3' });
  expect((await entries()).map((entry) => [entry.seq, entry.action]).at(-1)).toEqual([4, 'campaign.submit']);
});
