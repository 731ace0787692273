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

  test('are found by any part of the name, the start of the credit code, and by what they are', async () => {
    const caller = await api.signedIn('lead');
    const find = async (query: Record<string, string>) =>
      (await caller.get<Page<Entity>>('listEntities', { query: { ...query, limit: 200 } })).rows;
    expect((await find({ q: '饮12号' })).map((row) => row.name)).toEqual(['云溪餐饮12号店']);
    // Full-width figures are the same figures; all pairs of 2号1号 are in some name, but not in a row.
    expect((await find({ q: '饮１２号' })).map((row) => row.name)).toEqual(['云溪餐饮12号店']);
    expect(await find({ q: '溪饮' })).toEqual([]);
    expect(await find({ q: '餐饮' })).toHaveLength(60);
    expect((await find({ q: '92691100ma00000012' })).map((row) => row.name)).toEqual(['云溪餐饮12号店']);
    expect((await find({ q: '92691100MA0000001' })).map((row) => row.creditCode.slice(-2))).toEqual(
      Array.from({ length: 10 }, (_, at) => `1${at}`),
    );
    for (const row of await find({ tag: 'venue', region: '691101' })) {
      expect(row).toMatchObject({ regionCode: '691101', tags: expect.arrayContaining(['venue']) as unknown });
    }
    expect(await find({ region: '691100' })).toHaveLength(60);
    expect(await find({ drawClass: 'D' })).toHaveLength(15);
    expect(await find({ department: 'XFJ' })).toHaveLength(20);
    // It has no items: nothing brings anybody into its registry.
    expect(await find({ department: 'FGW' })).toEqual([]);
    // A pattern's characters mean themselves.
    expect(await find({ q: '%号店' })).toEqual([]);
    expect(await find({ q: '云溪__' })).toEqual([]);
    expect(await caller.refused('listEntities', { query: { q: '云' } })).toMatchObject({
      status: 422,
      type: 'query-too-short',
    });
  });

  test('that few have are found by status, flag, complaints, industry and who listed them', async () => {
    const caller = await api.signedIn('lead');
    const change = (at: number, row: Record<string, unknown>) =>
      api
        .db('entities')
        .where({ credit_code: `92691100MA${String(at).padStart(8, '0')}` })
        .update(row);
    await change(1, { status: 'revoked', flags: ['dishonesty'], industry_code: 'H6210' });
    await change(2, { complaints: 3, listed_by: ['XFJ'] });
    const numbers = async (query: Record<string, string>) =>
      (await caller.get<Page<Entity>>('listEntities', { query })).rows.map((row) =>
        Number(row.creditCode.slice(-8)),
      );
    expect(await numbers({ status: 'revoked' })).toEqual([1]);
    expect(await numbers({ flag: 'dishonesty' })).toEqual([1]);
    expect(await numbers({ industry: 'H62' })).toEqual([1]);
    expect(await numbers({ flag: 'complaints' })).toEqual([2]);
    expect(await numbers({ department: 'XFJ', drawClass: 'C', region: '691101' })).toContain(2);
    await change(1, { status: 'active', flags: [], industry_code: '' });
    await change(2, { complaints: 0, listed_by: [] });
  });

  test('are counted, and downloaded as they are listed, with no cell that is a formula', async () => {
    const caller = await api.signedIn('lead');
    const query = { tag: 'venue' };
    expect(await caller.get('countEntities', { query })).toEqual({ count: 20, isEstimate: false });
    await api.db('entities').where({ name: '云溪餐饮3号店' }).update({ name: '=1+1号店' });
    const { body } = await caller.call('downloadEntities', { query });
    const lines = (body as string).trim().split('\n');
    expect(lines).toHaveLength(21);
    expect(lines[0]).toContain('统一社会信用代码,名称,状态');
    expect(lines.find((line) => line.includes('1+1号店'))).toContain("'=1+1号店");
    expect(await caller.call('downloadEntityWorkbook', { query })).toMatchObject({ status: 200 });
    await api.db('entities').where({ name: '=1+1号店' }).update({ name: '云溪餐饮3号店' });
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

describe('the registry on another day', () => {
  const YESTERDAY = '2026-03-01';
  /** At first: what entities 0 to 3 were; on the day after, what became of them. */
  const versions: [at: number, from: string, change: Record<string, unknown>][] = [
    [0, '2026-02-01', { tags: [] }],
    [0, '2026-03-02', {}],
    [1, '2026-02-01', {}],
    [1, '2026-03-01T23:59:59+08:00', { status: 'revoked' }],
    [1, '2026-03-02', {}],
    [2, '2026-03-02T00:00:00+08:00', {}],
    [3, '2026-02-01', { ended_at: '2026-02-01' }],
    [3, '2026-03-02', {}],
    [4, '2026-02-01', { tags: ['mine'], listed_by: ['XFJ'], name: '旧名' }],
    [4, '2026-03-02', {}],
  ];

  beforeAll(async () => {
    for (const [at, from, change] of versions) {
      await api.db.raw(
        `insert into entity_versions (entity_id, valid_from, state)
         select id, :from, to_jsonb(e) - 'id' - 'credit_code' - 'kind_id' - 'updated_at' || cast(:change as jsonb)
           from entities e where credit_code = :code`,
        { from, change: JSON.stringify(change), code: `92691100MA${String(at).padStart(8, '0')}` },
      );
    }
    // The items were published before all of it.
    await api.db('item_versions').update({ published_at: '2026-01-01' });
  });

  test('is listed as it was at the end of the day', async () => {
    const caller = await api.signedIn('lead');
    const on = async (query: Record<string, string>) =>
      (await caller.get<Page<Entity>>('listEntities', { query: { on: YESTERDAY, limit: 200, ...query } }))
        .rows;
    const all = await on({});
    const names = all.map((row) => row.name);
    expect(all).toHaveLength(58);
    expect(names).not.toContain('云溪餐饮2号店');
    expect(names).not.toContain('云溪餐饮3号店');
    expect((await on({ q: '旧名' }))[0]).toMatchObject({ tags: ['mine'], creditCode: '92691100MA00000004' });
    expect((await on({ status: 'revoked' })).map((row) => row.name)).toEqual(['云溪餐饮1号店']);
    expect((await on({ department: 'XFJ' })).map((row) => row.name)).toContain('旧名');
    expect(await on({ department: 'XFJ' })).toHaveLength(19);
    const pages: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Page<Entity> = await caller.get('listEntities', {
        query: { on: YESTERDAY, limit: 7, ...(cursor === '' ? {} : { cursor }) },
      });
      pages.push(...page.rows.map((row) => row.name));
      cursor = page.nextCursor;
    }
    expect(pages).toEqual(names);
    expect(await caller.get('countEntities', { query: { on: YESTERDAY } })).toMatchObject({ count: 58 });
  });

  test('an entity tells what it was, why it is in which registry, and what changed since', async () => {
    const lead = await api.signedIn('lead');
    const params = { creditCode: '92691100MA00000004' };
    const was = await lead.get('readEntityRecord', { params, query: { on: YESTERDAY } });
    expect(was).toMatchObject({
      on: YESTERDAY,
      entity: { name: '旧名', tags: ['mine'] },
      registries: [{ department: 'XFJ', because: 'listed', tags: [] }],
    });
    expect(await lead.get('readEntityRecord', { params })).toMatchObject({
      on: null,
      entity: { name: '云溪餐饮4号店', tags: ['catering'] },
      tags: [{ tag: 'catering', words: [] }],
      registries: [
        { department: 'SCJG', because: 'tag', tags: ['catering'] },
        { department: 'WJW', because: 'tag', tags: ['catering'] },
      ],
      visitsOfYear: { visits: 0, cap: 1 },
      changes: [
        {
          kind: 'changed',
          fields: [
            { field: 'name', before: ['旧名'], after: ['云溪餐饮4号店'] },
            { field: 'tags', before: ['mine'], after: ['catering'] },
            { field: 'listed_by', before: ['XFJ'], after: [] },
          ],
        },
        { kind: 'entered', fields: [] },
      ],
    });
    const gone = { creditCode: '92691100MA00000003' };
    expect(await lead.get('readEntityRecord', { params: gone, query: { on: YESTERDAY } })).toMatchObject({
      entity: null,
      changes: [{ kind: 'returned' }, { kind: 'entered' }],
    });
    // A county's office learns nothing of another county.
    const east = await api.signedIn('east');
    const foreign = { creditCode: '92691100MA00000001' };
    expect(await east.refused('readEntityRecord', { params: foreign })).toMatchObject({ status: 404 });
  });

  test('is counted by department as it is listed, for whoever asks', async () => {
    for (const username of ['lead', 'east']) {
      const caller = await api.signedIn(username);
      for (const day of [YESTERDAY, '2099-01-01']) {
        const counted = await caller.get<{
          active: number;
          departments: { department: string; entities: number; listed: number }[];
        }>('readRegistryDay', { params: { day } });
        const listed = async (query: Record<string, string>) =>
          (
            await caller.get<Page<Entity>>('listEntities', {
              query: { on: day, status: 'active', limit: 200, ...query },
            })
          ).rows.length;
        expect(counted.active).toBe(await listed({}));
        for (const { department, entities } of counted.departments) {
          expect([department, entities]).toEqual([department, await listed({ department })]);
        }
      }
    }
    const { departments } = await (
      await api.signedIn('lead')
    ).get<{ departments: object[] }>('readRegistryDay', { params: { day: YESTERDAY } });
    expect(departments).toContainEqual({ department: 'XFJ', entities: 19, listed: 1 });
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
