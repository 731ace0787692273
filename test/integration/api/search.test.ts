import { dayOf } from '../../../domain/deadlines/working-days';
import { buildUser } from '../../support/build-city';
import { campaignDriver } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type TestApi } from './support';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
  await buildUser(api.db, { username: 'east', role: 'liaison', department: 'SCJG', region: '691101' });
  await buildUser(api.db, { username: 'west', role: 'lead_officer', department: 'SCJG', region: '691102' });
});

afterAll(() => api.stop());

interface Found {
  groups: { kind: string; hits: { id: string; name: string; notes: string[] }[]; hasMore: boolean }[];
}

const find = async (username: string, query: { q: string; limit?: number }) => {
  const caller = await api.signedIn(username);
  const { groups } = await caller.get<Found>('search', { query });
  return Object.fromEntries(groups.map((group) => [group.kind, group]));
};

const ids = (found: Awaited<ReturnType<typeof find>>, kind: string) =>
  (found[kind]?.hits ?? []).map(({ id }) => id);

test('one query finds a campaign, an entity, an inspector and an item, by name and by code', async () => {
  const entities = await find('lead', { q: '餐饮12号' });
  expect(ids(entities, 'entity')).toEqual(['92691100MA00000012']);
  expect(ids(await find('lead', { q: '92691100MA00000012' }), 'entity')).toEqual(['92691100MA00000012']);
  expect(ids(await find('lead', { q: 'wjw-000' }), 'inspector')).toEqual(['WJW-0001', 'WJW-0002']);
  expect(ids(await find('lead', { q: 'wjw-001' }), 'item')).toEqual(['WJW-001']);
});

test('of many it shows as many as asked for, and says that there are more', async () => {
  const found = await find('lead', { q: '餐饮', limit: 3 });
  expect(found.entity?.hits).toHaveLength(3);
  expect(found.entity?.hasMore).toBe(true);
});

test('nobody finds more than their lists show them', async () => {
  const city = await find('lead', { q: '号店', limit: 20 });
  const county = await find('east', { q: '号店', limit: 20 });
  expect(ids(county, 'entity').length).toBeGreaterThan(0);
  const regions = await api
    .db('entities')
    .whereIn('credit_code', ids(county, 'entity'))
    .distinct<{ region_code: string }[]>('region_code');
  expect(regions).toEqual([{ region_code: '691101' }]);
  expect(ids(city, 'entity')).not.toEqual(ids(county, 'entity'));
});

describe('once a campaign is dispatched', () => {
  let code: string;
  let eastern: { id: number; credit_code: string };

  beforeAll(async () => {
    const { db, city } = api;
    const { campaignAt } = campaignDriver({ db, city, ...runActivities(db) });
    const strata = ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 1_000_000, minimum: 1 }));
    code = await campaignAt('dispatched', { strata, name: '年夜饭联合抽查' });
    // The first results of all are told to the campaign's workflow, which is out of reach here.
    await db('campaigns').where({ code }).update({ stage: 'under_way' });
    eastern = await db('visits as v')
      .join('entities as e', 'e.id', 'v.entity_id')
      .where('e.region_code', '691101')
      .orderBy('v.id')
      .first<typeof eastern>('v.id', 'e.credit_code');
    await (
      await api.signedIn('scjg-liaison')
    ).get('submitResults', {
      params: { id: eastern.id },
      body: {
        visitOn: dayOf(api.clock.now),
        results: [{ item: 'SCJG-001', resultCode: 8, opinion: '后厨脏乱', answers: { license: false } }],
      },
    });
  });

  test('the campaign is found by its name and its code', async () => {
    expect(ids(await find('approver', { q: '年夜饭' }), 'campaign')).toEqual([code]);
    expect(ids(await find('approver', { q: code.toLowerCase() }), 'campaign')).toEqual([code]);
  });

  test('visits and violations are found by whom they are about, by those who see them', async () => {
    const q = eastern.credit_code;
    const own = await find('east', { q });
    expect(ids(own, 'visit')).toEqual([String(eastern.id)]);
    expect(ids(own, 'case')).toHaveLength(1);
    expect(own.case?.hits[0]?.notes).toEqual(['检查事项 SCJG-001', '年夜饭联合抽查']);
    // Of another county, who sees neither the entity nor what hangs on it.
    expect(await find('west', { q })).toEqual({});
  });

  test('an inspector finds the own visits alone', async () => {
    const inspector = await api.signedIn('xfj-0001');
    const { rows } = await inspector.get<{ rows: { id: number }[] }>('listVisits', {
      query: { mine: 'true', limit: 200 },
    });
    const found: string[] = [];
    for (const { name } of await api
      .db('visits as v')
      .join('entities as e', 'e.id', 'v.entity_id')
      .select<{ name: string }[]>('e.name')) {
      found.push(...ids(await find('xfj-0001', { q: name, limit: 20 }), 'visit'));
    }
    expect([...new Set(found)].sort()).toEqual(rows.map(({ id }) => String(id)).sort());
  });

  test('a name that hundreds have finds the latest visits', async () => {
    const { region_code: region } = await api
      .db('entities')
      .where({ credit_code: eastern.credit_code })
      .first<{ region_code: string }>('region_code');
    await api.db('entities').insert(
      Array.from({ length: 250 }, (_, at) => ({
        credit_code: `92691100MB${String(at).padStart(8, '0')}`,
        name: `云溪餐饮分店${at}`,
        region_code: region,
      })),
    );
    const newest = await api.db('visits').max<{ max: number }[]>('id as max');
    expect(ids(await find('lead', { q: '云溪餐饮' }), 'visit')[0]).toBe(String(newest[0]?.max));
    // The start of hundreds of codes names nobody.
    expect(ids(await find('lead', { q: '926911' }), 'visit')).toEqual([]);
  });
});

test('less than two characters, and who has no post, are refused', async () => {
  const lead = await api.signedIn('lead');
  expect(await lead.refused('search', { query: { q: ' 云 ' } })).toMatchObject({
    status: 422,
    type: 'query-too-short',
  });
  const auditor = await api.signedIn('auditor');
  expect(await auditor.refused('search', { query: { q: '餐饮' } })).toMatchObject({ status: 403 });
});
