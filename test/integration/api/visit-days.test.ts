/** The departments of a visit agree on the day on which they go together. */
import { campaignDriver } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type TestApi } from './support';

let api: TestApi;
let code: string;
let visits: { id: number; number: number; entity: { creditCode: string } }[];

interface Day {
  standing: { id: number; day: string; part: string; fixedAt: string | null } | null;
  before: { day: string; reason: string }[];
  awaited: { code: string }[];
  conflicts: { kind: string; inspector: string }[];
  nearby: { campaign: { code: string }; day: string | null }[];
  mayPropose: boolean;
  mayAgree: boolean;
}

beforeAll(async () => {
  api = await startTestApi({ sessionHours: 24 * 90 });
  api.clock.now = new Date('2026-04-01T02:00:00Z');
  const { db, city, clock } = api;
  const { campaignAt } = campaignDriver({ db, city, ...runActivities(db, () => clock.now) });
  // Every entity, so that a second campaign meets the first one's.
  const strata = ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 1_000_000, minimum: 1 }));
  const window = { visitFrom: '2026-04-01', visitTo: '2026-05-20', yearlyCap: {}, strata };
  code = await campaignAt('dispatched', window);
  await campaignAt('dispatched', {
    ...window,
    items: ['XFJ-001'],
    leadDepartment: 'XFJ',
    teams: [{ department: 'XFJ', size: 2 }],
  });
  const fire = await api.signedIn('xfj-0001');
  const page = await fire.get<{ rows: typeof visits }>('listVisits', {
    query: { campaign: code, limit: 10 },
  });
  visits = page.rows;
});

afterAll(() => api.stop());

const at = (visit: number) => ({ params: { id: visits[visit]?.id ?? 0 } });
const dayAt = async (visit: number, username = 'xfj-0001') =>
  (await api.signedIn(username)).get<Day>('readVisitDay', at(visit));
const propose = async (username: string, visit: number, body: object) =>
  (await api.signedIn(username)).call('proposeVisitDay', { ...at(visit), body });
const agree = async (username: string, visit: number) => {
  const { standing } = await dayAt(visit, username);
  return (await api.signedIn(username)).call('agreeToVisitDay', {
    ...at(visit),
    body: { proposal: standing?.id },
  });
};

test('the lead proposes first, another department proposes another day, and all agree', async () => {
  expect(await dayAt(0)).toMatchObject({ standing: null, mayPropose: false });
  expect(await propose('xfj-0001', 0, { day: '2026-04-08', part: 'morning' })).toMatchObject({ status: 403 });
  expect(await propose('scjg-0001', 0, { day: '2026-04-08', part: 'morning' })).toMatchObject({
    status: 201,
  });
  expect(await dayAt(0)).toMatchObject({
    standing: { day: '2026-04-08', part: 'morning', fixedAt: null },
    awaited: [{ code: 'WJW' }, { code: 'XFJ' }],
    mayAgree: true,
  });
  const seen = (await dayAt(0)).standing?.id;
  // Another day needs a reason.
  expect(await propose('wjw-0001', 0, { day: '2026-04-09', part: 'day' })).toMatchObject({ status: 422 });
  const other = { day: '2026-04-09', part: 'day', reason: '8 日全市疫苗接种' };
  expect(await propose('wjw-0001', 0, other)).toMatchObject({ status: 201 });
  // Who agrees to what is not there any more is told so.
  const stale = await (
    await api.signedIn('xfj-0001')
  ).refused('agreeToVisitDay', { ...at(0), body: { proposal: seen } });
  expect(stale).toMatchObject({ status: 409, type: 'day-replaced' });
  expect(await agree('xfj-0001', 0)).toMatchObject({ status: 200 });
  // A liaison speaks for the department as well.
  expect(await agree('scjg-liaison', 0)).toMatchObject({ status: 200 });
  const fixed = await dayAt(0);
  expect(fixed).toMatchObject({ awaited: [], before: [{ day: '2026-04-08' }], mayAgree: false });
  expect(fixed.standing?.fixedAt).not.toBeNull();
  const told = await api
    .db('notices')
    .where({ kind: 'visit-day', recipient_id: api.city.users['wjw-0001'] ?? 0 });
  expect(told.map((one: { params: { what: string } }) => one.params.what)).toEqual([
    'scjg-0001提议 2026-04-08 上午 上门，请同意或另提日期',
    '各部门均已同意，上门日期定为 2026-04-09 全天',
  ]);
});

test('days outside the campaign’s time, gone or off are refused with the field', async () => {
  const lead = await api.signedIn('scjg-0001');
  for (const [day, field] of [
    ['2026-03-31', 'day'],
    ['2026-05-21', 'day'],
    ['2026-04-11', 'reason'],
  ] as const) {
    const body = { day, part: 'day' };
    expect(await lead.refused('proposeVisitDay', { ...at(1), body })).toMatchObject({
      status: 422,
      fields: [{ field }],
    });
  }
  expect(
    await (
      await api.signedIn('registrar')
    ).refused('proposeVisitDay', { ...at(1), body: { day: '2026-04-10', part: 'day' } }),
  ).toMatchObject({ status: 403 });
});

test('a team that is elsewhere, on leave or without a certificate is shown before and after', async () => {
  const { db, city } = api;
  await db('delegations').insert({
    ...{ user_id: city.users['wjw-0001'], delegate_id: city.users['wjw-0002'], department_code: 'WJW' },
    ...{ from_day: '2026-04-09', until_day: '2026-04-09', reason: '年休假' },
    ...{ created_by: city.users['wjw-0001'], created_at: api.clock.now },
  });
  await db('inspectors').where({ code: 'XFJ-0002' }).update({ certificate_valid_until: '2026-04-08' });
  const lead = await api.signedIn('scjg-0001');
  const query = { day: '2026-04-09', part: 'morning' };
  const { conflicts } = await lead.get<{ conflicts: Day['conflicts'] }>('checkVisitDay', { ...at(1), query });
  const kindsOf = (all: Day['conflicts']) => all.map((one) => `${one.inspector} ${one.kind}`).sort();
  // The first visit takes the whole day of everybody.
  const expected = [
    ...['SCJG-0001', 'SCJG-0002', 'WJW-0001', 'WJW-0002', 'XFJ-0001', 'XFJ-0002'].map(
      (one) => `${one} other-visit`,
    ),
    'WJW-0001 away',
    'XFJ-0002 certificate',
  ].sort();
  expect(kindsOf(conflicts)).toEqual(expected);
  await propose('scjg-0001', 1, query);
  expect(kindsOf((await dayAt(1)).conflicts)).toEqual(expected);
  const month = await lead.get<{
    rows: { id: number; inspectors: { code: string; conflicts: string[] }[] }[];
    undated: object[];
    daysOff: string[];
  }>('readVisitCalendar', { query: { from: '2026-04-01', to: '2026-04-30' } });
  expect(month.rows.map((row) => row.id)).toEqual([visits[0]?.id, visits[1]?.id]);
  const second = month.rows[1]?.inspectors.flatMap((one) =>
    one.conflicts.map((kind) => `${one.code} ${kind}`),
  );
  expect(second?.sort()).toEqual(expected);
  expect(month.daysOff).toContain('2026-04-11');
  expect(month.undated.length).toBeGreaterThan(0);
});

test('what another campaign visits at the same entity is proposed for the same day', async () => {
  const { nearby } = await dayAt(0);
  expect(nearby).toHaveLength(1);
  expect(nearby[0]?.campaign.code).not.toBe(code);
});

test('the day is in the inspector’s calendar program, tentative until all agree', async () => {
  const { url } = await (await api.signedIn('scjg-0001')).get<{ url: string }>('createCalendarFeed');
  const text = await (await fetch(url.replace('https://onevisit.invalid', api.url))).text();
  const events = text.replace(/\r\n[ \t]/g, '').split('BEGIN:VEVENT');
  const of = (visit: number) =>
    events.find((event) => event.includes(`UID:visit-${visits[visit]?.id ?? 0}@`)) ?? '';
  expect(of(0)).toContain('DTSTART:20260409T003000Z');
  expect(of(0)).toContain('STATUS:CONFIRMED');
  expect(of(0)).toContain('TRIGGER:-P1D');
  expect(of(1)).toContain('STATUS:TENTATIVE');
});

test('after the visit its day is settled', async () => {
  await api
    .db('visits')
    .where({ id: visits[0]?.id ?? 0 })
    .update({ visit_on: '2026-04-09' });
  expect(await dayAt(0)).toMatchObject({ mayPropose: false, mayAgree: false });
  expect(await propose('scjg-0001', 0, { day: '2026-04-10', part: 'day', reason: '改期' })).toMatchObject({
    status: 409,
  });
});
