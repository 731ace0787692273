/** What should run is started from the database, on Temporal's real server: after its store was lost, and after a restore. */
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { TASK_QUEUE, workflowIds } from '../../domain/names';
import { resumeWorkflows } from '../../server/resume-workflows';
import { buildCampaign } from '../support/build-campaign';
import { buildCity } from '../support/build-city';
import { testDatabase, type TestDatabase } from '../support/database';
import { testSmtp, type TestSmtp } from '../support/smtp';
import { devServer } from '../support/temporal';
import { until } from '../support/until';
import { runWorker, type RunningWorker } from '../support/worker';

let database: TestDatabase;
let smtp: TestSmtp;
let env: TestWorkflowEnvironment;
let worker: RunningWorker;
let approved: string;
let closed: string;

beforeAll(async () => {
  [database, smtp, env] = await Promise.all([testDatabase(), testSmtp(), devServer()]);
  const { db } = database;
  const city = await buildCity(db, { entities: 4 });
  const campaignAt = async (stage: string) => {
    const code = await buildCampaign(db, city);
    await db('campaigns').where({ code }).update({ stage });
    return code;
  };
  [approved, closed] = [await campaignAt('approved'), await campaignAt('closed')];
  await campaignAt('draft');
  worker = await runWorker(env, { db, smtpUrl: smtp.url });
}, 120_000);

afterAll(async () => {
  await worker.stop();
  await Promise.all([env.teardown(), smtp.stop(), database.drop()]);
});

const resume = (anew: boolean) => resumeWorkflows(database.db, env.client, anew);
const stageOf = (code: string) =>
  env.client.workflow.getHandle(workflowIds.campaign(code)).query<string>('stage');

test('what is missing is started as the database has it; what runs is left alone', async () => {
  expect(await resume(false)).toEqual({ ended: 0, started: 1, running: 0 });
  expect(await stageOf(approved)).toBe('approved');
  expect(await resume(false)).toEqual({ ended: 0, started: 0, running: 1 });
  const ended = env.client.workflow.getHandle(workflowIds.campaign(closed)).describe();
  await expect(ended).rejects.toThrow('not found');
}, 60_000);

test('after a restore, what knows of a later moment is ended, and starts from the database', async () => {
  await database.db('campaigns').where({ code: approved }).update({ stage: 'submitted' });
  // Of a campaign that the restored database has not.
  const gone = workflowIds.campaign('LC-2026-9999');
  await env.client.workflow.start('campaign', {
    ...{ workflowId: gone, taskQueue: TASK_QUEUE },
    args: [{ code: 'LC-2026-9999', stage: 'submitted' }],
  });
  // Temporal's list of workflows is written a moment later than they begin.
  const running = async () => {
    const { count } = await env.client.workflow.count(
      `ExecutionStatus = 'Running' AND WorkflowType = 'campaign'`,
    );
    return count;
  };
  await until(running, (count) => count === 2);
  expect(await resume(true)).toEqual({ ended: 2, started: 1, running: 0 });
  expect(await stageOf(approved)).toBe('submitted');
  expect((await env.client.workflow.getHandle(gone).describe()).status.name).toBe('TERMINATED');
}, 60_000);
