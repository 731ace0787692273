/** Templates of documents: by whose a document is made, who may replace them, what is refused, what stays. */
import { readDocx } from '../../support/read-document';
import { campaignDriver } from '../../support/drive-campaign';
import { buildUser } from '../../support/build-city';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type Caller, type TestApi } from './support';

interface Template {
  origin: string;
  version: number | null;
  body: string;
  fallback: string;
  newest: number;
  versions: { version: number; isReset: boolean; note: string; by: string }[];
  placeholders: { name: string; example: string; fields: { name: string }[] }[];
  mayKeep: boolean;
}

const MINUTES = { params: { kind: 'ceremony-minutes' } };
const template = (first: string) => `# ${first}\n\n{{任务名称}}，{{任务编号}}\n`;

let api: TestApi;
let liaison: Caller;
let admin: Caller;
let code = '';

beforeAll(async () => {
  api = await startTestApi();
  const { campaignAt } = campaignDriver({ ...api, ...runActivities(api.db) });
  code = await campaignAt('drawn');
  // Of the campaign's lead department, by whose template its minutes are made.
  liaison = await api.signedIn('scjg-liaison');
  admin = await api.signedIn('admin');
});

afterAll(() => api.stop());

const read = (who: Caller, department?: string) =>
  who.get<Template>('readDocumentTemplate', { ...MINUTES, query: department ? { department } : {} });

const save = (department: string | null, body: string, basedOn: number) => ({
  ...{ ...MINUTES, body: { department, body, note: '按新的格式', basedOn } },
});

async function minutes(): Promise<{ title: string | undefined; text: string }> {
  const response = await fetch(`${api.url}/api/v1/public/campaigns/${code}/ceremonies/1/minutes?format=docx`);
  const text = await readDocx(Buffer.from(await response.arrayBuffer()));
  return { title: text.split('\n')[0], text };
}

test('a document is made by the department’s template, else the city’s, else the one that ships', async () => {
  expect(await read(liaison, 'SCJG')).toMatchObject({ origin: 'shipped', version: null, newest: 0 });
  expect((await minutes()).title).toBe('“双随机、一公开”抽取仪式记录');
  await admin.get('saveDocumentTemplate', save(null, template('全市的记录'), 0));
  expect((await minutes()).title).toBe('全市的记录');
  const own = await liaison.get<Template>('saveDocumentTemplate', save('SCJG', template('本局的记录'), 0));
  expect(own).toMatchObject({ origin: 'department', version: 1, fallback: template('全市的记录') });
  const made = await minutes();
  expect(made.title).toBe('本局的记录');
  expect(made.text).toContain(code);
  // Another department's documents stay as they were.
  expect(await read(liaison, 'WJW')).toMatchObject({ origin: 'city', version: 1 });
  const reset = await liaison.get<Template>('resetDocumentTemplate', {
    ...{ ...MINUTES, body: { department: 'SCJG', note: '改用全市的', basedOn: 1 } },
  });
  expect(reset).toMatchObject({ origin: 'city', newest: 2 });
  expect((await minutes()).title).toBe('全市的记录');
  expect(reset.versions).toMatchObject([
    { version: 2, isReset: true, note: '改用全市的', by: 'scjg-liaison' },
    { version: 1, isReset: false, note: '按新的格式' },
  ]);
  const first = await liaison.get<{ body: string }>('readTemplateVersion', {
    params: { kind: 'ceremony-minutes', version: 1 },
    query: { department: 'SCJG' },
  });
  expect(first.body).toBe(template('本局的记录'));
});

test('a template that names what there is not is refused with its place, when saved and when previewed', async () => {
  const wrong = '# 记录\n\n于 {{日子}}';
  const { fields, ...refused } = await liaison.refused('saveDocumentTemplate', save('SCJG', wrong, 2));
  expect(refused).toMatchObject({ status: 422, type: 'template-invalid' });
  expect(fields?.map(({ field }) => field)).toEqual(['body:3:3']);
  expect(fields?.[0]?.message).toMatch(/^第 3 行第 3 列：没有名为“日子”的内容。此处可以使用：任务名称、/);
  expect(
    await liaison.refused('previewDocument', { ...MINUTES, body: { body: wrong, format: 'pdf' } }),
  ).toMatchObject({ status: 422, type: 'template-invalid' });
  expect((await read(liaison, 'SCJG')).newest).toBe(2);
});

test('it says what can be named, and previews with invented content', async () => {
  const { placeholders } = await read(liaison, 'SCJG');
  expect(placeholders.find((one) => one.name === '任务名称')?.example).not.toBe('');
  expect(placeholders.find((one) => one.name === '见证人')?.fields.map((one) => one.name)).toContain('身份');
  const response = await fetch(`${api.url}/api/v1/document-templates/ceremony-minutes/preview`, {
    method: 'POST',
    headers: { cookie: liaison.cookie ?? '', 'content-type': 'application/json' },
    body: JSON.stringify({ body: template('试'), format: 'docx' }),
  });
  expect(await readDocx(Buffer.from(await response.arrayBuffer()))).toContain('2026 年餐饮服务单位联合抽查');
});

test('nobody keeps another’s templates, and who comes second is told', async () => {
  const refusal = { status: 403, type: 'not-your-templates' };
  expect(await liaison.refused('saveDocumentTemplate', save('WJW', template('甲'), 0))).toMatchObject(
    refusal,
  );
  expect(await liaison.refused('saveDocumentTemplate', save(null, template('甲'), 1))).toMatchObject(refusal);
  expect(await admin.refused('saveDocumentTemplate', save('SCJG', template('甲'), 2))).toMatchObject(refusal);
  await buildUser(api.db, {
    ...{ username: 'county-liaison', role: 'liaison', department: 'SCJG', region: '691101' },
  });
  const county = await api.signedIn('county-liaison');
  expect(await county.refused('saveDocumentTemplate', save('SCJG', template('甲'), 2))).toMatchObject(
    refusal,
  );
  expect((await read(county, 'SCJG')).mayKeep).toBe(false);
  const lead = await api.signedIn('lead');
  expect(await lead.refused('saveDocumentTemplate', save('SCJG', template('甲'), 2))).toMatchObject({
    status: 403,
  });
  expect(await liaison.refused('saveDocumentTemplate', save('SCJG', template('甲'), 1))).toMatchObject({
    ...{ status: 409, type: 'template-changed' },
  });
  const list = await liaison.get<{ mayKeep: boolean; rows: { kind: string; origin: string }[] }>(
    'listDocumentTemplates',
    { query: { department: 'SCJG' } },
  );
  expect(list.mayKeep).toBe(true);
  expect(list.rows.find((row) => row.kind === 'ceremony-minutes')?.origin).toBe('city');
});

test('a version that was made is changed by nobody', async () => {
  const kept = await api.db('document_templates').orderBy('id');
  expect(kept).toHaveLength(3);
  const asApi = api.db.transaction(async (trx) => {
    await trx.raw('set local role onevisit_api');
    await trx('document_templates').update({ body: '别的' });
  });
  await expect(asApi).rejects.toThrow(/permission denied/);
});
