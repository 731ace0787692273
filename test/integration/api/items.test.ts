import { parse } from 'csv-parse/sync';
import { readPublishedItems } from '../../../db/campaigns';
import { readZip } from '../../support/read-zip';
import { startTestApi, type Caller, type TestApi } from './support';

let api: TestApi;
let liaison: Caller;
let registrar: Caller;

beforeAll(async () => {
  api = await startTestApi();
  liaison = await api.signedIn('wjw-liaison');
  registrar = await api.signedIn('registrar');
});

afterAll(() => api.stop());

const CHECK_FORM = [
  { title: '消毒', questions: [{ key: 'sterilizer', text: '餐具是否消毒？', type: 'yes-no' }] },
];

const draft = (more: object = {}) => ({
  name: '餐饮具集中消毒检查',
  category: 'general',
  methods: ['on-site'],
  legalBases: [{ law: '中华人民共和国食品安全法', article: '第五十八条' }],
  objectTags: ['catering'],
  checkForm: CHECK_FORM,
  ...more,
});

interface Item {
  code: string;
  version: number;
  status: string;
  name: string;
  returnedReason: string | null;
  publishedAt: string | null;
}

/** A new draft of the liaison's department; gives its code. */
let made = 0;
async function newDraft(more: object = {}): Promise<string> {
  const code = `WJW-T${++made}`;
  await liaison.get('createItem', { body: { code, departmentCode: 'WJW', draft: draft(more) } });
  return code;
}

async function newPublished(): Promise<string> {
  const code = await newDraft();
  await liaison.get('submitItem', { params: { code } });
  await registrar.get('publishItem', { params: { code } });
  return code;
}

const publicItem = async (code: string) => {
  const { rows } = await api.nobody.get<{ rows: Item[] }>('listPublicItems', { query: { limit: 200 } });
  return rows.find((row) => row.code === code);
};

test('an item is written, submitted, published; a new version replaces it; it is withdrawn', async () => {
  const code = await newDraft();
  const params = { code };
  expect(await publicItem(code)).toBeUndefined();
  expect(await liaison.get('submitItem', { params })).toMatchObject({ status: 'submitted', version: 1 });
  const published = await registrar.get<Item>('publishItem', { params });
  expect(published).toMatchObject({ status: 'published', version: 1 });
  expect(published.publishedAt).not.toBeNull();
  expect(await publicItem(code)).toMatchObject({ version: 1 });

  const changed = draft({ name: '餐饮具集中消毒检查（修订）', changeReason: '法律修订' });
  expect(await liaison.get('editItem', { params, body: changed })).toMatchObject({
    status: 'draft',
    version: 2,
  });
  expect(await publicItem(code)).toMatchObject({ version: 1, name: '餐饮具集中消毒检查' });
  await liaison.get('submitItem', { params });
  await registrar.get('publishItem', { params });
  expect(await publicItem(code)).toMatchObject({ version: 2, name: '餐饮具集中消毒检查（修订）' });
  const versions = await api.db('item_versions').where({ item_code: code }).orderBy('version').select('*');
  expect(versions.map((row: { status: string }) => row.status)).toEqual(['superseded', 'published']);
  expect((versions[0] as { ended_at: Date | null }).ended_at).not.toBeNull();

  await registrar.get('withdrawItem', { params, body: { reason: '职能调整' } });
  expect(await publicItem(code)).toBeUndefined();
  expect(await liaison.get('readItem', { params })).toMatchObject({ status: 'withdrawn' });

  const log = await api
    .db('audit_log')
    .where({ subject: `item/${code}` })
    .orderBy('seq');
  expect(log.map((entry: { action: string }) => entry.action)).toEqual([
    ...['item.create', 'item.submit', 'item.publish', 'item.edit', 'item.submit', 'item.publish'],
    'item.withdraw',
  ]);
});

test('no legal basis, no inspection: such an item is refused with the field, and stays a draft', async () => {
  const code = await newDraft({ legalBases: [] });
  const problem = await liaison.refused('submitItem', { params: { code } });
  expect(problem).toMatchObject({ status: 422, type: 'item-without-legal-basis' });
  expect(problem.fields?.map((one) => one.field)).toEqual(['legalBases']);
  expect(await liaison.get('readItem', { params: { code } })).toMatchObject({ status: 'draft' });
  // Nothing happened, so nothing is on record.
  expect(await api.db('audit_log').where({ subject: `item/${code}`, action: 'item.submit' })).toEqual([]);
});

test.each([
  ['without a check form', { checkForm: [] }, 'checkForm'],
  [
    'with a range nothing can be in',
    {
      checkForm: [
        {
          title: '消毒',
          questions: [{ key: 'heat', text: '温度', type: 'measurement', unit: '℃', min: 80, max: 60 }],
        },
      ],
    },
    'checkForm.0.questions.0',
  ],
  ['with another ratio than the law sets', { ratioPpm: 50_000, statutoryRatioPpm: 30_000 }, 'ratioPpm'],
  ['with another frequency', { frequency: '每年2次', statutoryFrequency: '每年至多1次' }, 'frequency'],
  ['with a frequency nobody can read', { statutoryFrequency: '适时' }, 'statutoryFrequency'],
])('an item %s is refused', async (_, more, field) => {
  const code = await newDraft(more);
  const problem = await liaison.refused('submitItem', { params: { code } });
  expect(problem).toMatchObject({ status: 422, type: 'item-incomplete' });
  expect(problem.fields?.map((one) => one.field)).toEqual([field]);
});

test('an item goes back with a reason, is mended and submitted again', async () => {
  const code = await newDraft();
  const params = { code };
  await liaison.get('submitItem', { params });
  expect(await liaison.refused('editItem', { params, body: draft() })).toMatchObject({
    status: 409,
    type: 'item-submitted',
  });
  expect(await registrar.get('returnItem', { params, body: { reason: '检查内容过宽' } })).toMatchObject({
    status: 'draft',
    returnedReason: '检查内容过宽',
  });
  await liaison.get('editItem', { params, body: draft({ content: '仅检查消毒记录' }) });
  expect(await liaison.get('submitItem', { params })).toMatchObject({
    status: 'submitted',
    version: 1,
    returnedReason: null,
  });
});

test('a department has nothing to say about the items of another', async () => {
  const code = await newDraft();
  const other = await api.signedIn('xfj-liaison');
  for (const refused of [
    await other.refused('editItem', { params: { code }, body: draft() }),
    await other.refused('submitItem', { params: { code } }),
    await other.refused('createItem', { body: { code: 'WJW-X', departmentCode: 'WJW', draft: draft() } }),
  ]) {
    expect(refused).toMatchObject({ status: 403, type: 'other-department' });
  }
});

test('nobody publishes what they submitted', async () => {
  const code = await newDraft();
  // One person with both duties.
  const userId = api.city.users['wjw-liaison'];
  const role = { user_id: userId, role: 'list_registrar', department_code: 'BB', region_code: '691100' };
  await api.db('user_roles').insert(role);
  await liaison.get('submitItem', { params: { code } });
  expect(await liaison.refused('publishItem', { params: { code } })).toMatchObject({
    status: 403,
    type: 'own-submission',
  });
  await api.db('user_roles').where(role).delete();
  await registrar.get('publishItem', { params: { code } });
});

test('a change of a published item says why', async () => {
  const code = await newPublished();
  const problem = await liaison.refused('editItem', { params: { code }, body: draft() });
  expect(problem).toMatchObject({ status: 422, type: 'change-reason-missing' });
  expect(problem.fields?.[0]?.field).toBe('changeReason');
});

test('a published item is withdrawn at once, even while its next version is being written', async () => {
  const code = await newPublished();
  await liaison.get('editItem', { params: { code }, body: draft({ changeReason: '法律修订' }) });
  await registrar.get('withdrawItem', { params: { code }, body: { reason: '法律废止' } });
  expect(await publicItem(code)).toBeUndefined();
});

test.each([
  ['publishItem', 'draft'],
  ['returnItem', 'draft'],
  ['withdrawItem', 'draft'],
  ['submitItem', 'published'],
] as const)('%s is refused for an item that is %s', async (id, status) => {
  const code = status === 'draft' ? await newDraft() : await newPublished();
  const who = id === 'submitItem' ? liaison : registrar;
  expect(await who.refused(id, { params: { code }, body: { reason: '理由' } })).toMatchObject({
    status: 409,
    type: 'item-status',
  });
});

test('two who publish at once publish once', async () => {
  const code = await newDraft();
  await liaison.get('submitItem', { params: { code } });
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => registrar.call('publishItem', { params: { code } })),
  );
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409, 409]);
});

test('a code is used once; an unknown one is not found', async () => {
  const code = await newDraft();
  expect(
    await liaison.refused('createItem', { body: { code, departmentCode: 'WJW', draft: draft() } }),
  ).toMatchObject({ status: 409, type: 'item-exists' });
  expect(await liaison.refused('readItem', { params: { code: 'NO-SUCH' } })).toMatchObject({
    status: 404,
    type: 'item-not-found',
  });
});

test('the list is read page by page, each item once, and by department and status', async () => {
  const codes: string[] = [];
  let cursor: string | undefined;
  do {
    const page: { rows: Item[]; nextCursor: string | null } = await liaison.get('listItems', {
      query: { limit: 3, ...(cursor === undefined ? {} : { cursor }) },
    });
    expect(page.rows.length).toBeLessThanOrEqual(3);
    codes.push(...page.rows.map((row) => row.code));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  const all = await api.db('items').select<{ code: string }[]>('code');
  expect([...codes].sort()).toEqual(all.map((row) => row.code).sort());
  expect(new Set(codes).size).toBe(codes.length);

  const { rows } = await liaison.get<{ rows: Item[] }>('listItems', {
    query: { department: 'XFJ', status: 'published' },
  });
  expect(rows.map((row) => row.code)).toEqual(['XFJ-001']);
});

test('every version stays public with its dates; two of them are compared', async () => {
  const code = await newPublished();
  const params = { code };
  const newForm = [
    ...CHECK_FORM,
    { title: '留样', questions: [{ key: 'kept', text: '是否留样？', type: 'yes-no' }] },
  ];
  const changed = draft({ name: '新名称', changeReason: '法律修订', checkForm: newForm });
  await liaison.get('editItem', { params, body: changed });
  const open = await api.nobody.get<{ rows: Item[] }>('listPublicItemVersions', { params });
  expect(open.rows.map((row) => row.version)).toEqual([1]);
  const own = await liaison.get<{ rows: Item[] }>('listItemVersions', { params });
  expect(own.rows.map((row) => [row.version, row.status])).toEqual([
    [2, 'draft'],
    [1, 'published'],
  ]);
  const { changes } = await registrar.get<{ changes: object[] }>('compareItemVersions', {
    params,
    query: { from: 1, to: 2 },
  });
  expect(changes).toEqual([
    { field: 'name', before: '餐饮具集中消毒检查', after: '新名称' },
    { field: 'checkForm', before: CHECK_FORM, after: newForm },
  ]);
  const between = { params, query: { from: 1, to: 2 } };
  expect(await api.nobody.refused('comparePublicItemVersions', between)).toMatchObject({
    status: 404,
    type: 'version-not-found',
  });
  await liaison.get('submitItem', { params });
  await registrar.get('publishItem', { params });
  await registrar.get('withdrawItem', { params, body: { reason: '法律废止' } });
  const ended = await api.nobody.get<{ rows: object[] }>('listPublicItemVersions', { params });
  expect(ended.rows).toMatchObject([
    { version: 2, status: 'withdrawn', endReason: '法律废止', changeReason: '法律修订' },
    { version: 1, status: 'superseded' },
  ]);
  expect(await api.nobody.get('comparePublicItemVersions', between)).toMatchObject({ changes });
});

test('handling opinions are a part of the form: another list is another version of it, the same list is not', async () => {
  const opinions = ['责令当场改正', ' 责令限期改正，到期复查 '];
  const kept = ['责令当场改正', '责令限期改正，到期复查'];
  const code = await newPublished();
  const params = { code };
  const body = draft({ changeReason: '统一处理意见', opinions });
  expect(await liaison.get('editItem', { params, body })).toMatchObject({ opinions: kept });
  await liaison.get('editItem', { params, body: { ...body, content: '仅检查消毒记录' } });
  const forms = await api.db('check_forms').where({ item_code: code }).orderBy('version').select('opinions');
  expect(forms).toEqual([{ opinions: [] }, { opinions: kept }]);
  const { changes } = await liaison.get<{ changes: object[] }>('compareItemVersions', {
    params,
    query: { from: 1, to: 2 },
  });
  expect(changes).toContainEqual({ field: 'opinions', before: [], after: kept });
});

test('what was not reviewed is not inspected: a form that is being changed stays out until it is published', async () => {
  const code = await newPublished();
  const newForm = [
    { title: '未审核', questions: [{ key: 'new', text: '未经审核的内容？', type: 'yes-no' }] },
  ];
  await liaison.get('editItem', {
    params: { code },
    body: draft({ changeReason: '法律修订', checkForm: newForm }),
  });
  expect(await publicItem(code)).toMatchObject({ checkForm: CHECK_FORM });
  const [planned] = await readPublishedItems(api.db, [code]);
  const frozen: unknown = await api.db('check_forms').where({ id: planned?.form_id }).first('sections');
  expect(frozen).toEqual({ sections: CHECK_FORM });
});

describe('open data', () => {
  const load = async (path: string) => {
    const response = await fetch(`${api.url}/api/v1/public/${path}`);
    expect(response.status).toBe(200);
    return Buffer.from(await response.arrayBuffer());
  };

  test('holds every version that was in force, as JSON, CSV and a workbook; of one department or of all', async () => {
    const code = await newPublished();
    await newDraft();
    const json = JSON.parse((await load('items.json?department=WJW')).toString()) as { items: Item[] };
    expect(new Set(json.items.map((item) => item.code.slice(0, 3)))).toEqual(new Set(['WJW']));
    expect(json.items.every((item) => item.status !== 'draft')).toBe(true);
    expect(json.items.find((item) => item.code === code)).toMatchObject({
      departmentName: '卫健委',
      version: 1,
    });
    const table = parse<Record<string, string>>(await load('items.csv'), { bom: true, columns: true });
    expect(table.find((row) => row['事项编号'] === code)).toMatchObject({
      ...{ 版本: '1', 状态: '现行', 事项类别: '一般检查事项', 抽查方式: '实地检查', 终止日期: '' },
      抽查依据: '《中华人民共和国食品安全法》第五十八条',
    });
    const sheet = (await readZip(await load('items.xlsx'))).get('xl/worksheets/sheet1.xml');
    expect(sheet).toContain('<pane');
    expect(sheet).not.toContain('<f>');
    const answer = await fetch(`${api.url}/api/v1/public/items.csv?department=NONE`);
    expect(answer.status).toBe(404);
  });

  test('no cell starts a formula', async () => {
    const code = await newDraft({ name: '=HYPERLINK("http://example.invalid")', content: '@SUM(A1)' });
    await liaison.get('submitItem', { params: { code } });
    await registrar.get('publishItem', { params: { code } });
    const table = parse(await load('items.csv?department=WJW'), { bom: true });
    expect(table.flat().filter((cell) => /^[=+@\t\r-]/.test(cell))).toEqual([]);
    expect(table.flat()).toContain(`'=HYPERLINK("http://example.invalid")`);
  });
});

test('a plan that departs from what a law sets is refused with the article', async () => {
  const code = await newDraft({ statutoryRatioPpm: 50_000, statutoryFrequency: '每年至多1次' });
  await liaison.get('submitItem', { params: { code } });
  await registrar.get('publishItem', { params: { code } });
  const lead = await api.signedIn('lead');
  const plan = (more: object = {}) => ({
    name: '联合抽查',
    leadDepartment: 'SCJG',
    regions: ['691101'],
    mode: 'per_item',
    items: ['SCJG-001', code],
    ratios: [{ stratum: 'A', ratioPpm: 10_000 }],
    visitFrom: '2031-03-01',
    visitTo: '2031-04-01',
    ...more,
  });
  const joint = await lead.refused('createCampaign', { body: plan({ mode: 'joint' }) });
  expect(joint.fields?.[0]).toMatchObject({ field: 'items.1' });
  expect(joint.detail).toContain('《中华人民共和国食品安全法》第五十八条定为 5%');

  const first = await lead.get<{ code: string }>('createCampaign', { body: plan() });
  await lead.get('createCampaign', { body: plan() });
  await api.db('campaigns').where({ code: first.code }).update({ stage: 'approved' });
  const again = await lead.refused('createCampaign', { body: plan() });
  expect(again.detail).toContain('《中华人民共和国食品安全法》第五十八条定为每年至多1次');
  expect(again.detail).toContain(first.code);
  // Elsewhere, and in another year, it is not the same.
  await lead.get('createCampaign', { body: plan({ regions: ['691102'] }) });
  await lead.get('createCampaign', { body: plan({ visitFrom: '2032-03-01', visitTo: '2032-04-01' }) });
});
