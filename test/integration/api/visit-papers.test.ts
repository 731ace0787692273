/** The entity of a visit: its notice, a recusal, arrival and leaving, its rating — by a code and without a login. */
import { campaignDriver } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type TestApi } from './support';

let api: TestApi;
let visits: { id: number; number: number; inspectors: { code: string; department: string }[] }[];

interface Notice {
  departments: {
    department: { code: string };
    items: { bases: string[] }[];
    inspectors: { code: string; certificate: string; recusal: string | null }[];
  }[];
  visitsOfYear: { visits: number; cap: number | null };
  trace: { arrivalBy: string | null; people: { code: string }[]; leftAt: string | null } | null;
  rating: { stars: number } | null;
  mayConfirmArrival: boolean;
  mayRate: boolean;
}

beforeAll(async () => {
  api = await startTestApi({ sessionHours: 24 * 90 });
  api.clock.now = new Date('2026-04-01T02:00:00Z');
  const { db, city, clock } = api;
  const { campaignAt } = campaignDriver({ db, city, ...runActivities(db, () => clock.now) });
  // Everybody, so that each department has visits whatever is drawn.
  const strata = ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 1_000_000, minimum: 1 }));
  const code = await campaignAt('dispatched', { strata, visitFrom: '2026-04-01', visitTo: '2026-05-20' });
  const fire = await api.signedIn('xfj-0001');
  visits = (await fire.get<{ rows: typeof visits }>('listVisits', { query: { campaign: code, limit: 10 } }))
    .rows;
});

afterAll(() => api.stop());

const issue = async (purpose: 'notice' | 'on-site', visit = 0) =>
  (await api.signedIn('scjg-0001')).get<{ code: string; url: string; expiresAt: string }>('issueVisitCode', {
    params: { id: visits[visit]?.id ?? 0 },
    body: { purpose },
  });

const open = (code: string) => api.nobody.get<Notice>('readOpenNotice', { body: { code } });

test('a notice says who comes, on what basis, how often, and no more of the inspectors than they show at the door', async () => {
  const { code, url, expiresAt } = await issue('notice');
  expect(url).toBe(`https://onevisit.invalid/public/visit#${code}`);
  expect(expiresAt).toBe('2026-09-17T16:00:00.000Z');
  const notice = await open(code.toLowerCase().replaceAll('-', ' '));
  expect(notice.departments.map((one) => one.department.code)).toEqual(['SCJG', 'WJW', 'XFJ']);
  expect(notice.departments[0]?.items[0]?.bases).toEqual(['《中华人民共和国食品安全法》第一百一十条']);
  expect(Object.keys(notice.departments[0]?.inspectors[0] ?? {}).sort()).toEqual([
    ...['certificate', 'code', 'name', 'recusal'],
  ]);
  expect(notice.visitsOfYear.visits).toBe(1);
  // The code itself is kept nowhere.
  const kept = JSON.stringify([await api.db('visit_codes'), await api.db('audit_log')]);
  expect(kept).not.toContain(code);
  expect(api.log.join('\n')).not.toContain(code);
  // A new notice makes the one before worthless; after its time so is this one.
  const next = await issue('notice');
  expect(await api.nobody.refused('readOpenNotice', { body: { code } })).toMatchObject({
    status: 404,
    type: 'notice-not-found',
  });
  const { now } = api.clock;
  api.clock.now = new Date(next.expiresAt);
  expect(await api.nobody.refused('readOpenNotice', { body: { code: next.code } })).toMatchObject({
    status: 404,
  });
  api.clock.now = now;
  const registrar = await api.signedIn('registrar');
  const sent = { params: { id: visits[0]?.id ?? 0 }, body: { purpose: 'notice' } };
  expect(await registrar.refused('issueVisitCode', sent)).toMatchObject({ status: 403 });
});

test('a recusal is asked for once, decided by the head with a reason, and its place goes to the next ticket', async () => {
  const { code } = await issue('notice');
  const inspector = 'SCJG-0002';
  const asked = { body: { code, inspector, reason: '其配偶与我店有经济纠纷' } };
  expect(await api.nobody.refused('askRecusal', { body: { ...asked.body, reason: '无' } })).toMatchObject({
    status: 422,
  });
  const notice = await api.nobody.get<Notice>('askRecusal', asked);
  expect(notice.departments[0]?.inspectors.find((one) => one.code === inspector)?.recusal).toBe('requested');
  expect(await api.nobody.refused('askRecusal', asked)).toMatchObject({ type: 'asked-already' });
  const task: unknown = await api.db('tasks').where({ kind: 'decide-recusal' }).first();
  expect(task).toMatchObject({
    visit_id: visits[0]?.id,
    department_code: 'SCJG',
    assignee_id: api.city.users['scjg-head'],
  });
  const head = await api.signedIn('scjg-head');
  const { recusals } = await head.get<{ recusals: { id: number; mayDecide: boolean }[] }>('readVisitPapers', {
    params: { id: visits[0]?.id ?? 0 },
  });
  expect(recusals).toMatchObject([{ mayDecide: true }]);
  const decision = { params: { id: recusals[0]?.id ?? 0 }, body: { grants: true, note: '属实，准予回避' } };
  expect(await (await api.signedIn('approver')).refused('decideRecusal', decision)).toMatchObject({
    status: 403,
  });
  await head.get('decideRecusal', decision);
  expect(await head.refused('decideRecusal', decision)).toMatchObject({ type: 'recusal-decided' });
  expect(await api.db('amendments').select('kind', 'params', 'status', 'requested_by')).toEqual([
    {
      kind: 'replacement',
      params: { inspector, visits: [visits[0]?.number] },
      status: 'requested',
      requested_by: api.city.users['scjg-head'],
    },
  ]);
  expect(await api.db('tasks').where({ kind: 'decide-recusal' }).whereNull('done_at')).toEqual([]);
  // No later draw sends them there, until the department ends it; the public files of draws tell nothing of the quarrel.
  const kept = async () =>
    (
      await (
        await api.signedIn('scjg-liaison')
      ).get<{ rows: { id: number; inspector: string; reason: string; mayEnd: boolean }[] }>(
        'listExclusions',
        {},
      )
    ).rows;
  const [standing] = await kept();
  expect(standing).toMatchObject({ inspector, kind: 'ordered', mayEnd: true });
  expect(standing?.reason).toMatch(/^准予当事人的回避申请（.+ 第 \d+ 户）$/);
  await (
    await api.signedIn('scjg-liaison')
  ).get('endExclusion', { params: { id: standing?.id ?? 0 }, body: { reason: '纠纷已了结' } });
  expect(await kept()).toEqual([]);
  // Nobody approves what they asked for: the leading group is told.
  const told = await api.db('notices').where({ kind: 'amendment-requested' }).pluck('recipient_id');
  expect(told).toEqual([api.city.users['approver']]);
});

test('arrival is confirmed by the code on the inspectors’ phone alone, then the leaving, then the rating', async () => {
  const paper = await issue('notice', 1);
  const phone = await issue('on-site', 1);
  const team = visits[1]?.inspectors.map((one) => one.code) ?? [];
  const people = team.slice(0, -1);
  const byPaper = { body: { code: paper.code, people } };
  expect(await api.nobody.refused('confirmArrival', byPaper)).toMatchObject({ type: 'code-of-paper' });
  const rating = { body: { code: paper.code, stars: 4, remark: '态度很好' } };
  expect(await api.nobody.refused('rateVisit', rating)).toMatchObject({ type: 'not-over' });
  const stranger = { body: { code: phone.code, people: ['XFJ-0099'] } };
  expect(await api.nobody.refused('confirmArrival', stranger)).toMatchObject({
    fields: [{ field: 'people' }],
  });
  const there = await api.nobody.get<Notice>('confirmArrival', { body: { code: phone.code, people } });
  expect(there.trace).toMatchObject({ arrivalBy: null, leftAt: null });
  expect(there.trace?.people.map((one) => one.code)).toEqual(people);
  expect(await api.nobody.refused('confirmArrival', { body: { code: phone.code, people } })).toMatchObject({
    type: 'arrived-already',
  });
  await api.nobody.get('confirmLeaving', { body: { code: paper.code } });
  const rated = await api.nobody.get<Notice>('rateVisit', rating);
  expect(rated.rating).toMatchObject({ stars: 4 });
  expect(await api.nobody.refused('rateVisit', rating)).toMatchObject({ type: 'rated-already' });
  // The phone's code is worthless on the next day.
  api.clock.now = new Date('2026-04-02T02:00:00Z');
  expect(await api.nobody.refused('readOpenNotice', { body: { code: phone.code } })).toMatchObject({
    status: 404,
  });
});

test('where the entity has no phone an inspector of the team records it, with the reason', async () => {
  const params = { id: visits[2]?.id ?? 0 };
  const member = await api.signedIn('wjw-0001');
  const body = { reason: '店主没有智能手机', people: ['WJW-0001', 'WJW-0002'] };
  expect(await member.refused('recordLeaving', { params, body })).toMatchObject({ type: 'not-there' });
  expect(await member.refused('recordArrival', { params, body: { ...body, reason: '' } })).toMatchObject({
    status: 422,
  });
  await member.get('recordArrival', { params, body });
  const after = await member.get<Notice>('recordLeaving', { params, body: { reason: body.reason } });
  expect(after.trace).toMatchObject({ arrivalBy: 'wjw-0001' });
  expect(after.trace?.leftAt).not.toBeNull();
});

test('who tries codes is stopped', async () => {
  const tried = { body: { code: '0000-0000-0000-0000-0000' } };
  const statuses = [];
  for (let at = 0; at < 21; at++) statuses.push((await api.nobody.call('readOpenNotice', tried)).status);
  expect(statuses[0]).toBe(404);
  expect(statuses.at(-1)).toBe(429);
  // For everybody at that address, with the right code too.
  const { code } = await issue('notice');
  expect((await api.nobody.call('readOpenNotice', { body: { code } })).status).toBe(429);
});
