/** The entity objects to a result by the code of its notice; who had no part in the inspection answers. */
import { readCampaign } from '../../../db/campaigns';
import { campaignDriver, handInResults } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type TestApi } from './support';
import { sweepOn } from './sweep-on';

let api: TestApi;
let campaign: string;
let visit: { id: number; number: number };
let code: string;

interface Notice {
  results: {
    item: { code: string };
    resultCode: number;
    mayObject: boolean;
    objectUntil: string | null;
    objections: { status: string; note: string; dueAt: string }[];
  }[];
}

interface Papers {
  objections: { id: number; contact: string; reason: string; mayDecide: boolean }[];
}

beforeAll(async () => {
  api = await startTestApi({ sessionHours: 24 * 90 });
  api.clock.now = new Date('2026-04-01T02:00:00Z');
  const { db, city, clock } = api;
  const { campaignAt } = campaignDriver({ db, city, ...runActivities(db, () => clock.now) });
  // Everybody, so that each department has visits whatever is drawn.
  const strata = ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 1_000_000, minimum: 1 }));
  campaign = await campaignAt('dispatched', { strata, visitFrom: '2026-04-01', visitTo: '2026-04-30' });
  const fire = await api.signedIn('xfj-0001');
  // Of the fire department's visits, all departments are in the first one: catering premises in the town are venues.
  const { rows } = await fire.get<{ rows: { id: number; number: number; items: unknown[] }[] }>(
    'listVisits',
    {
      query: { campaign, limit: 100 },
    },
  );
  const all = rows.find((one) => one.items.length === 3);
  if (!all) throw new Error('no visit of all departments');
  visit = all;
  code = (
    await (
      await api.signedIn('scjg-0001')
    ).get<{ code: string }>('issueVisitCode', { params: { id: visit.id }, body: { purpose: 'notice' } })
  ).code;
});

afterAll(() => api.stop());

const wish = (item: string, more: object = {}) => ({
  body: { code, item, reason: '当日营业执照就挂在墙上，有照片', ...more },
});

const open = () => api.nobody.get<Notice>('readOpenNotice', { body: { code } });

test('there is nothing to object to before there is a result', async () => {
  expect((await open()).results).toEqual([]);
  expect(await api.nobody.refused('objectToResult', wish('SCJG-001'))).toMatchObject({
    status: 409,
    type: 'no-result-yet',
  });
});

test('an objection is a task of the department, due in working days, for a head who had no part in it', async () => {
  api.clock.now = new Date('2026-04-03T02:00:00Z');
  await handInResults(api.db, campaign, api.clock.now, ({ department }) => (department === 'XFJ' ? null : 5));
  expect((await open()).results.map((one) => [one.item.code, one.mayObject])).toEqual([
    ['SCJG-001', true],
    ['WJW-001', true],
  ]);
  expect(await api.nobody.refused('objectToResult', wish('SCJG-001', { reason: '不服' }))).toMatchObject({
    status: 422,
  });
  expect(await api.nobody.refused('objectToResult', wish('ZZZ-001'))).toMatchObject({
    fields: [{ field: 'item' }],
  });
  const notice = await api.nobody.get<Notice>('objectToResult', wish('SCJG-001', { contact: '王小明' }));
  // 20 working days after the 3rd of April, with the days off of Qingming and May Day, and the 9th of May made up.
  expect(notice.results[0]).toMatchObject({ mayObject: false, objections: [{ status: 'open' }] });
  expect(await api.nobody.refused('objectToResult', wish('SCJG-001'))).toMatchObject({
    type: 'objected-already',
  });
  const task: unknown = await api.db('tasks').where({ kind: 'answer-objection' }).first();
  expect(task).toMatchObject({
    visit_id: visit.id,
    department_code: 'SCJG',
    assignee_id: api.city.users['scjg-head'],
  });
  const [due] = await api
    .db('deadlines as d')
    .join('tasks as t', 't.deadline_id', 'd.id')
    .where('t.kind', 'answer-objection')
    .pluck<Date[]>('d.due_at');
  expect(notice.results[0]?.objections[0]?.dueAt).toBe(due?.toISOString());
  expect((due?.getTime() ?? 0) - api.clock.now.getTime()).toBeGreaterThan(26 * 86_400_000);
  const told = await api.db('notices').where({ kind: 'objection' }).pluck<number[]>('recipient_id');
  expect([...told].sort()).toEqual([api.city.users['scjg-liaison'], api.city.users['scjg-head']].sort());
});

test('who needs not know reads no name; nothing of the contact is on record', async () => {
  const read = async (who: string) =>
    (await (await api.signedIn(who)).get<Papers>('readVisitPapers', { params: { id: visit.id } })).objections;
  const shown = { contact: '王＊＊' };
  const asked = await read('scjg-head');
  expect(asked).toMatchObject([{ ...shown, contactSight: 'on-request', mayDecide: true }]);
  expect(await read('lead')).toMatchObject([{ ...shown, contactSight: 'masked', mayDecide: false }]);
  const body = { record: 'objection', id: String(asked[0]?.id), fields: ['objector'] };
  const head = await api.signedIn('scjg-head');
  expect(await head.get('revealPersonalData', { body })).toEqual({ values: { objector: '王小明' } });
  const lead = await api.signedIn('lead');
  expect(await lead.refused('revealPersonalData', { body })).toMatchObject({ status: 403 });
  expect(JSON.stringify(await api.db('audit_log'))).not.toContain('王小明');
  expect(JSON.stringify(await api.db('notices'))).not.toContain('王小明');
});

test('where the department has no head the leading group answers, and nobody who recorded it', async () => {
  await api.nobody.get('objectToResult', wish('WJW-001'));
  const owed: unknown = await api
    .db('tasks')
    .where({ kind: 'answer-objection', department_code: 'WJW' })
    .first();
  expect(owed).toMatchObject({ assignee_id: api.city.users['approver'] });
  const asked = await api.db('objections').where({ item_code: 'WJW-001' }).first<{ id: number }>('id');
  const decision = { params: { id: asked.id }, body: { upholds: false, note: '现场照片显示未公示' } };
  expect(await (await api.signedIn('scjg-head')).refused('decideObjection', decision)).toMatchObject({
    type: 'not-the-head',
  });
  const group = await api.signedIn('approver');
  await api.db('visit_items').where({ visit_id: visit.id, item_code: 'WJW-001' }).update({
    submitted_by: api.city.users['approver'],
  });
  expect(await group.refused('decideObjection', decision)).toMatchObject({ status: 403 });
  await api.db('visit_items').where({ visit_id: visit.id, item_code: 'WJW-001' }).update({
    submitted_by: api.city.users['wjw-0001'],
  });
  await group.get('decideObjection', decision);
  expect(await group.refused('decideObjection', decision)).toMatchObject({ type: 'objection-decided' });
});

test('the public sees that a result is disputed, and nothing of who says what; the entity reads the answer', async () => {
  await handInResults(api.db, campaign, api.clock.now);
  await api.db('visit_items').where({ visit_id: visit.id, item_code: 'SCJG-001' }).update({
    method: 'documentary',
  });
  const { as } = campaignDriver({
    db: api.db,
    city: api.city,
    ...runActivities(api.db, () => api.clock.now),
  });
  await sweepOn(api, campaign, '2026-04-07');
  await as('lead', campaign, 'publish');
  const results = async () =>
    (
      await api.nobody.get<{ rows: { visitNumber: number; item: { code: string }; isDisputed: boolean }[] }>(
        'listPublishedResults',
        { params: { code: campaign }, query: { limit: 200 } },
      )
    ).rows.filter((row) => row.isDisputed);
  // How it was inspected is open too.
  expect(await results()).toMatchObject([
    { visitNumber: visit.number, item: { code: 'SCJG-001' }, method: 'documentary' },
  ]);
  const csv = await api.nobody.call('downloadResults', { params: { code: campaign } });
  expect(String(csv.body).split('有异议，处理中')).toHaveLength(2);
  expect(String(csv.body).split('书面检查')).toHaveLength(2);
  expect(JSON.stringify([await results(), csv.body])).not.toMatch(/王|营业执照就挂/);

  const [asked] = (
    await (await api.signedIn('scjg-head')).get<Papers>('readVisitPapers', { params: { id: visit.id } })
  ).objections;
  const head = await api.signedIn('scjg-head');
  const params = { id: asked?.id ?? 0 };
  expect(await head.refused('decideObjection', { params, body: { upholds: true, note: '' } })).toMatchObject({
    status: 422,
  });
  await head.get('decideObjection', { params, body: { upholds: true, note: '经核实照片，执照已公示' } });
  expect((await open()).results[0]?.objections).toMatchObject([
    { status: 'upheld', note: '经核实照片，执照已公示' },
  ]);
  expect(await results()).toEqual([]);
  expect(await api.db('tasks').where({ kind: 'answer-objection' }).whereNull('done_at')).toEqual([]);
  // What follows is the department's to do: it is told.
  const told = await api
    .db('notices')
    .where({ kind: 'objection', recipient_id: api.city.users['scjg-liaison'] })
    .orderBy('id')
    .pluck<{ what: string }[]>('params');
  expect(told.at(-1)?.what).toContain('异议成立');
});

test('30 days after the publication it is over; an answer that is late is overdue like any task', async () => {
  const { published_at: publishedAt } = await api
    .db('visits')
    .where({ id: visit.id })
    .first<{ published_at: Date }>('published_at');
  await api.nobody.get('objectToResult', wish('XFJ-001'));
  api.clock.now = new Date(publishedAt.getTime() + 31 * 86_400_000);
  const late = (await open()).results.every((one) => !one.mayObject);
  expect(late).toBe(true);
  await sweepOn(api, campaign, '2026-05-25');
  const { id } = await readCampaign(api.db, campaign);
  const kinds = await api
    .db('notices')
    .where({ campaign_id: id })
    .whereRaw(`params ->> 'task' = 'answer-objection'`)
    .pluck('kind');
  expect(kinds).toContain('escalation');
});
