/** What a campaign's workflow has to outlive, on Temporal's real server: its own history, and its loss. */
import { readCampaign } from '../../db/campaigns';
import { readCeremonies } from '../../db/ceremonies';
import { addNotices } from '../../db/notices';
import { CITY_POLICY } from '../../domain/deadlines/policy';
import { workflowIds } from '../../domain/names';
import { keepHistory } from '../support/histories';
import { devServer } from '../support/temporal';
import { until } from '../support/until';
import { workflowTown, type WorkflowTown } from '../support/workflow-town';

/** Histories count as long from here on, so that a test need not write thousands of events. */
const LONG_HISTORY = 60;

let town: WorkflowTown;

beforeAll(async () => {
  town = await workflowTown(devServer({ 'limit.historyCount.suggestContinueAsNew': LONG_HISTORY }));
}, 120_000);

afterAll(() => town.stop());

const runsOf = async (workflowId: string) => {
  const list = town.env.client.workflow.list({ query: `WorkflowId = "${workflowId}"` });
  const runs: { runId: string; status: string }[] = [];
  for await (const { runId, status } of list) runs.push({ runId, status: status.name });
  return runs;
};

test('a campaign goes on as new when its history is long, and forgets nothing', async () => {
  const code = await town.officials.campaignAt('frozen');
  const first = await town.officials.as(
    'scjg-liaison',
    code,
    'seal',
    await town.officials.sealOf(code, 'SCJG'),
    'again',
  );
  await town.officials.carryTo(code, 'sealed');
  const id = workflowIds.campaign(code);
  const [firstRun] = await until(
    async () => runsOf(id),
    (runs) => runs.length > 1,
  ).then((runs) => runs.toReversed());
  expect(firstRun?.status).toBe('CONTINUED_AS_NEW');
  // The stage, the deadline of the reveals, and the answer to a command of the run before.
  expect(await town.env.client.workflow.getHandle(id).query('stage')).toBe('sealed');
  await expect(
    town.officials.as('scjg-liaison', code, 'seal', await town.officials.sealOf(code, 'SCJG'), 'again'),
  ).resolves.toEqual(first);
  await town.officials.carryTo(code, 'dispatched');
  const { id: campaignId } = await readCampaign(town.db, code);
  expect(await readCeremonies(town.db, campaignId)).toHaveLength(1);
  const runs = (await runsOf(id)).toReversed();
  for (const [at, { runId }] of runs.slice(0, 2).entries()) {
    await keepHistory(town.env.client, id, `campaign-as-new-${at + 1}`, runId);
  }
});

test('a workflow that was lost is taken up again from the database, with its oversight and its deadline', async () => {
  const code = await town.officials.campaignAt('frozen', {
    deadlinePolicy: {
      ...CITY_POLICY,
      unit: 'seconds',
      durations: { ...CITY_POLICY.durations, sealing: 5 },
    },
  });
  const { workflow } = town.env.client;
  for (const id of [workflowIds.campaign(code), workflowIds.oversight(code)]) {
    await workflow.getHandle(id).terminate('its server lost it');
  }
  await town.officials.seal(code, 'SCJG');
  expect((await workflow.getHandle(workflowIds.oversight(code)).describe()).status.name).toBe('RUNNING');
  const after = await until(
    async () => readCampaign(town.db, code),
    ({ stage }) => stage === 'approved',
  );
  expect(after.stage_reason).toContain('卫健委、消防救援支队逾期未封存');
});

test('the outbox goes on as new when its history is long, and sends each mail once', async () => {
  const { db, city, smtp, worker } = town;
  const lead = city.users['lead'] ?? 0;
  const before = smtp.mails.length;
  await worker.gateway.wakeNotices();
  let written = 0;
  const runs = await until(
    async () => {
      written += 1;
      await addNotices(db, [
        {
          key: `test/${written}`,
          kind: 'closed',
          campaignId: null,
          recipients: [lead],
          params: {},
          notBefore: new Date(),
        },
      ]);
      await worker.gateway.wakeNotices();
      return (await runsOf(workflowIds.notices)).toReversed();
    },
    (seen) => seen.length > 2,
  );
  await until(
    () => db('notices').whereLike('key', 'test/%').where({ mail_id: null }),
    (waiting) => waiting.length === 0,
  );
  await until(
    () => db('mails').whereNot({ status: 'sent' }),
    (waiting) => waiting.length === 0,
  );
  const ids = smtp.mails.slice(before).map((mail) => mail.messageId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [at, { runId }] of runs.slice(0, 2).entries()) {
    await keepHistory(town.env.client, workflowIds.notices, `notices-as-new-${at + 1}`, runId);
  }
});
