/** Two who order the same at the same time: one is carried out, the others are told, nothing is there twice. */
import { readCampaign } from '../../db/campaigns';
import { startTestApi, type EndpointId, type TestApi } from '../integration/api/support';
import { IN_SECONDS } from '../support/seconds-policy';
import { timeSkipping } from '../support/temporal';
import { workflowTown, type WorkflowTown } from '../support/workflow-town';

let town: WorkflowTown;
let api: TestApi;
let code: string;
let campaignId: number;

beforeAll(async () => {
  town = await workflowTown(timeSkipping());
  api = await startTestApi({}, undefined, { db: town.db, city: town.city, gateway: town.worker.gateway });
  code = await town.officials.campaignAt('submitted', { deadlinePolicy: IN_SECONDS });
  ({ id: campaignId } = await readCampaign(town.db, code));
}, 120_000);

afterAll(async () => {
  await api.stop();
  await town.stop();
});

/** Each of them twice, all at the same time, under keys of their own. */
async function race(id: EndpointId, action: string, people: readonly string[]): Promise<void> {
  const callers = await Promise.all([...people, ...people].map((username) => api.signedIn(username)));
  const answers = await Promise.all(callers.map((caller) => caller.call(id, { params: { code } })));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  const refused = answers.filter(({ status }) => status !== 200).map(({ body }) => body);
  for (const problem of refused) expect(problem).toMatchObject({ status: 409, type: 'campaign-stage' });
  const entries = await town.db('audit_log').where({ action, subject: `campaign/${code}` });
  expect(entries).toHaveLength(1);
}

test('of two approvals at once one counts, and the record names who gave it', async () => {
  await race('approveCampaign', 'campaign.approve', ['approver', 'scjg-head']);
  expect((await readCampaign(town.db, code)).stage).toBe('approved');
});

test('of two freezes at once there is one commitment, and one frozen list', async () => {
  await race('freezeCampaign', 'campaign.freeze', ['lead', 'coordinator']);
  expect(await town.db('ceremonies').where({ campaign_id: campaignId })).toHaveLength(1);
});

test('of two draws at once there is one, and everybody drawn is there once', async () => {
  const departments = ['SCJG', 'WJW', 'XFJ'];
  await town.officials.seal(code, ...departments);
  await town.officials.reveal(code, ...departments);
  await town.officials.rollDice(code);
  await race('drawCampaign', 'campaign.draw', ['lead', 'coordinator']);
  const visits = await town.db('visits').where({ campaign_id: campaignId }).pluck<number[]>('entity_id');
  expect(visits.length).toBeGreaterThan(0);
  expect(new Set(visits).size).toBe(visits.length);
});

test('of two who dispatch at once every visit’s task is there once', async () => {
  await race('dispatchCampaign', 'campaign.dispatch', ['lead', 'coordinator']);
  const keys = await town
    .db('tasks')
    .where({ campaign_id: campaignId, kind: 'results' })
    .pluck<string[]>('key');
  expect(keys.length).toBeGreaterThan(0);
  expect(new Set(keys).size).toBe(keys.length);
});
