import type { Browser, Page } from 'playwright-core';
import { PASSWORD } from '../support/build-city';
import { launchChromium } from '../support/chromium';
import { startWebSystem, type WebSystem } from '../support/web-system';
import { approvedCampaign, DEPARTMENTS, DICE, freeze, revealedCeremony, seal } from './ceremony-steps';

let system: WebSystem;
let browser: Browser;

beforeAll(async () => {
  [system, browser] = await Promise.all([startWebSystem(), launchChromium()]);
}, 180_000);

afterAll(async () => {
  await browser.close();
  await system.stop();
});

/** An official at a desk of their own. */
async function deskOf(username: string, where: string): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(`${system.url}/login?from=${encodeURIComponent(where)}`);
  await page.getByLabel('用户名').fill(username);
  await page.getByLabel('密码').fill(PASSWORD);
  await page.getByRole('button', { name: '登录' }).click();
  await page.waitForURL(`${system.url}${where}`);
  return page;
}

/** Opens the dialog in which the public value is entered. */
const openEntry = (page: Page) => page.getByRole('button', { name: '登记公共随机值', exact: true }).click();
const hand = (page: Page) => page.getByRole('button', { name: '确认登记公共随机值' }).click();

test('two officials enter the dice at their desks; a slip shows, and is mended', async () => {
  const code = await revealedCeremony(system);
  const [lead, liaison] = (await Promise.all(
    ['lead', 'wjw-liaison'].map((username) => deskOf(username, `/campaigns/${code}`)),
  )) as [Page, Page];
  await openEntry(lead);
  await lead.getByText('您是本轮第一个登记的人').waitFor();
  await lead.getByLabel('点数').fill('3 1 4 1 5 7 6 5 3 5');
  await lead.getByLabel('查证途径').fill('政务大厅现场掷骰');
  await hand(lead);
  await lead.locator('.ant-form-item-explain-error').waitFor();
  await lead.getByLabel('点数').fill(DICE);
  await hand(lead);
  await lead.getByText('请另一人独立登记同一个值').waitFor();

  await openEntry(liaison);
  await liaison
    .getByText('市场监管局（牵头人员） 已经登记，值未公开')
    .or(liaison.getByText('市场监管局（牵头人员）已经登记，值未公开'))
    .waitFor();
  await liaison.getByText('查证途径（第一人填写）：政务大厅现场掷骰').waitFor();
  await liaison.getByLabel('点数').fill('3 1 4 1 5 2 6 5 3 6');
  await hand(liaison);
  await liaison.getByText('两人登记的不一致').waitFor();

  await openEntry(lead);
  await lead.getByText('第 1 轮两人登记不一致').waitFor();
  await lead.getByLabel('点数').fill(DICE.replaceAll(' ', ''));
  await lead.getByLabel('查证途径').fill('政务大厅现场掷骰');
  await hand(lead);
  await lead.getByText('请另一人独立登记同一个值').waitFor();
  await openEntry(lead);
  await lead.getByText('您已登记。请另一人登录后独立登记').waitFor();
  await openEntry(liaison);
  await liaison.getByText('已经登记，值未公开').waitFor();
  await liaison.getByLabel('点数').fill(DICE);
  await hand(liaison);
  await liaison.getByText('两人登记一致').waitFor();
  await lead.getByText('下一步：牵头部门抽取').waitFor();
  await Promise.all([lead, liaison].map((page) => page.context().close()));
}, 120_000);

test('the lead records a witness and takes one back', async () => {
  const code = await approvedCampaign(system);
  await freeze(system, code);
  const page = await deskOf('lead', `/campaigns/${code}`);
  const record = async (name: string) => {
    await page.getByRole('button', { name: '登记见证人' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('姓名', { exact: true }).fill(name);
    await dialog.getByLabel('单位', { exact: true }).fill('市人民代表大会');
    await dialog.getByRole('button', { name: '登记见证人' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText(name).waitFor();
  };
  await record('林代表');
  await record('误登的人');
  await page
    .getByRole('listitem')
    .filter({ hasText: '误登的人' })
    .getByRole('button', { name: '撤回' })
    .click();
  await page.getByText('误登的人').waitFor({ state: 'hidden' });
  await page.getByText('只公开身份').waitFor();
  await page.context().close();
}, 120_000);

test('oversight records what it found about a ceremony that is void', async () => {
  const code = await approvedCampaign(system, {
    deadlinePolicy: {
      unit: 'seconds',
      durations: {
        sealing: 600,
        revealing: 1,
        results: 600,
        publication: 600,
        answer: 600,
        rectification: 600,
      },
      steps: [{ name: 'overdue', offset: 1, action: 'overdue' }],
    },
  });
  const page = await deskOf('supervisor', '/');
  const commitment = await freeze(system, code);
  for (const department of DEPARTMENTS) await seal(system, code, commitment, department);
  await page.goto(`${system.url}/?scope=mine`);
  const task = page.getByRole('listitem').filter({ hasText: '核查作废的抽取仪式：第 1 次' });
  // The list reads itself again.
  await task.getByRole('button', { name: '登记核查结论' }).click();
  await task.getByLabel('核查情况和结论').fill('三个部门均未揭示，已约谈联络员。');
  await task.getByRole('button', { name: '登记核查结论' }).click();
  await page.getByText('已办结').waitFor();
  await page.goto(`${system.url}/?scope=mine&state=done`);
  await page.getByText('核查结论：三个部门均未揭示，已约谈联络员。').waitFor();
  await page.context().close();
}, 120_000);
