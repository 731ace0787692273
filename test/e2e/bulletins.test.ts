/** A bulletin in the browser: drafted, edited, approved by somebody else, read by everybody. */
import type { Page } from 'playwright-core';
import { see } from './support/campaign-page';
import { chapters } from './support/chapters';
import { visitedTown } from './support/visited-town';
import { PHONE, signIn } from './support/visitors';

const site = visitedTown();
const chapter = chapters(() => site.visitors);

let supervisor: Page;
let approver: Page;

beforeAll(async () => {
  [supervisor, approver] = [await site.visitors.person('supervisor'), await site.visitors.person('approver')];
}, 120_000);

const give = async (page: Page, action: string, reason?: string) => {
  await page.getByRole('button', { name: action, exact: true }).click();
  if (reason !== undefined) await page.getByLabel('理由').fill(reason);
  await page.getByRole('button', { name: `确认${action}` }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
};

const widthBeyond = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

let address = '';

chapter('the board says what there is nothing of; a bulletin is drafted for a period by hand', async () => {
  await supervisor
    .getByRole('navigation', { name: '主导航' })
    .first()
    .getByRole('link', { name: '督查' })
    .click();
  await see(supervisor, /这个期间没有到期的任务/);
  await supervisor.getByRole('link', { name: '督查通报' }).click();
  await see(supervisor, /还没有通报/);
  await supervisor.getByRole('button', { name: '拟出通报' }).click();
  await supervisor.getByRole('dialog').getByPlaceholder('开始日期').fill('2026-01-01');
  await supervisor.getByRole('dialog').getByPlaceholder('结束日期').fill('2026-01-31');
  await supervisor.keyboard.press('Enter');
  await supervisor.getByRole('dialog').getByRole('button', { name: '拟出通报' }).click();
  await see(supervisor, /2026-01-01至2026-01-31没有到期的抽查任务/);
  address = new URL(supervisor.url()).pathname;
});

chapter('its texts are edited, its figures computed again; it is handed in', async () => {
  await supervisor.getByRole('button', { name: '修改文字' }).click();
  await supervisor.getByLabel('工作要求').fill('各部门要按时启动年度计划。');
  await supervisor.getByRole('button', { name: '保存' }).click();
  await see(supervisor, '各部门要按时启动年度计划。');
  await supervisor.getByRole('button', { name: '重新计算核对' }).click();
  await see(supervisor, /一致：按冻结时刻重新计算/);
  await give(supervisor, '提交审批');
  await see(supervisor, /等待领导小组审批/);
});

chapter('another person approves it, which makes it public: a page, its data, a sheet of paper', async () => {
  await approver.goto(address);
  await give(approver, '批准并发布');
  await see(approver, /已向社会发布/);
  const citizen = await site.visitors.visitor('citizen');
  await citizen.goto('/public/bulletins');
  await citizen.getByRole('link', { name: /工作通报/ }).click();
  await see(citizen, '各部门要按时启动年度计划。');
  await citizen.getByRole('link', { name: 'CSV' }).waitFor();
  await citizen.getByRole('link', { name: '打印通报' }).click();
  await citizen.locator('main.minutes').waitFor();
  await see(citizen, /SHA-256 [0-9a-f]{64}/);
});

chapter('on a phone nothing is wider than the screen', async () => {
  const phone = await site.visitors.visitor('supervisor on a phone', PHONE);
  await phone.goto('/login');
  await signIn(phone, 'supervisor');
  for (const path of ['/oversight', '/bulletins', address, '/urging-orders', `/public${address}`]) {
    await phone.goto(path);
    await phone.locator('h1').first().waitFor();
    expect([path, await widthBeyond(phone)]).toEqual([path, 0]);
  }
});
