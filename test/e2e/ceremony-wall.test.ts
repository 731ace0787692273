import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium';
import { startWebSystem, type WebSystem } from '../support/web-system';
import { approvedCampaign, DEPARTMENTS, DICE, enterDice, freeze, reveal, seal } from './ceremony-steps';

let system: WebSystem;
let browser: Browser;

beforeAll(async () => {
  [system, browser] = await Promise.all([startWebSystem(), launchChromium()]);
}, 180_000);

afterAll(async () => {
  await browser.close();
  await system.stop();
});

/** A page that counts how often it was loaded, and what its scripts complained of. */
async function watch(code: string, viewport: { width: number; height: number }, reducedMotion = false) {
  const context = await browser.newContext({
    viewport,
    locale: 'zh-CN',
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const errors: string[] = [];
  const loads: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('load', () => loads.push(page.url()));
  await page.goto(`${system.url}/public/${code}/ceremony`);
  return { page, errors, loads };
}

const see = (page: Page, text: string | RegExp): Promise<void> =>
  page.getByText(text).filter({ visible: true }).first().waitFor();

const rowOf = (page: Page, name: string): Locator =>
  page.locator('.wall-contributors li').filter({ hasText: name });

async function fits(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth <= innerWidth');
}

test('the wall and a phone follow the whole ceremony without being loaded again, an outage of the API included', async () => {
  const code = await approvedCampaign(system);
  const wall = await watch(code, { width: 1920, height: 1080 });
  const phone = await watch(code, { width: 390, height: 844 }, true);
  const both = [wall.page, phone.page];
  const seeOnBoth = (text: string | RegExp) => Promise.all(both.map((page) => see(page, text)));
  await seeOnBoth('等待冻结名录');

  const commitment = await freeze(system, code);
  await seeOnBoth('各部门封存随机值');
  await see(wall.page, commitment.match(/.{8}/g)?.join(' ') ?? '');
  await wall.page.getByRole('img', { name: `https://onevisit.invalid/public/${code}` }).waitFor();
  await wall.page.getByRole('timer').waitFor();
  expect(await wall.page.locator('.wall-contributors li').count()).toBe(4);

  await seal(system, code, commitment, 'SCJG');
  await rowOf(wall.page, '市场监管局').getByText('已封存').waitFor();
  await rowOf(wall.page, '卫健委').getByText('待封存').waitFor();
  // Nobody owes the public value before the departments have revealed.
  await rowOf(wall.page, '公开掷骰').getByText('揭示后登记').waitFor();
  await wall.page.getByRole('status').filter({ hasText: '1 个部门已封存，共 3 个' }).waitFor();

  await system.stopApi();
  await seeOnBoth('连接中断，正在重新连接…');
  await rowOf(wall.page, '市场监管局').getByText('已封存').waitFor();
  await system.startApi();
  await seeOnBoth('实时更新');
  for (const department of ['WJW', 'XFJ']) await seal(system, code, commitment, department);
  await seeOnBoth('各部门揭示随机值');

  const lead = await system.signedIn('lead');
  const witness = (more: object) => lead.get('recordWitness', { params: { code }, body: more });
  await witness({
    capacity: 'congress-deputy',
    name: '林代表',
    organisation: '市人民代表大会',
    namePublic: true,
  });
  await witness({ capacity: 'press', name: '不愿公开的记者', organisation: '云溪日报' });
  await seeOnBoth(/人大代表 林代表（市人民代表大会）/);
  await seeOnBoth('新闻媒体');

  for (const department of DEPARTMENTS) await reveal(system, code, department);
  await seeOnBoth('公共随机值：公开掷骰');
  await enterDice(system, code, 'lead', DICE, '政务大厅现场掷骰，录像公布于市政府网站');
  await seeOnBoth(/已登记，待第二人登记后公开/);
  expect(await wall.page.locator('.die').count()).toBe(0);
  await enterDice(system, code, 'supervisor', '3 1 4 1 5 2 6 5 3 6');
  await seeOnBoth(/第 1 轮两人登记不一致/);
  // The one die on which they differ stands out, on both sides.
  expect(await wall.page.locator('.die-differs').count()).toBe(2);
  await enterDice(system, code, 'wjw-liaison', DICE, '同上');
  await enterDice(system, code, 'lead', DICE.replaceAll(' ', '，'));
  await seeOnBoth('随机值齐全，等待抽取');

  await lead.get('drawCampaign', { params: { code } });
  await seeOnBoth('抽取完成');
  const { rows } = await system.nobody.get<{
    rows: { number: number; creditCode: string; teams: { name: string; inspectors: string[] }[] }[];
  }>('listDrawnVisits', { params: { code } });
  // Who asked for less motion gets all at once; the others see it come in.
  await see(phone.page, '匹配完成');
  await see(wall.page, '匹配完成');
  for (const page of both) {
    const shown = page.locator('.wall-list tbody tr');
    expect(await shown.count()).toBe(rows.length);
    for (const [at, row] of rows.entries()) {
      const text = (await shown.nth(at).textContent()) ?? '';
      expect(text).toContain(row.creditCode);
      for (const team of row.teams) expect(text).toContain(`${team.name} ${team.inspectors.join('、')}`);
    }
    expect(await fits(page)).toBe(true);
    expect(await page.content()).not.toContain('不愿公开的记者');
  }
  for (const { errors, loads } of [wall, phone]) {
    expect(errors).toEqual([]);
    expect(loads).toHaveLength(1);
  }
  await Promise.all(both.map((page) => page.context().close()));
}, 180_000);

test('a department that withholds its reveal is named on the wall, and the next ceremony takes its place', async () => {
  const code = await approvedCampaign(system, {
    deadlinePolicy: {
      unit: 'seconds',
      durations: {
        sealing: 600,
        revealing: 4,
        results: 600,
        publication: 600,
        answer: 600,
        rectification: 600,
      },
      steps: [{ name: 'overdue', offset: 1, action: 'overdue' }],
    },
  });
  const { page, errors } = await watch(code, { width: 1920, height: 1080 });
  const commitment = await freeze(system, code);
  for (const department of DEPARTMENTS) await seal(system, code, commitment, department);
  await reveal(system, code, 'SCJG');
  await reveal(system, code, 'XFJ');
  await see(page, '本次仪式作废');
  await see(page, '卫健委逾期未揭示');
  expect(await page.locator('.wall-withheld li').allTextContents()).toEqual(['卫健委']);
  await rowOf(page, '卫健委').getByText('逾期未揭示').waitFor();
  await rowOf(page, '公开掷骰').getByText('未登记').waitFor();
  await freeze(system, code);
  await see(page, /此前第 1 次仪式作废：卫健委逾期未揭示/);
  await see(page, '各部门封存随机值');
  expect(errors).toEqual([]);

  const supervisor = await system.signedIn('supervisor');
  const tasks = await supervisor.get<{
    rows: { id: number; kind: string; title: string; mayComplete: boolean; dueAt: string }[];
  }>('listTasks', { query: { scope: 'mine', campaign: code } });
  expect(tasks.rows).toMatchObject([
    { kind: 'void-ceremony', title: '核查作废的抽取仪式：第 1 次，卫健委逾期未揭示', mayComplete: true },
  ]);
  await page.context().close();
}, 120_000);

test('whoever comes later finds the list complete, and the public page lists the ceremony', async () => {
  const { page } = await watch('NONE', { width: 390, height: 844 });
  await see(page, /没有编号为“NONE”的任务/);
  await page.goto(`${system.url}/public`);
  await page.getByRole('heading', { name: '抽取仪式' }).waitFor();
  await page
    .getByRole('link', { name: /餐饮场所联合抽查 · 第 1 次/ })
    .first()
    .click();
  await page.getByRole('heading', { name: '“双随机、一公开”抽取仪式记录' }).waitFor();
  await page.context().close();
});
