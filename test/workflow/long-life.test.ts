/** What a campaign's workflow has to outlive, on Temporal's real server: its own history, and its loss. */
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { readCampaign } from '../../db/campaigns';
import { readCeremonies } from '../../db/ceremonies';
import { CITY_POLICY } from '../../domain/deadlines/policy';
import { workflowIds } from '../../domain/names';
import { buildCity } from '../support/build-city';
import { testDatabase, type TestDatabase } from '../support/database';
import { campaignDriver } from '../support/drive-campaign';
import { keepHistory } from '../support/histories';
import { testSmtp, type TestSmtp } from '../support/smtp';
import { devServer } from '../support/temporal';
import { until } from '../support/until';
import { runWorker, type RunningWorker } from '../support/worker';

/** Histories count as long from here on, so that a test need not write thousands of events. */
const LONG_HISTORY = 60;

let database: TestDatabase;
let env: TestWorkflowEnvironment;
let smtp: TestSmtp;
let worker: RunningWorker;
let officials: ReturnType<typeof campaignDriver>;

beforeAll(async () => {
  [database, env, smtp] = await Promise.all([
    testDatabase(),
    devServer({ 'limit.historyCount.suggestContinueAsNew': LONG_HISTORY }),
    testSmtp(),
  ]);
  const city = await buildCity(database.db);
  worker = await runWorker(env, { db: database.db, smtpUrl: smtp.url });
  const { gateway } = worker;
  officials = campaignDriver({
    db: database.db,
    city,
    command: (command, input, stage) => gateway.command(command, input, stage),
  });
}, 120_000);

afterAll(async () => {
  await worker.stop();
  await env.teardown();
  await smtp.stop();
  await database.drop();
});

const runsOf = async (workflowId: string) => {
  const list = env.client.workflow.list({ query: `WorkflowId = "${workflowId}"` });
  const runs: { runId: string; status: string }[] = [];
  for await (const { runId, status } of list) runs.push({ runId, status: status.name });
  return runs;
};

test('a campaign goes on as new when its history is long, and forgets nothing', async () => {
  const code = await officials.campaignAt('frozen');
  const first = await officials.as(
    'scjg-liaison',
    code,
    'seal',
    await officials.sealOf(code, 'SCJG'),
    'again',
  );
  await officials.carryTo(code, 'sealed');
  const id = workflowIds.campaign(code);
  const [firstRun] = await until(
    async () => runsOf(id),
    (runs) => runs.length > 1,
  ).then((runs) => runs.toReversed());
  expect(firstRun?.status).toBe('CONTINUED_AS_NEW');
  // The stage, the deadline of the reveals, and the answer to a command of the run before.
  expect(await env.client.workflow.getHandle(id).query('stage')).toBe('sealed');
  await expect(
    officials.as('scjg-liaison', code, 'seal', await officials.sealOf(code, 'SCJG'), 'again'),
  ).resolves.toEqual(first);
  await officials.carryTo(code, 'dispatched');
  const { id: campaignId } = await readCampaign(database.db, code);
  expect(await readCeremonies(database.db, campaignId)).toHaveLength(1);
  const runs = (await runsOf(id)).toReversed();
  for (const [at, { runId }] of runs.slice(0, 2).entries()) {
    await keepHistory(env.client, id, `campaign-as-new-${at + 1}`, runId);
  }
});

test('a workflow that was lost is taken up again from the database, with its oversight and its deadline', async () => {
  const code = await officials.campaignAt('frozen', {
    deadlinePolicy: {
      ...CITY_POLICY,
      unit: 'seconds',
      durations: { ...CITY_POLICY.durations, sealing: 5 },
    },
  });
  const { workflow } = env.client;
  for (const id of [workflowIds.campaign(code), workflowIds.oversight(code)]) {
    await workflow.getHandle(id).terminate('its server lost it');
  }
  await officials.seal(code, 'SCJG');
  expect((await workflow.getHandle(workflowIds.oversight(code)).describe()).status.name).toBe('RUNNING');
  const after = await until(
    async () => readCampaign(database.db, code),
    ({ stage }) => stage === 'approved',
  );
  expect(after.stage_reason).toContain('WJW、XFJ 逾期未封存');
});
