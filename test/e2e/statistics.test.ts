import type { Browser, Page } from 'playwright-core';
import { readCampaign } from '../../db/campaigns';
import { PASSWORD } from '../support/build-city';
import { launchChromium } from '../support/chromium';
import { campaignDriver } from '../support/drive-campaign';
import { runActivities } from '../support/run-activities';
import { startWebSystem, type WebSystem } from '../support/web-system';
import { see } from './support/campaign-page';
import { readDownload } from './support/read-download';

let system: WebSystem;
let browser: Browser;
let codes: string[] = [];

beforeAll(async () => {
  [system, browser] = await Promise.all([startWebSystem(), launchChromium()]);
}, 180_000);

afterAll(async () => {
  await browser.close();
  await system.stop();
});

async function openAs(username: string, where: string, width = 1440): Promise<Page> {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(`${system.url}/login?from=${encodeURIComponent(where)}`);
  await page.getByLabel('用户名').fill(username);
  await page.getByLabel('密码').fill(PASSWORD);
  await page.getByRole('button', { name: '登录' }).click();
  await page.waitForURL(`${system.url}${where}`);
  return page;
}

const DAY_MS = 86_400_000;

/** Two campaigns of past months; before the second freeze two entities leave the registry, and come back after it. */
async function past(): Promise<void> {
  const { db, city } = system;
  const yearlyCap = { A: null, B: null, C: null, D: null };
  // One of two is sent, to an odd number of visits, so that chance has a say.
  const teams = ['SCJG', 'WJW', 'XFJ'].map((department) => ({ department, size: 1 }));
  const strata = ['A', 'B', 'C', 'D'].map((stratum) => ({
    ...{ stratum, ratio_ppm: 100_000, minimum: stratum === 'A' ? 3 : 1 },
  }));
  const { campaignAt } = campaignDriver({ db, city, ...runActivities(db) });
  const draw = () => campaignAt('drawn', { yearlyCap, teams, strata });
  codes = [await draw(), await draw()];
  const ago = (days: number) => new Date(Date.now() - days * DAY_MS);
  for (const [at, code] of codes.entries()) {
    const { id } = await readCampaign(db, code);
    await db('ceremonies')
      .where({ campaign_id: id })
      .update({ frozen_at: ago(at === 0 ? 200 : 60) });
  }
  await db.raw(
    `insert into entity_versions (entity_id, valid_from, state) select min(id), :since, '{}' from entities`,
    { since: ago(400) },
  );
  const move = (at: Date, before: string, after: string) =>
    db.raw(
      `insert into entity_changes (entity_id, at, presence_before, region_before, class_before, tags_before,
                                   presence, region, class, tags)
       select id, :at, :before, region_code, draw_class, tags, :after, region_code, draw_class, tags
         from entities order by id limit 2`,
      { at, before, after },
    );
  await move(ago(64), 'active', 'ended');
  await move(ago(55), 'ended', 'active');
}

test('before the first draw the page says what would bring numbers', async () => {
  const page = await openAs('supervisor', '/statistics?part=chance');
  await see(page, '没有符合条件的抽取。完成一次抽取后，这里开始统计。');
  await page.getByText('名录变动').click();
  await see(page, '没有符合条件的冻结。');
  await page.context().close();
}, 120_000);

test('a supervisor sees coverage, chance, inspectors, and who was away at a freeze', async () => {
  await past();
  const page = await openAs('supervisor', '/');
  await page.getByRole('navigation', { name: '主导航' }).first().getByRole('link', { name: '统计' }).click();
  await see(page, /共 2 次抽取。名录中在营 60 户/);
  await see(page, '东县');

  await page.getByText('抽中次数', { exact: true }).first().click();
  await see(page, /2 次抽取，60 户至少纳入过一次/);
  const picture = page.getByRole('img', { name: /抽中 0 次：实际 \d+，预期/ });
  await picture.waitFor();
  // The same numbers as a table, for those who don't see the picture.
  const label = (await picture.getAttribute('aria-label')) ?? '';
  const [, never = ''] = /抽中 0 次：实际 (\d+)/.exec(label) ?? [];
  await page.getByRole('row', { name: new RegExp(`^0 ${never} `) }).waitFor();

  await page.getByText('检查人员', { exact: true }).first().click();
  await see(page, /2 次抽取，6 名检查人员/);
  expect(await page.getByRole('img', { name: /SCJG-0001.*常见范围/ }).count()).toBe(1);

  await page.getByText('名录变动', { exact: true }).click();
  await see(page, '云溪餐饮0号店');
  await see(page, '从名录中去掉');
  await page.getByRole('img', { name: new RegExp(`${codes[1]}：实际 2，.*需要关注`) }).waitFor();
  await page.getByText('这些数字说明什么、不说明什么').click();
  await see(page, /这不是指控/);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '下载表格（CSV）' }).click(),
  ]);
  expect(await readDownload(download)).toContain('离开又回来的检查对象');

  await page.getByLabel('冻结前后').click();
  await page.locator('.ant-select-item-option:visible', { hasText: '7 天' }).click();
  await see(page, '云溪餐饮0号店');
  expect(new URL(page.url()).searchParams.get('days')).toBe('7');
  await page.context().close();
}, 120_000);

test('on a phone nothing is wider than the screen; tables move within theirs', async () => {
  const page = await openAs('supervisor', '/statistics', 390);
  for (const part of ['coverage', 'chance', 'inspectors', 'grooming']) {
    await page.goto(`${system.url}/statistics?part=${part}`);
    await page.locator('table.numbers').first().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  }
  await page.context().close();
}, 120_000);

test('a failure says so and offers another try', async () => {
  const page = await openAs('supervisor', '/campaigns');
  await page.route('**/api/v1/statistics/**', (route) => route.abort());
  await page.goto(`${system.url}/statistics`);
  await see(page, '连接不上服务器，请检查网络后重试。');
  await page.unroute('**/api/v1/statistics/**');
  await page.getByRole('button', { name: '重试' }).first().click();
  await see(page, /共 2 次抽取/);
  await page.context().close();
}, 120_000);

test('who has no part in oversight has no such page in the navigation', async () => {
  const page = await openAs('wjw-0001', '/');
  const navigation = page.getByRole('navigation', { name: '主导航' }).first();
  await navigation.getByRole('link', { name: '公示' }).waitFor();
  expect(await navigation.getByRole('link', { name: '统计' }).count()).toBe(0);
  await page.goto(`${system.url}/statistics`);
  await see(page, /您的角色没有这个权限/);
  await page.context().close();
}, 120_000);
