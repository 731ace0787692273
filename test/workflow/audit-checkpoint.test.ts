/** The daily check of the audit log, started by its schedule on Temporal's real server. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { appendAudit } from '../../db/audit';
import { listCheckpoints, readLastCheck } from '../../db/audit-checkpoints';
import { AUDIT_SCHEDULE, ensureAuditSchedule } from '../../server/audit-schedule';
import { testSigning } from '../support/audit-signing';
import { testDatabase, type TestDatabase } from '../support/database';
import { keepHistory } from '../support/histories';
import { testSmtp, type TestSmtp } from '../support/smtp';
import { devServer } from '../support/temporal';
import { until } from '../support/until';
import { runWorker, type RunningWorker } from '../support/worker';

let database: TestDatabase;
let smtp: TestSmtp;
let env: TestWorkflowEnvironment;
let worker: RunningWorker;
const audit = testSigning();

beforeAll(async () => {
  [database, smtp, env] = await Promise.all([testDatabase(), testSmtp(), devServer()]);
  worker = await runWorker(env, {
    ...{ db: database.db, smtpUrl: smtp.url, audit: audit.signing },
    auditWitness: 'jijian@yunxi.invalid',
  });
  await ensureAuditSchedule(env.client);
}, 120_000);

afterAll(async () => {
  await worker.stop();
  audit.remove();
  await Promise.all([env.teardown(), smtp.stop(), database.drop()]);
});

/** As at ten past midnight; the workflow's id, with what it came to. */
async function runBySchedule(): Promise<{ id: string; outcome: unknown }> {
  const handle = env.client.schedule.getHandle(AUDIT_SCHEDULE);
  const before = (await handle.describe()).info.numActionsTaken;
  await handle.trigger();
  const { info } = await until(
    () => handle.describe(),
    (now) => now.info.numActionsTaken > before,
  );
  const id = info.recentActions.at(-1)?.action.workflow.workflowId ?? '';
  return { id, outcome: await env.client.workflow.getHandle(id).result() };
}

const checkpointsInFolder = () => readdirSync(path.join(audit.signing.folder, 'checkpoints')).sort();

test('it signs what it has gone through and sends it to the witness, who is told too of what was tampered with', async () => {
  const { db } = database;
  for (const n of [1, 2, 3])
    await appendAudit(db, { actorId: null, action: 'results.submit', subject: `visit/${n}` });
  expect(
    (await env.client.schedule.getHandle(AUDIT_SCHEDULE).describe()).info.nextActionTimes[0]?.toISOString(),
  ).toMatch(/T16:10:00/);

  const first = await runBySchedule();
  expect(first.outcome).toEqual({ entries: 0, problems: 0 });
  const [checkpoint] = await listCheckpoints(db, null, 10);
  expect(checkpoint).toMatchObject({ size: 3, reason: 'daily' });
  expect(checkpointsInFolder()).toEqual(['000000000003.txt']);
  expect(readFileSync(path.join(audit.signing.folder, 'checkpoints', '000000000003.txt'), 'utf8')).toBe(
    checkpoint?.note,
  );
  expect(smtp.mails).toHaveLength(1);
  expect(smtp.mails[0]?.text).toContain(checkpoint?.note);
  await keepHistory(env.client, first.id, 'audit-checkpoint');

  await db.raw('alter table audit_log disable trigger user');
  await db('audit_log').where({ subject: 'visit/2' }).update({ subject: 'visit/9' });
  await db.raw('alter table audit_log enable trigger user');
  await appendAudit(db, { actorId: null, action: 'results.submit', subject: 'visit/4' });
  const second = await runBySchedule();
  expect(second.outcome).toEqual({ entries: 3, problems: 1 });
  expect((await readLastCheck(db))?.problems).toEqual([{ kind: 'changed', place: 2, seq: 2 }]);
  expect(checkpointsInFolder()).toEqual(['000000000003.txt']);
  expect(smtp.mails.map(({ subject }) => subject)).toEqual([
    expect.stringContaining('审计日志检查点'),
    expect.stringContaining('审计日志有 1 处问题'),
  ]);
}, 120_000);
