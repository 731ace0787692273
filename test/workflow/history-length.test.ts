/** What a campaign leaves behind in Temporal grows neither with its visits nor with what is found at them. */
import { dayOf, shift } from '../../domain/deadlines/working-days';
import { CITY_POLICY } from '../../domain/deadlines/policy';
import { workflowIds } from '../../domain/names';
import { handInResults } from '../support/drive-campaign';
import { timeSkipping } from '../support/temporal';
import { until } from '../support/until';
import { workflowTown, type WorkflowTown } from '../support/workflow-town';

/** Of a campaign with 50,000 visits, 0.05 for each. */
const MOST_EVENTS = 2500;
const LARGEST_PAYLOAD_BYTES = 256 * 1024;
const DAYS = 45;

let town: WorkflowTown;

beforeAll(async () => {
  town = await workflowTown(timeSkipping());
}, 120_000);

afterAll(() => town.stop());

async function historyOf(workflowId: string): Promise<{ events: number; payloads: number[] }> {
  const { events } = await town.env.client.workflow.getHandle(workflowId).fetchHistory();
  return { events: events?.length ?? 0, payloads: bytesIn(events) };
}

const bytesIn = (value: unknown): number[] => {
  if (value instanceof Uint8Array) return [value.length];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(bytesIn) : [];
};

test('weeks of results with a violation a day, each with its order: a few sweeps a day, and no more', async () => {
  const { db, env, officials, worker, city } = town;
  const today = dayOf(await town.now());
  await db('calendar_corrections').insert(
    Array.from({ length: 120 }, (_, n) => ({ date: shift(today, n), kind: 'workday', reason: '测试历' })),
  );
  const code = await officials.campaignAt('dispatched', {
    deadlinePolicy: CITY_POLICY,
    yearlyCap: {},
    strata: ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 1_000_000, minimum: 0 })),
    visitFrom: today,
    visitTo: shift(today, DAYS),
  });
  const [campaign, oversight] = [workflowIds.campaign(code), workflowIds.oversight(code)];

  for (let day = 1; day <= DAYS; day += 1) {
    await handInResults(db, code, await town.now(), ({ visit, department }) => {
      if (visit !== day) return null;
      return department === 'SCJG' ? 5 : 1;
    });
    if (day === 1) await worker.gateway.resultsArrived(code);
    const [caseId = 0] = await db('handling_cases').orderBy('id', 'desc').limit(1).pluck<number[]>('id');
    await worker.gateway.startHandling(caseId);
    await worker.gateway.takeHandlingStep({
      ...{ caseId, key: `order-${day}`, actorId: city.users['scjg-liaison'] ?? 0 },
      ...{ address: null, requestId: null, step: 'order', note: '责令改正' },
      facts: { documentNumber: `责改〔${day}〕号`, days: 20 },
    });
    await env.sleep('1 day');
  }
  expect(await db('handling_cases').whereNotNull('started_at').count()).toEqual([{ count: DAYS }]);
  await handInResults(db, code, await town.now());
  await worker.gateway.resultsArrived(code);
  await until(
    () => db('campaigns').where({ code }).first<{ stage: string }>('stage'),
    ({ stage }) => stage === 'results_in',
  );
  await officials.as('lead', code, 'publish');
  await officials.as('lead', code, 'close');
  await town.ended(campaign);

  const histories = await Promise.all([historyOf(campaign), historyOf(oversight)]);
  const events = histories.reduce((sum, history) => sum + history.events, 0);
  expect(events).toBeGreaterThan(100);
  expect(events).toBeLessThanOrEqual(MOST_EVENTS);
  expect(Math.max(...histories.flatMap(({ payloads }) => payloads))).toBeLessThan(LARGEST_PAYLOAD_BYTES);
});
