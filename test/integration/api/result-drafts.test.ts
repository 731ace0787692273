import { dayOf } from '../../../domain/deadlines/working-days';
import { campaignDriver } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type Caller, type TestApi } from './support';

const ITEM = 'XFJ-001';

let api: TestApi;
let one: Caller;
let other: Caller;
let visits: number[];

beforeAll(async () => {
  api = await startTestApi();
  const { db, city } = api;
  const { campaignAt } = campaignDriver({ db, city, ...runActivities(db) });
  const strata = ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 600_000, minimum: 1 }));
  const code = await campaignAt('dispatched', { strata });
  // The first results of all are told to the campaign's workflow, which is out of reach here.
  await db('campaigns').where({ code }).update({ stage: 'under_way' });
  one = await api.signedIn('xfj-0001');
  other = await api.signedIn('xfj-0002');
  const page = await one.get<{ rows: { id: number }[] }>('listVisits', { query: { mine: 'true' } });
  visits = page.rows.map((row) => row.id);
});

afterAll(() => api.stop());

const content = (opinion: string, answers: object = {}) => ({
  visitOn: null,
  resultCode: null,
  method: 'documentary',
  opinion,
  answers,
});
const saving = (id: number, revision: number, opinion: string, answers: object = {}) => ({
  params: { id, item: ITEM },
  body: { revision, content: content(opinion, answers) },
});
const draftsOf = async (who: Caller, id: number) =>
  (await who.get<{ drafts: object[] }>('readVisit', { params: { id } })).drafts;

test('a draft is one for the team: what somebody has not seen is not overwritten', async () => {
  const id = visits.pop() ?? 0;
  const unfinished = { license: true, width: { value: null, instrument: '卷尺' } };
  await one.get('saveDraft', saving(id, 0, '甲写的', unfinished));
  expect(await draftsOf(other, id)).toMatchObject([
    { item: ITEM, revision: 1, savedBy: 'xfj-0001', content: content('甲写的', unfinished) },
  ]);
  expect(await other.refused('saveDraft', saving(id, 0, '乙写的'))).toMatchObject({
    status: 409,
    type: 'draft-changed',
    detail: `事项“${ITEM}”：xfj-0001 已保存了另一个版本，您的版本没有保存。请比较后决定用哪一个。`,
  });
  expect(await other.get('saveDraft', saving(id, 1, '乙看过甲的'))).toMatchObject({ revision: 2 });
  expect(await one.refused('saveDraft', saving(id, 1, '甲又写'))).toMatchObject({ type: 'draft-changed' });
  expect(await draftsOf(one, id)).toMatchObject([{ revision: 2, content: { opinion: '乙看过甲的' } }]);
});

test('of two first drafts at once one is kept, and the other told', async () => {
  const id = visits.pop() ?? 0;
  const statuses = await Promise.all([
    one.call('saveDraft', saving(id, 0, '甲')),
    other.call('saveDraft', saving(id, 0, '乙')),
  ]);
  expect(statuses.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test('sent again because the answer was lost, it is saved once', async () => {
  const id = visits.pop() ?? 0;
  const sent = { ...saving(id, 0, '断网前'), headers: { 'Idempotency-Key': 'entry-1' } };
  const first = await one.get('saveDraft', sent);
  expect(await one.get('saveDraft', sent)).toEqual(first);
  expect(await draftsOf(one, id)).toMatchObject([{ revision: 1 }]);
});

test('it is the team’s and its liaison’s; handing in ends it', async () => {
  const id = visits.pop() ?? 0;
  await (await api.signedIn('xfj-liaison')).get('saveDraft', saving(id, 0, '联络员'));
  expect(await draftsOf(await api.signedIn('lead'), id)).toEqual([]);
  const foreign = await (await api.signedIn('wjw-0001')).refused('saveDraft', saving(id, 1, '别人'));
  expect(['visit-not-found', 'not-in-visit']).toContain(foreign.type);
  await one.get('submitResults', {
    params: { id },
    body: { visitOn: dayOf(api.clock.now), results: [{ item: ITEM, resultCode: 1 }] },
  });
  expect(await draftsOf(one, id)).toEqual([]);
  expect(await api.db('result_drafts').where({ visit_id: id })).toEqual([]);
  expect(await one.refused('saveDraft', saving(id, 1, '太晚'))).toMatchObject({
    status: 409,
    type: 'result-submitted',
  });
});
