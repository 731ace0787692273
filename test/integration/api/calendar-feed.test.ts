/** A calendar program reads somebody's due dates by an address that only they know. */
import { campaignDriver, handInResults } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type TestApi } from './support';

let api: TestApi;
let code: string;

beforeAll(async () => {
  api = await startTestApi({ sessionHours: 24 * 90 });
  api.clock.now = new Date('2026-04-01T02:00:00Z');
  const { db, city, clock } = api;
  const officials = campaignDriver({ db, city, ...runActivities(db, () => clock.now) });
  code = await officials.campaignAt('dispatched', { visitTo: '2026-04-10', yearlyCap: {} });
});

afterAll(() => api.stop());

const read = (url: string, etag?: string) =>
  fetch(url.replace('https://onevisit.invalid', api.url), etag ? { headers: { 'if-none-match': etag } } : {});

/** Lines as they were before folding, by event. */
const eventsOf = (text: string) =>
  text
    .replace(/\r\n[ \t]/g, '')
    .split('BEGIN:VEVENT')
    .slice(1)
    .map((event) => event.split('\r\n'));

test('the feed has the days, is told unchanged by its tag, and takes away what is done', async () => {
  const inspector = await api.signedIn('scjg-0001');
  expect(await inspector.get('readCalendarFeed')).toEqual({ since: null, url: null });
  const { url } = await inspector.get<{ url: string }>('createCalendarFeed');
  const { rows } = await inspector.get<{ rows: { id: number; title: string }[] }>('listTasks', {
    query: { limit: 200 },
  });
  const first = await read(url);
  expect(first.status).toBe(200);
  expect(first.headers.get('content-type')).toMatch(/^text\/calendar; ?charset=utf-8$/);
  expect(first.headers.get('cache-control')).toBe('private, no-cache');
  const text = await first.text();
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  expect(text.replace(/\r\n/g, '')).not.toContain('\n');
  const events = eventsOf(text);
  expect(events).toHaveLength(rows.length);
  expect(events[0]).toEqual(
    expect.arrayContaining([
      `UID:task-${rows[0]?.id ?? 0}@onevisit.invalid`,
      'DTSTART;VALUE=DATE:20260415',
      `SUMMARY:${rows[0]?.title ?? ''}`,
      'SEQUENCE:0',
      'STATUS:CONFIRMED',
    ]),
  );
  const etag = first.headers.get('etag') ?? '';
  api.clock.now = new Date('2026-04-02T02:00:00Z');
  expect((await read(url, etag)).status).toBe(304);
  await handInResults(api.db, code, api.clock.now);
  const later = await read(url, etag);
  expect(later.status).toBe(200);
  for (const event of eventsOf(await later.text()))
    expect(event).toEqual(expect.arrayContaining(['SEQUENCE:1', 'STATUS:CANCELLED']));
  api.clock.now = new Date('2026-05-10T02:00:00Z');
  expect(eventsOf(await (await read(url)).text())).toEqual([]);
});

test('commas, semicolons and new lines stay what they are', async () => {
  const { db, city } = api;
  await db('tasks').insert({
    key: 'void-ceremony/test',
    kind: 'void-ceremony',
    campaign_id: db('campaigns').where({ code }).select('id'),
    department_code: 'DCS',
    assignee_id: city.users['supervisor'] ?? 0,
    deadline_id: db('deadlines').orderBy('id').limit(1).select('id'),
    params: JSON.stringify({ number: 1, reason: 'a,b;c\\d\ne' }),
  });
  const { url } = await (await api.signedIn('supervisor')).get<{ url: string }>('createCalendarFeed');
  const [event] = eventsOf(await (await read(url)).text());
  expect(event).toContain('SUMMARY:核查作废的抽取仪式：第 1 次，a\\,b\\;c\\\\d\\ne');
});

test('the address is a secret: a new one ends the old, it can be revoked, and is in no table or log', async () => {
  const liaison = await api.signedIn('wjw-liaison');
  const { url: old } = await liaison.get<{ url: string }>('createCalendarFeed');
  const { url } = await liaison.get<{ url: string }>('createCalendarFeed');
  expect((await read(old)).status).toBe(404);
  expect((await read(url)).status).toBe(200);
  const token = url.split('/').at(-2) ?? '';
  expect(JSON.stringify(await api.db('calendar_feeds'))).not.toContain(token);
  expect(api.log.join('')).not.toContain(token);
  await liaison.call('revokeCalendarFeed');
  expect((await read(url)).status).toBe(404);
  expect((await read(`${api.url}/api/v1/calendar/short/tasks.ics`)).status).toBe(422);
});
