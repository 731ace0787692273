/** The pages for everybody as a program without JavaScript gets them. */
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { request } from 'node:http';
import { campaignDriver, handInResults } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { until } from '../../support/until';
import { startTestApi, type TestApi } from './support';

const NOW = new Date('2026-04-01T02:00:00Z');
const WEB = path.resolve(__dirname, '../../../dist/web');
const SITE = 'https://onevisit.invalid';

let api: TestApi;
let code = '';
let entity = { name: '', credit_code: '' };

beforeAll(async () => {
  api = await startTestApi({ webDir: WEB, publicUrl: SITE });
  api.clock.now = NOW;
  const { db, city } = api;
  const { as, campaignAt } = campaignDriver({ db, city, ...runActivities(db, () => NOW) });
  const strata = ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 1_000_000, minimum: 1 }));
  code = await campaignAt('dispatched', { strata, visitFrom: '2026-04-01', visitTo: '2026-04-30' });
  await handInResults(db, code, NOW, () => 5);
  await as('lead', code, 'publish');
  const published = db('published_results').select('entity_name as name', 'credit_code');
  entity = await published.first<typeof entity>();
}, 120_000);

afterAll(() => api.stop());

const get = (where: string, headers: Record<string, string> = {}) => fetch(`${api.url}${where}`, { headers });

async function pageAt(where: string, headers?: Record<string, string>) {
  const response = await get(where, headers);
  const html = await response.text();
  const first = (pattern: RegExp) => pattern.exec(html)?.[1];
  return {
    status: response.status,
    headers: response.headers,
    html,
    language: first(/<html lang="([^"]+)">/),
    title: first(/<title>([^<]*)<\/title>/),
    description: first(/<meta name="description" content="([^"]*)"/),
    canonical: first(/<link rel="canonical" href="([^"]*)"/),
    headings: [...html.matchAll(/<h1[^>]*>([^<]*)/g)].map(([, text]) => text),
  };
}

test.each([
  ['/public', '双随机、一公开 公示', () => code],
  ['/public/results', '按检查对象查结果', () => '统一社会信用代码'],
  ['/public/ceremonies', '抽取仪式', () => `/public/${code}/ceremony/1/minutes`],
  ['/public/items', '随机抽查事项清单', () => '检查事项 SCJG-001'],
  ['/public/items/SCJG-001', '检查事项 SCJG-001', () => '中华人民共和国食品安全法'],
  ['/public/annual-plans', '年度', () => '计划'],
  ['/public/bulletins', '督查通报', () => '通报'],
  ['/public/open-data', '开放数据', () => '/api/v1/public/items.csv'],
  ['/public/audit', '审计日志检查点', () => 'Ed25519'],
  ['/public/visit', '查看对我的检查', () => '需要 JavaScript'],
])('%s reads without JavaScript', async (where, heading, content) => {
  const page = await pageAt(where);
  expect(page.status).toBe(200);
  expect(page.language).toBe('zh-CN');
  expect(page.headings).toHaveLength(1);
  expect(page.headings[0]).toContain(heading);
  expect(page.title).toMatch(/ · 一次查 OneVisit$/);
  expect(page.description?.length).toBeGreaterThan(10);
  expect(page.html).toContain(content());
  // Nothing is still being fetched.
  expect(page.html).not.toContain('class="bone"');
});

test('a campaign’s page has all of it: plan, draw, who was drawn, what was found, how it is verified', async () => {
  const page = await pageAt(`/public/${code}`);
  const ceremony = await api.db('ceremonies').first<{ commitment: string; seed: string }>();
  const visits = await api.db('visits').count({ n: '*' });
  for (const text of [entity.name, entity.credit_code, '发现问题已责令改正', '下载抽取文件包（ZIP）']) {
    expect(page.html).toContain(text);
  }
  expect(page.html).toContain(ceremony.commitment);
  expect(page.html).toContain(ceremony.seed);
  expect(page.description).toContain(`抽中 ${Number(visits[0]?.['n'])} 户`);
  expect(page.canonical).toBe(`${SITE}/public/${code}`);
  expect(page.html).not.toContain('class="bone"');
});

test('a ceremony is read as it stands, and its minutes whole', async () => {
  const wall = await pageAt(`/public/${code}/ceremony`);
  expect(wall.status).toBe(200);
  expect(wall.html).toContain(entity.name);
  const minutes = await pageAt(`/public/${code}/ceremony/1/minutes`);
  expect(minutes.headings).toEqual(['“双随机、一公开”抽取仪式记录']);
  expect(minutes.title).toContain(code);
});

test('what an entity’s search finds stands on the page, by a part of its name and by its code', async () => {
  for (const q of [entity.name, entity.credit_code, entity.credit_code.toLowerCase()]) {
    const page = await pageAt(`/public/results?q=${encodeURIComponent(q)}`);
    expect(page.html).toContain(entity.credit_code);
    expect(page.html).toContain(`href="/public/${code}"`);
  }
  const nothing = await pageAt(`/public/results?q=${encodeURIComponent('没有这一家')}`);
  expect(nothing.html).toContain('没有查到');
  const hostile = await pageAt(`/public/results?q=${encodeURIComponent('</script><script>alert(1)//"')}`);
  expect(hostile.html).not.toContain('<script>alert');
});

test('results of what was withdrawn are not found by its name', async () => {
  const rows = await api.nobody.get<{ rows: { creditCode: string }[] }>('searchPublishedResults', {
    query: { q: entity.credit_code },
  });
  expect(new Set(rows.rows.map((row) => row.creditCode))).toEqual(new Set([entity.credit_code]));
  const refused = await api.nobody.refused('searchPublishedResults', { query: { q: '店' } });
  expect(refused.fields).toMatchObject([{ field: 'query.q' }]);
});

test('a long list goes on by links', async () => {
  const all = await api.db('visits').count({ n: '*' });
  expect(Number(all[0]?.['n'])).toBeGreaterThan(0);
  const { nextCursor } = await api.nobody.get<{ nextCursor: string }>('listDrawnVisits', {
    params: { code },
    query: { limit: 1 },
  });
  const rest = await pageAt(`/public/${code}?drawnAfter=${nextCursor}`);
  expect(rest.html).toContain('从头看起');
  const [first, second] = await api.db('visits').orderBy('number').limit(2).pluck<string[]>('ticket');
  expect(rest.html).not.toContain(`title="${first}"`);
  expect(rest.html).toContain(`title="${second}"`);
});

test.each([
  '/public/NONE',
  '/public/NONE/ceremony',
  '/public/items/NONE-1',
  '/public/bulletins/TB-1',
  '/public/a/b/c',
])('%s is not there, and says so', async (where) => {
  const page = await pageAt(where);
  expect(page.status).toBe(404);
  expect(page.html).toContain('<meta name="robots" content="noindex" />');
  expect(page.canonical).toBeUndefined();
  expect(page.html).toMatch(/没有/);
});

test('the language of an address holds for the pages after it', async () => {
  const english = await pageAt('/public?lang=en');
  expect(english.language).toBe('en');
  expect(english.html).toContain('Joint campaigns');
  expect(english.canonical).toBe(`${SITE}/public?lang=en`);
  const [cookie = ''] = english.headers.getSetCookie();
  expect(cookie).toMatch(/^onevisit_language=en; .*SameSite=Lax/);
  const next = await pageAt('/public/items', { cookie: cookie.split(';')[0] ?? '' });
  expect(next.language).toBe('en');
  expect(next.headers.get('vary')).toContain('Cookie');
});

test('an unchanged page costs an empty answer, a changed one is sent anew', async () => {
  const first = await get('/public/items');
  const tag = first.headers.get('etag') ?? '';
  expect(first.headers.get('cache-control')).toBe('public, no-cache');
  // What fetch adds of its own asks for the whole page.
  const again = await rawly('/public/items', { 'if-none-match': tag });
  expect([again.status, again.body.length]).toEqual([304, 0]);
  await api.db('item_versions').where({ item_code: 'SCJG-001' }).update({ name: '改过名的事项' });
  const changed = await until(
    () => rawly('/public/items', { 'if-none-match': tag }),
    ({ status }) => status === 200,
  );
  expect(changed.body.toString()).toContain('改过名的事项');
});

test('the policy of pages lets no script but our files in, and what was read stands there as data', async () => {
  const page = await pageAt('/public');
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("script-src 'self'");
  const scripts = [...page.html.matchAll(/<script([^>]*)>/g)].map(([, attributes = '']) => attributes);
  expect(scripts).toHaveLength(2);
  for (const one of scripts) expect(one).toMatch(/src="\/assets\/|type="application\/json"/);
  expect(page.html).not.toMatch(/<style|__STYLE_NONCE__| on\w+="/);
});

test('files and pages are compressed as the browser takes them', async () => {
  const { html } = await pageAt('/public');
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(html)?.[1] ?? '';
  const plain = await rawly(script);
  const small = await rawly(script, { 'accept-encoding': 'gzip, deflate, br' });
  expect(small.encoding).toBe('br');
  expect(brotliDecompressSync(small.body)).toEqual(plain.body);
  expect(small.type).toMatch(/javascript/);
  expect((await rawly(script, { 'accept-encoding': 'gzip' })).encoding).toBe('gzip');
  expect((await rawly('/public', { 'accept-encoding': 'br' })).encoding).toBe('br');
});

/** As it comes over the wire. */
const rawly = (where: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number | undefined; encoding: string | undefined; type: string; body: Buffer }>(
    (resolve, reject) => {
      request(`${api.url}${where}`, { headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode,
            encoding: response.headers['content-encoding'],
            type: response.headers['content-type'] ?? '',
            body: Buffer.concat(chunks),
          }),
        );
      })
        .on('error', reject)
        .end();
    },
  );

test('search engines are told what is for them, and where it is', async () => {
  const robots = await (await get('/robots.txt')).text();
  expect(robots).toContain('Disallow: /\n');
  expect(robots).toContain(`Sitemap: ${SITE}/sitemap.xml`);
  const map = await (await get('/sitemap.xml')).text();
  for (const place of ['', `/${code}`, '/items/SCJG-001', '/open-data']) {
    expect(map).toContain(`<loc>${SITE}/public${place}</loc>`);
  }
});

test('pages count against an address’s limit as calls do', async () => {
  const limited = await startTestApi({
    webDir: WEB,
    rateLimits: { user: 0, address: 2, publicWrites: 0 },
  });
  try {
    const statuses = [];
    for (let n = 0; n < 3; n++) statuses.push((await fetch(`${limited.url}/public/open-data`)).status);
    expect(statuses).toEqual([200, 200, 429]);
  } finally {
    await limited.stop();
  }
});

test('while the database is away a page says so, is not kept, and begins anew in the browser', async () => {
  const away = await startTestApi({ webDir: WEB });
  try {
    await away.db.raw('alter table campaigns rename to campaigns_away');
    const response = await fetch(`${away.url}/public`);
    const html = await response.text();
    expect(response.status).toBe(503);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('retry-after')).toBe('5');
    expect(html).toContain('没有成功');
    expect(html).not.toContain('id="state"');
    expect(away.log.join('')).toContain('reading for a page failed');
  } finally {
    await away.stop();
  }
});
