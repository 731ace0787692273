/** Two campaigns for everybody, one soon after the other: who looks at it is warned before the second is approved. */
import { campaignDriver, handInResults } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type TestApi } from './support';

interface Warned {
  frequency: {
    kind: string;
    count: number;
    limit: number;
    visits: { campaign: { code: string }; on: string }[];
  }[];
}

let api: TestApi;
let first: string;
let second: string;

beforeAll(async () => {
  api = await startTestApi({ sessionHours: 24 * 90 });
  api.clock.now = new Date('2026-04-01T02:00:00Z');
  const { db, city, clock } = api;
  const { campaignAt } = campaignDriver({ db, city, ...runActivities(db, () => clock.now) });
  const plan = {
    strata: ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 1_000_000, minimum: 1 })),
    // As two campaigns of key items would be: nobody is left out.
    yearlyCap: {},
    demandsApproval: true,
  };
  first = await campaignAt('dispatched', { ...plan, visitFrom: '2026-04-01', visitTo: '2026-04-10' });
  await handInResults(db, first, clock.now);
  second = await campaignAt('dispatched', { ...plan, visitFrom: '2026-05-11', visitTo: '2026-05-29' });
});

afterAll(() => api.stop());

/** A visit of the second campaign to an entity of this class. */
async function visitOf(drawClass: string): Promise<{ id: number; creditCode: string }> {
  const row = await api
    .db('visits as v')
    .join('campaigns as c', 'c.id', 'v.campaign_id')
    .join('entities as e', 'e.id', 'v.entity_id')
    .where({ 'c.code': second, 'e.draw_class': drawClass })
    .orderBy('v.id')
    .first<{ id: number; creditCode: string }>({ id: 'v.id', creditCode: 'e.credit_code' });
  return row;
}

const before = (limit: number) => ({
  count: 2,
  limit,
  visits: [{ campaign: { code: first }, on: '2026-04-01' }],
});

test('the visit says that it passes the yearly cap, and that another was shortly before, with what was counted', async () => {
  const head = await api.signedIn('scjg-head');
  const capped = await visitOf('A');
  const { frequency } = await head.get<Warned>('readVisit', { params: { id: capped.id } });
  expect(frequency).toMatchObject([
    { kind: 'cap', ...before(1) },
    { kind: 'soon', ...before(90) },
  ]);
  // Class C may be inspected twice.
  const twice = await visitOf('C');
  const usual = await head.get<Warned>('readVisit', { params: { id: twice.id } });
  expect(usual.frequency).toMatchObject([{ kind: 'soon', ...before(90) }]);
});

test('the entity says it too', async () => {
  const { creditCode } = await visitOf('A');
  const head = await api.signedIn('lead');
  const { frequency } = await head.get<Warned>('readEntityRecord', { params: { creditCode } });
  expect(frequency.map((one) => [one.kind, one.count])).toEqual([
    ['cap', 2],
    ['soon', 2],
  ]);
});

test('so the head looks at each: none of them is approved in bulk, and those named are', async () => {
  const head = await api.signedIn('scjg-head');
  const params = { code: second };
  const { rows } = await head.get<{ rows: (Warned & { concerns: string[]; visit: { id: number } })[] }>(
    'listInspections',
    { params, query: { department: 'SCJG', limit: 200 } },
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.every((row) => row.frequency.length > 0)).toBe(true);
  const decision = { department: 'SCJG', decision: 'approve' };
  expect(await head.refused('decideInspections', { params, body: decision })).toMatchObject({
    type: 'nothing-to-decide',
  });
  const visits = rows.map((row) => row.visit.id);
  await head.get('decideInspections', { params, body: { ...decision, visits } });
  const after = await head.get<{ rows: Warned[] }>('listInspections', {
    params,
    query: { department: 'SCJG', limit: 200 },
  });
  expect(after.rows.every((row) => row.frequency.length === 0)).toBe(true);
});
