/**
 * The checks of the application are switched off: they believe that everybody may do everything everywhere. What others' rows
 * are kept from a person by is PostgreSQL alone, which is told who they are and reads what they were granted.
 */
import { Client, Connection } from '@temporalio/client';
import { BEYOND_SIGHT } from '../../../api/beyond-sight';
import { dayOf } from '../../../domain/deadlines/working-days';
import { ROLES, type Actor } from '../../../domain/roles';
import { createTemporalGateway } from '../../../server/temporal-gateway';
import { buildUser } from '../../support/build-city';
import { campaignDriver, handInResults } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type EndpointId, type Sent, type TestApi } from './support';

const DEPARTMENTS = ['SCJG', 'WJW', 'XFJ', 'BB', 'FGW', 'DCS', 'LDXZ', 'JYJ'];

/** Every role in every department, everywhere. */
const almighty = (person: Actor): Actor => ({
  ...person,
  grants: ROLES.flatMap((role) => DEPARTMENTS.map((department) => ({ role, department, region: '000000' }))),
});

/**
 * Of a department that has no part in anything; and of the western county, where the campaign has no visits. Both have
 * every role that reads or decides there.
 */
const STRANGERS = ['jyj', 'west'];

let api: TestApi;
/** Of a visit in the eastern county of the city, whatever is drawn. */
let ids: {
  visit: number;
  task: number;
  case: number;
  evidence: number;
  notice: number;
};
let campaign: string;

beforeAll(async () => {
  api = await startTestApi({}, undefined, undefined, {}, almighty);
  const { db, city } = api;
  await db('departments').insert({
    ...{ code: 'JYJ', name: '教育局', short_name: '教育局', region_code: '691100', kind: 'inspecting' },
  });
  for (const [username, department, region] of [
    ['jyj', 'JYJ', '691100'],
    ['west', 'SCJG', '691102'],
  ] as const) {
    const id = await buildUser(db, { username, role: 'list_registrar', department, region });
    // In the west also those who overlook all departments, whom the department of the campaign does not tell apart.
    const more =
      username === 'west' ? ['supervisor', 'coordinator', 'approver', 'credit_officer'] : ['liaison'];
    if (username === 'west') {
      await db('user_roles').where({ user_id: id }).delete();
    }
    await db('user_roles').insert(
      more.map((role) => ({
        user_id: id,
        role,
        department_code: username === 'west' ? 'DCS' : department,
        region_code: region,
      })),
    );
  }
  const { campaignAt } = campaignDriver({ db, city, ...runActivities(db) });
  const strata = ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 1_000_000, minimum: 1 }));
  campaign = await campaignAt('dispatched', { strata, regions: ['691101'] });
  await db('campaigns').where({ code: campaign }).update({ stage: 'under_way' });
  await handInResults(db, campaign, new Date(), ({ department }) => (department === 'WJW' ? 5 : null));
  const first = async (query: string): Promise<number> => {
    const { rows } = await db.raw<{ rows: { id: number }[] }>(query);
    if (!rows[0]) throw new Error(`nothing for: ${query}`);
    return rows[0].id;
  };
  const visit = await first(
    `select visit_id as id from visit_items where item_code = 'SCJG-001' and result_code is null order by 1 limit 1`,
  );
  const lead = city.users['lead'] ?? 0;
  ids = {
    visit,
    task: await first(`select id from tasks where visit_id = ${visit} and done_at is null limit 1`),
    case: await first('select id from handling_cases order by id limit 1'),
    evidence: await first(
      `insert into evidence (visit_id, item_code, object_key, sha256, size, type, file_name, uploaded_by, uploaded_at)
       values (${visit}, 'SCJG-001', 'x', repeat('0', 64), 1, 'jpeg', 'x.jpg', ${lead}, now()) returning id`,
    ),
    notice: await first(
      `insert into notices (key, recipient_id, kind, not_before) values ('wall', ${lead}, 'task', now()) returning id`,
    ),
  };
});

afterAll(() => api.stop());

const READS: EndpointId[] = [
  'readVisit',
  'readVisitDay',
  'checkVisitDay',
  'readVisitPapers',
  'readTask',
  'readHandlingCase',
];

const item = 'SCJG-001';
const reason = '没有权限的人写的理由';
const results = () => [{ item, resultCode: 1, opinion: '', answers: { license: true } }];
const today = () => dayOf(api.clock.now);

/** What is about somebody's own rows, and answers that there is none. */
const CLOSED: [EndpointId, () => Sent][] = [
  ['readVisit', () => ({ params: { id: ids.visit } })],
  [
    'saveDraft',
    () => ({
      params: { id: ids.visit, item },
      body: { revision: 0, content: { visitOn: null, resultCode: 1, opinion: '', answers: {} } },
    }),
  ],
  ['submitResults', () => ({ params: { id: ids.visit }, body: { visitOn: today(), results: results() } })],
  ['readVisitDay', () => ({ params: { id: ids.visit } })],
  ['checkVisitDay', () => ({ params: { id: ids.visit }, query: { day: today(), part: 'day' } })],
  ['proposeVisitDay', () => ({ params: { id: ids.visit }, body: { day: today(), part: 'day', reason } })],
  ['agreeToVisitDay', () => ({ params: { id: ids.visit }, body: { proposal: 1 } })],
  ['readVisitPapers', () => ({ params: { id: ids.visit } })],
  ['issueVisitCode', () => ({ params: { id: ids.visit }, body: { purpose: 'notice' } })],
  ['recordArrival', () => ({ params: { id: ids.visit }, body: { people: ['SCJG-0001'], reason } })],
  ['recordLeaving', () => ({ params: { id: ids.visit }, body: { reason } })],
  ['readEvidence', () => ({ params: { id: ids.visit, evidence: ids.evidence } })],
  ['removeEvidence', () => ({ params: { id: ids.visit, evidence: ids.evidence } })],
  [
    'requestCorrection',
    () => ({ params: { id: ids.visit }, body: { item, resultCode: 1, opinion: '', answers: {}, reason } }),
  ],
  ['readTask', () => ({ params: { id: ids.task } })],
  ['completeTask', () => ({ params: { id: ids.task }, body: { note: reason } })],
  ['requestExtension', () => ({ params: { id: ids.task }, body: { amount: 1, reason } })],
  ['reassignTask', () => ({ params: { id: ids.task }, body: { assignee: 1, reason } })],
  ['readHandlingCase', () => ({ params: { id: ids.case } })],
  ['markNoticeRead', () => ({ params: { id: ids.notice } })],
];

/** Lists that have nothing of it. */
const EMPTY: [EndpointId, Sent][] = [
  ['listVisits', { query: { limit: 100 } }],
  ['listTasks', { query: { limit: 100, scope: 'all', state: 'any' } }],
  ['listTasks', { query: { limit: 100, scope: 'department', state: 'any' } }],
  ['listHandlingCases', { query: { limit: 100 } }],
  ['listCreditRecords', { query: { limit: 100 } }],
  ['listNotices', { query: { limit: 100 } }],
  ['listAwaitingTasks', { query: { limit: 100 } }],
];

const strangersOf = <T extends readonly unknown[]>(rows: readonly T[]) =>
  STRANGERS.flatMap((username) => rows.map((row) => [username, ...row] as const));

/** Of all that a stranger could have changed. */
const stateOfAll = async (): Promise<unknown> => {
  const tables = [
    ...['visits', 'visit_items', 'result_drafts', 'evidence', 'visit_days', 'visit_codes', 'visit_traces'],
    ...[
      'corrections',
      'tasks',
      'task_extensions',
      'task_moves',
      'handling_cases',
      'handling_events',
      'notices',
    ],
  ];
  const { rows } = await api.db.raw<{ rows: unknown[] }>(
    tables
      .map(
        (table) =>
          `select '${table}' as name, md5(string_agg(t::text, ';' order by t::text)) as digest from ${table} t`,
      )
      .join(' union all '),
  );
  return rows;
};

test.each(strangersOf(CLOSED))(
  'to %s, %s tells of nothing and changes nothing',
  async (username, id, sent) => {
    const before = await stateOfAll();
    const answer = await (await api.signedIn(username)).call(id, sent());
    expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 404 });
    expect(await stateOfAll()).toEqual(before);
  },
);

test.each(strangersOf(EMPTY))('to %s, %s lists nothing', async (username, id, sent) => {
  const { rows } = await (await api.signedIn(username)).get<{ rows: unknown[] }>(id, sent);
  expect(rows).toEqual([]);
});

test('what no check stopped and the wall stops is refused as such, and logged as the error that it is', async () => {
  const lines = api.log.length;
  const body = {
    ...{ code: 'SCJG-0999', departmentCode: 'SCJG', name: '外人', certificateNumber: 'ZF-999', regions: [] },
    ...{ certificateValidUntil: '2099-12-31', qualifications: [], capacity: null, email: null, phone: '' },
    ...{ status: 'active', reason },
  };
  expect(await (await api.signedIn('jyj')).refused('createInspector', { body })).toMatchObject({
    ...{ status: 403, type: 'not-yours' },
  });
  expect(await api.db('inspectors').where({ code: 'SCJG-0999' })).toEqual([]);
  const logged = api.log.slice(lines).map((line) => JSON.parse(line) as { level: number; err?: object });
  expect(logged.filter(({ level }) => level >= 50)).toMatchObject([{ err: { code: '42501' } }]);
});

/** The same API, as the owner of the tables reaches them: no policy holds. */
async function withoutWall(): Promise<TestApi> {
  const connection = Connection.lazy({ address: '127.0.0.1:1' });
  const town = { db: api.db, city: api.city, gateway: createTemporalGateway(new Client({ connection })) };
  return startTestApi({}, api.db, town, {}, almighty);
}

test('without the wall the strangers read all of it: what stops them above is the wall and nothing else', async () => {
  const open = await withoutWall();
  try {
    for (const username of STRANGERS) {
      const stranger = await open.signedIn(username);
      for (const [id, sent] of CLOSED.filter(([one]) => READS.includes(one))) {
        const { status } = await stranger.call(id, sent());
        expect([id, status]).toEqual([id, 200]);
      }
      const { rows } = await stranger.get<{ rows: unknown[] }>('listVisits', { query: { limit: 100 } });
      expect(rows.length).toBeGreaterThan(0);
    }
  } finally {
    await open.stop();
  }
});

test('whose they are, they are there for: the same requests find them', async () => {
  const liaison = await api.signedIn('scjg-liaison');
  for (const id of ['readVisit', 'readVisitDay', 'readVisitPapers'] as const)
    expect((await liaison.call(id, { params: { id: ids.visit } })).status).toBe(200);
  expect((await liaison.call('readTask', { params: { id: ids.task } })).status).toBe(200);
  const { rows } = await liaison.get<{ rows: unknown[] }>('listVisits', { query: { limit: 100 } });
  expect(rows.length).toBeGreaterThan(0);
  const health = await api.signedIn('wjw-liaison');
  expect((await health.call('readHandlingCase', { params: { id: ids.case } })).status).toBe(200);
});

test('none of these goes beyond sight', () => {
  const all = [...CLOSED, ...EMPTY].map(([id]) => id);
  expect(all.filter((id) => BEYOND_SIGHT.has(id))).toEqual([]);
});
