import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium';
import { startWebSystem, type WebSystem } from '../support/web-system';
import { DICE, enterDice, revealedCeremony } from './ceremony-steps';

let system: WebSystem;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [system, browser] = await Promise.all([startWebSystem(), launchChromium()]);
  page = await browser.newPage({ locale: 'zh-CN' });
}, 180_000);

afterAll(async () => {
  await browser.close();
  await system.stop();
});

const documentOf = (code: string, number = 1) => `${system.url}/public/${code}/ceremony/${number}/minutes`;

test('the minutes of a draw hold all of it and print on A4', async () => {
  const code = await revealedCeremony(system);
  const lead = await system.signedIn('lead');
  await lead.get('recordWitness', {
    params: { code },
    body: { capacity: 'trade-association', name: '秦会长', organisation: '餐饮协会', namePublic: true },
  });
  await lead.get('recordWitness', { params: { code }, body: { capacity: 'press', name: '某记者' } });
  await enterDice(system, code, 'lead', DICE, '政务大厅现场掷骰');
  await enterDice(system, code, 'supervisor', DICE.replace(/5$/, '4'));
  await enterDice(system, code, 'supervisor', DICE, '政务大厅现场掷骰');
  await enterDice(system, code, 'lead', DICE);
  await lead.get('drawCampaign', { params: { code } });
  const { ceremony } = await system.nobody.get<{
    ceremony: { commitment: string; seed: string; bundleSha256: string; contributions: { seal: string }[] };
  }>('readCeremony', { params: { code, number: 1 } });

  await page.goto(documentOf(code));
  const text = await page.locator('.minutes').innerText();
  for (const hash of [ceremony.commitment, ceremony.seed, ceremony.bundleSha256])
    expect(text).toContain(hash);
  for (const { seal } of ceremony.contributions.slice(0, 3)) expect(text).toContain(seal);
  for (const words of [
    '3,1,4,1,5,2,6,5,3,5',
    '政务大厅现场掷骰',
    '两人不一致，作废',
    '两人一致，生效',
    '市场监管局 · 牵头人员',
    '督查室 · 督查',
    '秦会长',
    '餐饮协会',
    '（未同意公开）',
    '主持人（牵头部门）：',
    '无，各部门检查人员均已配齐',
  ]) {
    expect(text).toContain(words);
  }
  expect(text).not.toContain('某记者');
  // Four strata of fifteen at ten per cent.
  expect(text.match(/^[^\n]*\t[ABCD]\t15\t10%\t2$/gm)).toHaveLength(4);

  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.minutes-bar').isVisible()).toBe(false);
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf.toString('latin1')) ?? [];
  expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842]);
  // Nothing is wider than the sheet: what is cut off on paper can't be read.
  await page.setViewportSize({ width: 680, height: 962 });
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  await page.emulateMedia({ media: 'screen' });
}, 120_000);

test('the minutes of a ceremony that is void say why', async () => {
  const code = await revealedCeremony(system);
  await (
    await system.signedIn('lead')
  ).get('cancelCampaign', {
    params: { code },
    body: { reason: '方案调整' },
  });
  await page.goto(documentOf(code));
  await page.getByText('任务取消：方案调整。').waitFor();
  const text = await page.locator('.minutes').innerText();
  expect(text).toContain('四、作废');
  // Nobody withheld anything here, and nobody entered a public value.
  expect(text).not.toMatch(/督查核查|公共随机值登记人/);
  expect(text).not.toContain('五、抽取与匹配结果');
}, 120_000);

test('a number that does not exist is said to', async () => {
  await page.goto(documentOf('LC-2099-9999', 3));
  await page.getByRole('alert').getByText('没有编号为“LC-2099-9999”的任务').waitFor();
});
