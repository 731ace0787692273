/** The public pages for who has no JavaScript, and what becomes of them where it comes. */
import type { Page } from 'playwright-core';
import { barriersOn } from './support/accessibility';
import { see } from './support/campaign-page';
import { PHONE, startVisitors, type Visitors } from './support/visitors';
import { launchChromium } from '../support/chromium';
import { startWebSystem, type WebSystem } from '../support/web-system';

const PAGES = [
  '/public',
  '/public/results',
  '/public/results?q=SCJG',
  '/public/ceremonies',
  '/public/items',
  '/public/items/SCJG-001',
  '/public/items/SCJG-001/form/print',
  '/public/annual-plans',
  '/public/bulletins',
  '/public/open-data',
  '/public/audit',
  '/public/visit',
];

let system: WebSystem;
let visitors: Visitors;

beforeAll(async () => {
  system = await startWebSystem();
  visitors = await startVisitors(system.url);
}, 300_000);
afterAll(async () => {
  await visitors.close();
  await system.stop();
});

const fits = (page: Page) =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

test('every page reads and fits a phone without JavaScript', async () => {
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({ ...PHONE, baseURL: system.url, javaScriptEnabled: false });
    const page = await context.newPage();
    for (const where of PAGES) {
      const answer = await page.goto(where);
      expect(`${where} ${answer?.status()}`).toBe(`${where} 200`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await page.getByRole('main').count()).toBe(1);
      expect(`${where} ${await fits(page)}`).toBe(`${where} 0`);
    }
    await page.goto('/public');
    await page.getByRole('button', { name: 'English' }).click();
    await see(page, 'Joint campaigns');
    await page.getByRole('link', { name: 'Item list' }).first().click();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.goto('/public/items?lang=zh-CN');
    await page.getByLabel('部门').selectOption('WJW');
    await page.getByRole('button', { name: '查看', exact: true }).click();
    await see(page, '检查事项 WJW-001');
    expect(await page.getByText('检查事项 SCJG-001').count()).toBe(0);
    await page.goto('/public/results');
    await page.getByRole('searchbox').fill('没有这一家');
    await page.getByRole('button', { name: '搜索' }).click();
    await see(page, '没有查到“没有这一家”');
  } finally {
    await browser.close();
  }
});

test('what was written shuts nobody out', async () => {
  const page = await visitors.visitor('reader', PHONE);
  // What judges the page needs JavaScript itself: only the site's own stays away.
  await page.route('**/*.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
  for (const where of PAGES) {
    await page.goto(where);
    expect({ where, barriers: await barriersOn(page) }).toEqual({ where, barriers: [] });
  }
});

test('JavaScript takes the written pages over as they are: nothing is drawn twice, and nothing is wrong', async () => {
  const page = await visitors.visitor('citizen');
  for (const where of PAGES) {
    await page.goto(where, { waitUntil: 'commit' });
    const heading = page.getByRole('heading', { level: 1 });
    await heading.waitFor();
    await page.evaluate(`document.querySelector('h1').dataset.written = 'yes'`);
    await page.waitForLoadState('networkidle');
    expect(`${where} ${await heading.getAttribute('data-written')}`).toBe(`${where} yes`);
  }
  await page.goto('/public');
  await page.getByRole('link', { name: '事项清单' }).first().click();
  await page.getByRole('heading', { name: '随机抽查事项清单' }).waitFor();
  await page.getByRole('link', { name: '工作人员登录' }).first().click();
  await page.getByLabel('用户名').waitFor();
  await page.getByRole('link', { name: '查看公示' }).click();
  await page.getByRole('heading', { name: '双随机、一公开 公示' }).waitFor();
  visitors.expectRefusal('404 GET /public/NONE');
  visitors.expectRefusal('404 GET /api/v1/public/campaigns/NONE');
  await page.goto('/public/NONE');
  await see(page, '没有编号为“NONE”的任务');
  expect(visitors.troubles()).toEqual([]);
});
