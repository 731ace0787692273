/** What carries an official through the day: finding things, and plans that are written over several days. */
import type { Page } from 'playwright-core';
import { choose, see } from './support/campaign-page';
import { chapters } from './support/chapters';
import { eventually } from './support/eventually';
import { visitedTown } from './support/visited-town';
import { PHONE, signIn } from './support/visitors';

const site = visitedTown();
const chapter = chapters(() => site.visitors);

let lead: Page;

const palette = (page: Page) => page.getByRole('dialog', { name: '查找' });
const field = (page: Page) => page.getByRole('combobox', { name: '名称、代码或编号' });

chapter('Ctrl-K finds what one may see, and the keyboard alone opens it', async () => {
  lead = await site.visitors.person('lead');
  await lead.getByRole('heading', { name: '我的任务' }).waitFor();
  await lead.keyboard.press('Control+K');
  await palette(lead).waitFor();
  await eventually(() => lead.evaluate('document.activeElement.type'), 'search');
  await lead.keyboard.type('餐');
  await see(lead, '请再输入一个字');
  await lead.keyboard.type('饮12号');
  await palette(lead).getByRole('option', { name: '云溪餐饮12号店' }).waitFor();
  await site.visitors.lookForBarriers();
  await lead.keyboard.press('Enter');
  await lead.getByRole('heading', { name: '云溪餐饮12号店' }).waitFor();
  expect(new URL(lead.url()).pathname).toBe('/entities/92691100MA00000012');
});

chapter('what was opened is there again before anything is typed, until it is cleared', async () => {
  await lead.getByRole('button', { name: '查找' }).click();
  await palette(lead).getByText('最近打开的').waitFor();
  await palette(lead).getByRole('option', { name: '云溪餐饮12号店' }).waitFor();
  await field(lead).fill('检查事项');
  await palette(lead).getByRole('option', { name: '检查事项 XFJ-001' }).waitFor();
  await lead.keyboard.press('ArrowDown');
  await lead.keyboard.press('ArrowDown');
  await lead.keyboard.press('Enter');
  await lead.getByRole('heading', { name: '检查事项 XFJ-001' }).waitFor();
  await lead.keyboard.press('Control+K');
  await eventually(() => palette(lead).getByRole('option').count(), 2);
  await palette(lead).getByRole('button', { name: '清除记录' }).click();
  await eventually(() => palette(lead).getByRole('option').count(), 0);
  await field(lead).fill('没有这样的店');
  await see(lead, '没有找到“没有这样的店”');
  await lead.keyboard.press('Escape');
  await palette(lead).waitFor({ state: 'hidden' });
});

chapter('on a phone the pages of every day are at the thumb, the others behind one button', async () => {
  const phone = await site.visitors.visitor('coordinator', PHONE);
  await phone.goto('/login');
  await signIn(phone, 'coordinator');
  const bar = phone.locator('.bottom-nav');
  await bar.getByRole('link', { name: '我的任务' }).waitFor();
  await bar.getByRole('button', { name: '更多' }).click();
  await phone.getByRole('dialog').getByRole('link', { name: '统计' }).click();
  await phone.waitForURL('**/statistics');
  await phone.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(await phone.evaluate('document.documentElement.scrollWidth')).toBe(390);
});

chapter('a plan keeps itself while it is written, and goes on where it was left', async () => {
  await lead.goto('/campaigns/new');
  await lead.getByLabel('任务名称').fill('分两天写的方案');
  await choose(lead, '地区', '云溪市 691100');
  await lead.keyboard.press('Escape');
  await lead.getByRole('button', { name: '下一步' }).click();
  await lead.getByRole('checkbox', { name: '检查事项 XFJ-001' }).check();
  await see(lead, /已自动保存/);
  await lead.waitForURL(/draft=\d+/);
  await lead.goto('/campaigns/new');
  await see(lead, '没有写完的方案（1）');
  await lead.getByRole('link', { name: '分两天写的方案' }).click();
  await see(lead, '已选 1 项，涉及 1 个部门');
  await lead.getByRole('button', { name: '下一步' }).click();
  // Twenty venues, of which the city's ratios draw few.
  await lead.getByRole('row', { name: /^消防救援支队/ }).waitFor();
  await lead.getByRole('button', { name: '下一步' }).click();
  await lead.getByRole('button', { name: '下一步' }).click();
  await lead.getByRole('button', { name: '创建草稿' }).click();
  await lead.getByRole('heading', { name: '分两天写的方案' }).waitFor();
  await eventually(() => site.town.db('plan_drafts').pluck('id'), []);
});

chapter('a new plan is copied from an earlier campaign', async () => {
  await lead.getByRole('link', { name: '复制为新方案' }).click();
  await lead.waitForURL(/from=/);
  await eventually(() => lead.getByLabel('任务名称').inputValue(), '分两天写的方案（复制）');
  await lead.getByRole('button', { name: '下一步' }).click();
  await see(lead, '已选 1 项，涉及 1 个部门');
  for (let step = 0; step < 3; step++) await lead.getByRole('button', { name: '下一步' }).click();
  await see(lead, '核对');
  await lead.getByRole('button', { name: '修改范围' }).click();
  await lead.getByLabel('任务名称').fill('第二季度');
  for (let step = 0; step < 4; step++) await lead.getByRole('button', { name: '下一步' }).click();
  await lead.getByRole('button', { name: '创建草稿' }).click();
  await lead.getByRole('heading', { name: '第二季度' }).waitFor();
});
