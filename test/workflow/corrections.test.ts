/** What an approved correction leads to, by the workflows that carry cases: also after its campaign has ended. */
import { readCampaign } from '../../db/campaigns';
import { workflowIds } from '../../domain/names';
import { startTestApi, type TestApi } from '../integration/api/support';
import { handInResults } from '../support/drive-campaign';
import { IN_SECONDS } from '../support/seconds-policy';
import { timeSkipping } from '../support/temporal';
import { until } from '../support/until';
import { workflowTown, type WorkflowTown } from '../support/workflow-town';

let town: WorkflowTown;
let api: TestApi;

beforeAll(async () => {
  town = await workflowTown(timeSkipping());
  api = await startTestApi({}, undefined, { db: town.db, city: town.city, gateway: town.worker.gateway });
}, 120_000);

afterAll(async () => {
  await api.stop();
  await town.stop();
});

const casesOf = (visit: number) =>
  town
    .db('handling_cases')
    .where({ visit_id: visit })
    .orderBy('id')
    .select<{ id: number; track: string; status: string; outcome: string | null; started_at: Date | null }[]>(
      ...(['id', 'track', 'status', 'outcome', 'started_at'] as const),
    );

async function correct(visit: number, resultCode: number): Promise<void> {
  const inspector = await api.signedIn('scjg-liaison');
  const { corrections } = await inspector.get<{ corrections: { id: number }[] }>('requestCorrection', {
    params: { id: visit },
    body: { item: 'SCJG-001', resultCode, reason: '复核后发现录入有误' },
  });
  await (
    await api.signedIn('scjg-head')
  ).get('decideCorrection', { params: { id: corrections.at(-1)?.id ?? 0 }, body: { accepts: true } });
}

test('a case that was opened by mistake ends, and one that is due begins after its campaign was closed', async () => {
  const strata = ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 1_000_000, minimum: 1 }));
  const code = await town.officials.campaignAt('dispatched', {
    ...{ deadlinePolicy: IN_SECONDS, yearlyCap: {}, strata },
  });
  const { id } = await readCampaign(town.db, code);
  const [visit = 0] = await town
    .db('visit_items as vi')
    .join('visits as v', 'v.id', 'vi.visit_id')
    .where({ 'v.campaign_id': id, 'vi.item_code': 'SCJG-001' })
    .orderBy('v.id')
    .limit(1)
    .pluck<number[]>('v.id');
  const { number } = await town.db('visits').where({ id: visit }).first<{ number: number }>('number');
  await handInResults(town.db, code, await town.now(), ({ visit: at, department }) =>
    at === number && department === 'SCJG' ? 4 : 1,
  );
  await town.worker.gateway.resultsArrived(code);
  await until(
    () => casesOf(visit),
    ([first]) => first?.started_at !== null,
  );
  await correct(visit, 1);
  const [annulled] = await until(
    () => casesOf(visit),
    ([first]) => first?.status === 'closed',
  );
  expect(annulled?.outcome).toBe('撤销案件：检查结果经批准更正：复核后发现录入有误');
  await town.ended(workflowIds.handling(annulled?.id ?? 0));

  await town.officials.as('lead', code, 'publish');
  await town.officials.as('lead', code, 'close');
  await town.ended(workflowIds.oversight(code));
  await correct(visit, 5);
  const [, opened] = await until(
    () => casesOf(visit),
    (found) => found.length === 2 && found[1]?.started_at !== null,
  );
  expect(opened).toMatchObject({ track: 'rectification', status: 'open' });
  // Its handler has a task, as of any case.
  await until(
    () => town.db('tasks').where({ case_id: opened?.id, kind: 'rectify' }),
    (tasks) => tasks.length === 1,
  );
  await town.worker.gateway.takeHandlingStep({
    ...{ caseId: opened?.id ?? 0, key: 'rectified', actorId: town.city.users['scjg-liaison'] ?? 0 },
    ...{ address: null, requestId: null, step: 'rectified', note: '已改正' },
  });
  await town.worker.gateway.takeHandlingStep({
    ...{ caseId: opened?.id ?? 0, key: 'passed', actorId: town.city.users['scjg-liaison'] ?? 0 },
    ...{ address: null, requestId: null, step: 'recheck-passed', note: '合格' },
  });
  // Nobody owes anything: it is watched no longer.
  await town.ended(workflowIds.oversight(code));
});
