/** What decides a year beforehand: the policy of ratios, and the annual plan from departments' lines to a joint campaign. */
import type { Page } from 'playwright-core';
import { dayOf } from '../../domain/deadlines/working-days';
import { choose, give, openDialog, see, seeStage } from './support/campaign-page';
import { chapters } from './support/chapters';
import { visitedTown } from './support/visited-town';

const site = visitedTown();
const chapter = chapters(() => site.visitors);
const YEAR = dayOf(new Date()).slice(0, 4);
const PLAN = `/annual-plans/${YEAR}`;

/** The one dialog on the page. */
const dialogOf = (page: Page) => page.getByRole('dialog');

chapter('a policy is drafted, tried out and approved, by somebody else', async () => {
  const coordinator = await site.visitors.person('coordinator');
  await coordinator.goto('/policies');
  await see(coordinator, '还没有制定版本');
  await coordinator.getByRole('button', { name: '起草新版本' }).click();
  const dialog = dialogOf(coordinator);
  await dialog.getByLabel('比例', { exact: true }).first().fill('2');
  await dialog.getByRole('button', { name: '保存' }).click();
  await dialog.getByText('必填').waitFor();
  await dialog.getByLabel('理由').fill('今年 A 类多查');
  await dialog.getByRole('button', { name: '保存' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await coordinator.getByRole('button', { name: '提交审核' }).click();
  await coordinator.getByRole('button', { name: '确认提交审核' }).click();
  await see(coordinator, '待审核');
  expect(await coordinator.getByRole('button', { name: '批准', exact: true }).count()).toBe(0);

  const approver = await site.visitors.person('approver');
  await approver.goto('/policies');
  await choose(approver, '地区', '东县');
  await approver.getByRole('button', { name: '测算', exact: true }).click();
  await see(approver, /户对象；各事项分别检查预计/);
  await approver.getByRole('button', { name: '批准', exact: true }).click();
  await approver.getByRole('button', { name: '确认批准' }).click();
  await approver.getByText('现行', { exact: true }).waitFor();
  await see(approver, '2%');
});

chapter('each department writes its own lines into the plan', async () => {
  const coordinator = await site.visitors.person('coordinator');
  await coordinator.goto('/annual-plans');
  await coordinator.getByRole('button', { name: '开始编制' }).click();
  await coordinator.getByRole('heading', { name: `${YEAR} 年度抽查计划` }).waitFor();
  await see(coordinator, '还没有抽查安排');
  for (const department of ['SCJG', 'WJW']) {
    const liaison = await site.visitors.person(`${department.toLowerCase()}-liaison`);
    await liaison.goto(PLAN);
    await liaison.getByRole('button', { name: '编报安排' }).click();
    const dialog = dialogOf(liaison);
    await dialog.getByRole('button', { name: '保存' }).click();
    await dialog.getByText('必填').first().waitFor();
    await choose(liaison, '抽查事项', `${department}-001`);
    await choose(liaison, '地区', '云溪市');
    await liaison.keyboard.press('Escape');
    await dialog.getByLabel('抽查比例').fill('50');
    await fillWindow(liaison, `${YEAR}-01-01`, `${YEAR}-12-31`);
    await dialog.getByRole('button', { name: '保存' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await see(liaison, `检查事项 ${department}-001`);
  }
});

async function fillWindow(page: Page, from: string, to: string): Promise<void> {
  const [start, end] = [page.getByLabel('实施时间'), page.locator('input[date-range="end"]')];
  await start.click();
  await start.fill(from);
  await start.press('Tab');
  await end.fill(to);
  await end.press('Tab');
}

chapter('the adviser says what joining saves and why; one click joins, another splits', async () => {
  const coordinator = await site.visitors.person('coordinator');
  await coordinator.goto(PLAN);
  await see(coordinator, '少上门 30 户次');
  await see(coordinator, /60 户同时属于其中两项以上。分别检查预计上门 60 户次，联合检查 30 户次，少 50%/);
  await coordinator.getByRole('button', { name: '合为联合安排' }).click();
  await see(coordinator, '已合并的联合安排');
  await coordinator.getByRole('button', { name: '拆分' }).click();
  await coordinator.getByRole('button', { name: '合为联合安排' }).click();
  await see(coordinator, '已合并的联合安排');
});

chapter('the plan is returned with a reason, approved, and published for everybody', async () => {
  const coordinator = await site.visitors.person('coordinator');
  const approver = await site.visitors.person('approver');
  await give(coordinator, '提交审核');
  await approver.goto(PLAN);
  await openDialog(approver, '退回');
  await approver.getByRole('button', { name: '确认退回' }).click();
  await see(approver, '请写明理由');
  await dialogOf(approver).getByLabel('理由').fill('请写明重点');
  await approver.getByRole('button', { name: '确认退回' }).click();
  await seeStage(approver, '已退回');
  await coordinator.reload();
  await see(coordinator, '退回理由：请写明重点');
  await give(coordinator, '提交审核');
  await approver.reload();
  await give(approver, '批准');
  await coordinator.reload();
  await give(coordinator, '公布');
  await seeStage(coordinator, '已公布');

  const citizen = await site.visitors.visitor('citizen');
  await citizen.goto(`/public${PLAN}`);
  await see(citizen, '共 2 项安排，其中 2 项由几个部门联合、一次上门');
  await see(citizen, '联合抽查：市场监管局牵头');
});

chapter('the lead launches the joint line: one campaign with the items of both', async () => {
  const lead = await site.visitors.person('lead');
  await lead.goto(PLAN);
  await lead.getByRole('button', { name: '启动' }).first().click();
  await lead.getByRole('button', { name: '确认启动' }).click();
  await lead.waitForURL(/\/campaigns\/.*\/edit$/);
  await see(lead, 'SCJG-001');
  await see(lead, 'WJW-001');
});

chapter(
  'a department enters what it plans to spend and what it spent, and takes back what was wrong',
  async () => {
    const liaison = await site.visitors.person('wjw-liaison');
    const [code] = await site.town.db('campaigns').pluck<string[]>('code');
    await liaison.goto(`/campaigns/${code}?tab=efforts`);
    await see(liaison, '还没有登记');
    await liaison.getByRole('button', { name: '填报计划' }).click();
    await dialogOf(liaison).getByLabel('人日').fill('12.5');
    await dialogOf(liaison).getByLabel('金额').fill('3600');
    await dialogOf(liaison).getByRole('button', { name: '保存' }).click();
    await see(liaison, '¥3,600.00');
    await liaison.getByRole('button', { name: '登记实际投入' }).click();
    await dialogOf(liaison).getByLabel('用途').fill('抽样检测');
    site.visitors.expectRefusal(`422 POST /api/v1/campaigns/${code}/efforts/WJW/entries`);
    await dialogOf(liaison).getByRole('button', { name: '保存' }).click();
    await see(liaison, '人日和金额至少填一项。');
    await dialogOf(liaison).getByLabel('金额').fill('480.5');
    await dialogOf(liaison).getByRole('button', { name: '保存' }).click();
    await see(liaison, '¥480.50');
    await liaison.getByRole('button', { name: '撤销' }).click();
    await dialogOf(liaison).getByLabel('理由').fill('重复登记');
    await liaison.getByRole('button', { name: '确认撤销' }).click();
    await see(liaison, /已撤销（.*）：重复登记/);
  },
);
