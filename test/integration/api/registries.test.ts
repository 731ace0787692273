import { buildUser } from '../../support/build-city';
import { startTestApi, type Answered, type TestApi } from './support';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
  await buildUser(api.db, { username: 'east', role: 'liaison', department: 'SCJG', region: '691101' });
});

afterAll(() => api.stop());

interface Page<T> {
  rows: T[];
  nextCursor: string | null;
}
interface Entity {
  creditCode: string;
  name: string;
  regionCode: string;
  tags: string[];
}

describe('entities', () => {
  test("a county's office sees its county, the city all its counties", async () => {
    const city = await api.signedIn('wjw-liaison');
    const east = await api.signedIn('east');
    const all = await city.get<Page<Entity>>('listEntities', { query: { limit: 200 } });
    const own = await east.get<Page<Entity>>('listEntities', { query: { limit: 200 } });
    expect(new Set(all.rows.map((row) => row.regionCode))).toEqual(new Set(['691101', '691102']));
    expect(new Set(own.rows.map((row) => row.regionCode))).toEqual(new Set(['691101']));
    expect(own.rows).toHaveLength(all.rows.length / 2);

    const foreign = all.rows.find((row) => row.regionCode === '691102');
    const params = { creditCode: foreign?.creditCode ?? '' };
    expect(await city.get('readEntity', { params })).toEqual(foreign);
    // Not "forbidden": that would tell who is registered there.
    expect(await east.refused('readEntity', { params })).toMatchObject({ status: 404 });
    // A filter widens nothing.
    const elsewhere = await east.get<Page<Entity>>('listEntities', { query: { region: '691102' } });
    expect(elsewhere.rows).toEqual([]);
  });

  test('are found by the start of the name or of the credit code, by tag and region', async () => {
    const caller = await api.signedIn('lead');
    const find = async (query: Record<string, string>) =>
      (await caller.get<Page<Entity>>('listEntities', { query: { ...query, limit: 200 } })).rows;
    expect((await find({ q: '云溪餐饮12号' })).map((row) => row.name)).toEqual(['云溪餐饮12号店']);
    expect((await find({ q: '92691100ma00000012' })).map((row) => row.name)).toEqual(['云溪餐饮12号店']);
    for (const row of await find({ tag: 'venue', region: '691101' })) {
      expect(row).toMatchObject({ regionCode: '691101', tags: expect.arrayContaining(['venue']) as unknown });
    }
    expect(await find({ region: '691100' })).toHaveLength(60);
    // A pattern's characters mean themselves.
    expect(await find({ q: '%号店' })).toEqual([]);
    expect(await find({ q: '云溪__' })).toEqual([]);
  });

  test('are paged: each once', async () => {
    const caller = await api.signedIn('lead');
    const codes: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Page<Entity> = await caller.get('listEntities', {
        query: { limit: 7, ...(cursor === '' ? {} : { cursor }) },
      });
      codes.push(...page.rows.map((row) => row.creditCode));
      cursor = page.nextCursor;
    }
    expect(new Set(codes).size).toBe(60);
    expect(codes).toHaveLength(60);
  });
});

describe('inspectors', () => {
  test('show whether their certificate is valid today', async () => {
    await api.db('inspectors').where({ code: 'XFJ-0002' }).update({ certificate_valid_until: '2020-12-31' });
    const { rows } = await (
      await api.signedIn('xfj-liaison')
    ).get<Page<object>>('listInspectors', { query: { department: 'XFJ' } });
    expect(rows).toMatchObject([
      { code: 'XFJ-0001', certificateValid: true },
      { code: 'XFJ-0002', certificateValid: false },
    ]);
  });
});

describe('recusals', () => {
  const creditCode = '92691100MA00000001';
  const declare = async (username: string, inspector: string, code = creditCode): Promise<Answered> =>
    (await api.signedIn(username)).call('declareExclusion', {
      body: { inspector, creditCode: code, reason: '近亲属任职' },
    });
  const listed = async (username: string) =>
    (await (await api.signedIn(username)).get<Page<{ inspector: string }>>('listExclusions')).rows.map(
      (row) => row.inspector,
    );

  test('an inspector declares for themself, a liaison for the department, nobody for others', async () => {
    expect((await declare('wjw-0001', 'WJW-0001')).status).toBe(201);
    expect((await declare('wjw-liaison', 'WJW-0002')).status).toBe(201);
    expect((await declare('xfj-liaison', 'XFJ-0001')).status).toBe(201);
    for (const [username, inspector] of [
      ['wjw-0001', 'WJW-0002'],
      ['wjw-liaison', 'XFJ-0001'],
    ] as const) {
      const { status, body } = await declare(username, inspector);
      expect({ status, body }).toMatchObject({ status: 403, body: { type: 'not-own-inspector' } });
    }
  });

  test('declaring again changes nothing; the first declaration is on record', async () => {
    expect((await declare('wjw-0001', 'WJW-0001')).status).toBe(201);
    expect(await api.db('exclusions').where({ reason: '近亲属任职' })).toHaveLength(3);
    expect(
      await api.db('audit_log').where({ action: 'exclusion.declare', subject: 'inspector/WJW-0001' }),
    ).toHaveLength(1);
  });

  test('are seen by who oversees, and by their own department and inspector', async () => {
    expect(await listed('supervisor')).toHaveLength(3);
    expect((await listed('wjw-liaison')).sort()).toEqual(['WJW-0001', 'WJW-0002']);
    expect(await listed('wjw-0001')).toEqual(['WJW-0001']);
    expect(await listed('xfj-0002')).toEqual([]);
  });

  test('need an inspector and an entity that exist', async () => {
    expect((await declare('wjw-liaison', 'NONE')).body).toMatchObject({ type: 'inspector-not-found' });
    expect((await declare('wjw-liaison', 'WJW-0001', '92691100MA99999999')).body).toMatchObject({
      type: 'entity-not-found',
    });
  });
});
