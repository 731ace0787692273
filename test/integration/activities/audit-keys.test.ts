/** The key that signs the audit log is changed: what the former one signed stays valid, and the new one is vouched for. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { signHead } from '../../../activities/audit-checkpoints';
import { handOver } from '../../../activities/audit-keys';
import { verifyAudit } from '../../../activities/verify-audit';
import { appendAudit } from '../../../db/audit';
import { formatKey } from '../../../domain/audit/checkpoint';
import { testSigner, testSigning } from '../../support/audit-signing';
import { testDatabase, type TestDatabase } from '../../support/database';

let database: TestDatabase;
const audit = testSigning();
const { folder, signer: first } = audit.signing;
const second = testSigner();

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  audit.remove();
  await database.drop();
});

const write = (subject: string) =>
  appendAudit(database.db, { actorId: null, action: 'results.submit', subject });
const verified = () => verifyAudit(database.db, { folder, keys: null });

test('after a change, all that either key signed verifies, and the former key has signed for the new one', async () => {
  const { db } = database;
  await write('visit/1');
  await signHead(db, audit.signing, new Date(), 'daily');
  await handOver(db, audit.signing, second, new Date());
  await write('visit/2');
  await signHead(db, { signer: second, folder }, new Date(), 'daily');
  expect(await verified()).toMatchObject({
    ...{ ok: true, entries: 3, checkpoints: 3, files: 4, problems: [] },
    keys: [
      { id: first.id, by: null },
      { id: second.id, by: first.id },
    ],
  });
  expect(readFileSync(path.join(folder, 'keys.txt'), 'utf8').trim().split('\n')).toEqual([
    formatKey(first),
    formatKey(second),
  ]);
  const entry = await db('audit_log').where({ action: 'audit.key' }).first<{ after: { former: string } }>();
  expect(entry.after.former).toBe(first.id);
});

test('a change is signed for even where the same length was signed for something else', async () => {
  const third = testSigner();
  const { db } = database;
  const signing = { signer: second, folder };
  await Promise.all([
    handOver(db, signing, third, new Date()),
    signHead(db, signing, new Date(), 'daily'),
    signHead(db, signing, new Date(), 'daily'),
  ]);
  await signHead(db, { signer: third, folder }, new Date(), 'daily');
  await write('visit/3');
  await signHead(db, { signer: third, folder }, new Date(), 'daily');
  const { ok, keys } = await verified();
  expect({ ok, last: keys.at(-1) }).toEqual({ ok: true, last: { id: third.id, by: second.id } });
});

test('a key that no former one signed for is told', async () => {
  const strange = testSigner();
  await write('visit/4');
  await signHead(database.db, { signer: strange, folder }, new Date(), 'daily');
  expect((await verified()).keys).toContainEqual({ id: strange.id, by: null });
});
