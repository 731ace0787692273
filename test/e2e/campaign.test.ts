/** One campaign from plan to publication by the people of its departments, each in a browser of their own. */
import type { Page } from 'playwright-core';
import { dayOf, shift } from '../../domain/deadlines/working-days';
import { sealOf } from '../../domain/draw/seed';
import { chapters } from './support/chapters';
import { eventually } from './support/eventually';
import { choose, confirm, give, openDialog, see, seeStage, setWindow } from './support/campaign-page';
import { submitRest } from './support/inspecting';
import { everyDepartmentEverywhere, visitedTown } from './support/visited-town';
import { PHONE, signIn } from './support/visitors';
import { readDownload } from './support/read-download';

const NAME = '餐饮场所联合抽查';
const DEPARTMENTS = { SCJG: '市场监管局', WJW: '卫健委', XFJ: '消防救援支队' };
const today = dayOf(new Date());
const site = visitedTown(everyDepartmentEverywhere);
const chapter = chapters(() => site.visitors);

let lead: Page;
let code = '';

const liaison = (department: string) => site.visitors.person(`${department.toLowerCase()}-liaison`);

async function openCampaign(username: string): Promise<Page> {
  const page = await site.visitors.person(username);
  await page.goto(`/campaigns/${code}`);
  await page.getByRole('heading', { name: NAME }).waitFor();
  return page;
}

chapter('a wrong password is told; the keyboard alone signs in, and leads to the tasks', async () => {
  const page = await site.visitors.visitor('lead');
  await page.goto('/campaigns');
  await page.waitForURL('**/login?from=%2Fcampaigns');
  await page.getByLabel('用户名').waitFor();
  const focused = () =>
    page.evaluate<string>('document.activeElement.id || document.activeElement.textContent');
  await eventually(focused, 'username');
  await page.keyboard.type('lead');
  await page.keyboard.press('Tab');
  await eventually(focused, 'password');
  await page.keyboard.type('wrong horse');
  site.visitors.expectRefusal('401 POST /api/v1/session');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('用户名或密码不对。').waitFor();

  await page.getByLabel('密码', { exact: true }).focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('correct horse battery');
  for (let presses = 0; presses < 3 && (await focused()) !== '登录'; presses++)
    await page.keyboard.press('Tab');
  expect(await focused()).toBe('登录');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '联合抽查' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/campaigns');

  await page.getByRole('link', { name: '一次查 OneVisit' }).click();
  await page.getByRole('heading', { name: '我的任务' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/');
  await see(page, '没有符合条件的任务');
  await see(page, '还没有通知');
});

chapter('the first thing that Tab reaches on a page skips the navigation', async () => {
  const page = await site.visitors.person('coordinator');
  await page.getByRole('heading', { name: '我的任务' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: '我的任务' }).waitFor();
  await page.keyboard.press('Tab');
  await eventually(() => page.evaluate('document.activeElement.textContent'), '跳到正文');
  await page.keyboard.press('Enter');
  await eventually(() => page.evaluate('document.activeElement.id'), 'content');
});

chapter(
  'a plan with mistakes is refused at the fields they are in; the mended one becomes a draft',
  async () => {
    lead = await site.visitors.person('lead');
    await lead.getByRole('link', { name: '联合抽查' }).click();
    await see(lead, '还没有任务');
    await lead.getByRole('link', { name: '新建' }).click();
    const next = () => lead.getByRole('button', { name: '下一步' }).click();
    await next();
    const problemsOf = (field: string) => lead.locator(`#${field}_help`);
    await problemsOf('name').getByText('必填').waitFor();
    await problemsOf('regions').getByText('必填').waitFor();

    await lead.getByLabel('任务名称').fill(NAME);
    await choose(lead, '地区', '云溪市 691100');
    await lead.keyboard.press('Escape');
    await next();
    await see(lead, '选择事项后，在这里设定各部门人数');
    await next();
    await problemsOf('items').getByText('必填').waitFor();
    await lead.getByPlaceholder('按名称、编号或部门筛选').fill('消防');
    await eventually(() => lead.getByRole('checkbox').count(), 1);
    await lead.getByPlaceholder('按名称、编号或部门筛选').fill('');
    for (const department of Object.keys(DEPARTMENTS)) {
      await lead.getByRole('checkbox', { name: `检查事项 ${department}-001` }).check();
    }
    await see(lead, '已选 3 项，涉及 3 个部门');
    await next();
    // Sixty entities; what they come to is shown while the ratios are set.
    await lead.getByRole('row', { name: /^A 1% 15 / }).waitFor();
    await next();
    await setWindow(lead, '2020-01-06', shift(today, 60));
    await next();
    site.visitors.expectRefusal('422 POST /api/v1/campaigns');
    await lead.getByRole('button', { name: '创建草稿' }).click();
    await problemsOf('window').getByText('检查开始日期 2020-01-06 已过').waitFor();
    expect(await site.town.db('campaigns')).toEqual([]);

    await setWindow(lead, today, shift(today, 60));
    await next();
    await lead.getByRole('button', { name: '创建草稿' }).click();
    await lead.getByRole('heading', { name: NAME }).waitFor();
    await seeStage(lead, '草稿');
    code = /campaigns\/([\w-]+)$/.exec(lead.url())?.[1] ?? '';
    expect(await site.town.db('campaigns').pluck('code')).toEqual([code]);
  },
);

chapter('the plan is submitted, returned with a reason, mended, submitted again and approved', async () => {
  await give(lead, '提交审核');
  await seeStage(lead, '待审核');
  expect(await lead.getByRole('button', { name: '批准', exact: true }).count()).toBe(0);

  const approver = await site.visitors.person('approver');
  await approver.goto('/');
  await approver.getByRole('link', { name: `方案待审核：${NAME}` }).click();
  await seeStage(approver, '待审核');
  await openDialog(approver, '退回');
  await confirm(approver, '退回');
  await see(approver, '请写明理由');
  await approver.getByLabel('理由').fill('检查期限太长，请缩短。');
  await confirm(approver, '退回');
  await seeStage(approver, '已退回');

  await see(lead, '退回理由：检查期限太长，请缩短。');
  await lead.getByRole('link', { name: '修改方案' }).click();
  await setWindow(lead, today, shift(today, 30));
  await lead.getByRole('button', { name: '保存修改' }).click();
  await see(lead, `检查期限 ${today} 至 ${shift(today, 30)}`);
  await give(lead, '提交审核');

  await seeStage(approver, '待审核');
  await give(approver, '批准');
  await seeStage(approver, '已批准');
});

chapter('the registry is frozen; every liaison seals, keeps the value, and reveals it', async () => {
  await seeStage(lead, '已批准');
  await give(lead, '冻结名录');
  await see(lead, '等待封存：市场监管局、卫健委、消防救援支队');

  for (const department of Object.keys(DEPARTMENTS)) {
    const page = await liaison(department);
    await page.goto('/');
    await page.getByRole('link', { name: '封存随机值', exact: true }).click();
    await openDialog(page, '封存');
    await confirm(page, '封存');
    await see(page, '请先备份随机值');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('dialog').getByRole('button', { name: '下载' }).click(),
    ]);
    const kept = await readDownload(download);
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(kept)?.[1] ?? '';
    expect(field('seal')).toBe(sealOf(field('commitment'), department, field('value')));
    await page.getByRole('dialog').getByRole('button', { name: '复制' }).click();
    await see(page, '已复制');
    await page.getByLabel('我已下载或复制随机值').check();
    await confirm(page, '封存');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await site.town.db('contributions').where({ contributor: department }).pluck('seal')).toEqual([
      field('seal'),
    ]);
  }

  await seeStage(lead, '已封存，待揭示');
  expect(await lead.getByRole('button', { name: '抽取', exact: true }).count()).toBe(0);
  for (const department of Object.keys(DEPARTMENTS)) {
    const page = await liaison(department);
    await seeStage(page, '已封存，待揭示');
    await openDialog(page, '揭示');
    await see(page, '已填入本浏览器保存的随机值');
    if (department === 'WJW') await revealWrongly(page);
    await confirm(page, '揭示');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  }
});

/** The value is not the sealed one: told, and nothing is stored. */
async function revealWrongly(page: Page): Promise<void> {
  const value = page.getByLabel('随机值');
  const kept = await value.inputValue();
  await value.fill('not the value that was sealed');
  site.visitors.expectRefusal(`422 POST /api/v1/campaigns/${code}/reveal`);
  await confirm(page, '揭示');
  await page.getByRole('dialog').getByText('揭示的值与封存不符').waitFor();
  expect(await site.town.db('contributions').where({ contributor: 'WJW' }).pluck('value')).toEqual([null]);
  await value.fill(kept);
}

chapter('dice are rolled in public, the draw is made and the visits are dispatched', async () => {
  await see(lead, '公共随机值：两名人员分别登记，一致后生效');
  await openDialog(lead, '登记公共随机值');
  await lead.getByLabel('点数').fill('3 1 4 1 5 2 6 5 3 5');
  await lead.getByLabel('查证途径').fill('市政务大厅公开掷骰，录像公布于政府网站');
  await confirm(lead, '登记公共随机值');
  await see(lead, '请另一人独立登记同一个值');
  const witness = await openCampaign('supervisor');
  await openDialog(witness, '登记公共随机值');
  await see(witness, '查证途径（第一人填写）：市政务大厅公开掷骰');
  await witness.getByLabel('点数').fill('3141526535');
  await confirm(witness, '登记公共随机值');
  await see(witness, '两人登记一致');

  await give(lead, '抽取');
  await seeStage(lead, '已抽取');
  await give(lead, '派发');
  await seeStage(lead, '已派发');
  // 15 entities in each of four strata at 1, 3, 10 and 20 %.
  const visits = (await site.town.db('visits').orderBy('number')) as { entity_id: number }[];
  expect(visits).toHaveLength(7);
  await lead.getByRole('tab', { name: '检查对象 7' }).click();
  const rows = lead.getByRole('tabpanel', { name: '检查对象' }).locator('tr.ant-table-row');
  await eventually(() => rows.count(), 7);
  expect(await rows.first().textContent()).toContain('市场监管局 SCJG-000');
});

chapter(
  'departments’ heads approve the inspections; where a department has none, the leading group',
  async () => {
    const early = await site.visitors.person('scjg-0001');
    await early.goto('/');
    await early.getByRole('link', { name: /^录入检查结果：第 1 户/ }).click();
    await see(early, '检查须先由部门负责人批准，批准后在这里录入结果。');

    const head = await openCampaign('scjg-head');
    await head.getByRole('tab', { name: /^检查审批/ }).click();
    await see(head, '市场监管局待审批 7 项');
    await head.getByRole('button', { name: '退回全部待审批的' }).click();
    await see(head, '退回请写明理由');
    await head.getByRole('button', { name: '批准全部无异常的' }).click();
    await see(head, '已处理 7 项，还有 0 项待审批');
    const group = await openCampaign('approver');
    await group.getByRole('tab', { name: /^检查审批/ }).click();
    for (const department of ['卫健委', '消防救援支队']) {
      await see(group, new RegExp(`^${department}待审批 \\d+ 项$`));
    }
    for (
      let left = await group.getByRole('button', { name: '批准全部无异常的' }).count();
      left > 0;
      left -= 1
    ) {
      await group.getByRole('button', { name: '批准全部无异常的' }).first().click();
      await eventually(() => group.getByRole('button', { name: '批准全部无异常的' }).count(), left - 1);
    }
    await eventually(
      async () =>
        site.town.db('tasks').where({ kind: 'approve-inspections' }).whereNull('done_at').pluck('id'),
      [],
    );
  },
);

chapter('an inspector fills in a visit on a phone', async () => {
  const page = await site.visitors.visitor('scjg-0001', PHONE);
  await page.goto('/');
  await signIn(page, 'scjg-0001');
  await page.getByRole('heading', { name: '我的任务' }).waitFor();
  await page.getByRole('link', { name: /^录入检查结果：第 1 户/ }).click();
  await page.getByRole('heading', { name: /^第 1 户：云溪餐饮\d+号店/ }).waitFor();
  await eventually(() => widthBeyond(page), 0);
  await page.getByRole('button', { name: '提交检查结果' }).click();
  await see(page, '请至少为一个事项选择检查结果');

  await page.getByText('是', { exact: true }).click();
  await choose(page, '检查结果', '5 发现问题已责令改正');
  await page.getByRole('button', { name: '提交检查结果' }).click();
  await see(page, '发现问题的，请写明处理意见');

  await page.reload();
  await see(page, /草稿.*尚未提交/);
  await page.getByLabel('处理意见').fill('许可证过期，责令 15 日内改正。');
  await page.getByRole('button', { name: '提交检查结果' }).click();
  await page.getByRole('dialog').getByText('提交后不能更改').waitFor();
  await page.getByRole('button', { name: '确认提交', exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await see(page, '许可证过期，责令 15 日内改正。');
  await page.getByText('由 卫健委 录入').waitFor();
  await eventually(() => page.getByRole('button', { name: '提交检查结果' }).count(), 0);
  expect(
    await site.town
      .db('visit_items')
      .whereNotNull('result_code')
      .select('item_code', 'result_code', 'answers'),
  ).toEqual([{ item_code: 'SCJG-001', result_code: 5, answers: { license: true } }]);

  // The way to everything else is at the thumb.
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '我的任务' }).click();
  await page.getByRole('link', { name: /^录入检查结果：第 2 户/ }).waitFor();
  await page.goto(`/campaigns/${code}?tab=visits`);
  await see(page, '第 5 步，共 7 步：检查');
  await page
    .getByRole('link', { name: /^云溪餐饮/ })
    .first()
    .waitFor();
  await eventually(() => widthBeyond(page), 0);
  await page.context().close();
});

/** By how much the page is wider than the screen. */
const widthBeyond = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

chapter('when the last result is in, the lead is told; oversight shows who was in time', async () => {
  await submitRest(site.town, code, today);
  await seeStage(lead, '结果齐全');

  const supervisor = await site.visitors.person('supervisor');
  await supervisor.getByRole('link', { name: '督查' }).click();
  // The usual period ends with the year, which the dates of this campaign may pass.
  await supervisor.goto(`/oversight?from=${today}&to=${shift(today, 60)}`);
  await choose(supervisor, '任务', NAME);
  const row = supervisor.getByRole('row', { name: /^市场监管局/ });
  // In time, late, overdue: 1 seal, 1 value, 1 approval and 7 results.
  const cells = () => row.first().getByRole('cell').allTextContents();
  await eventually(async () => (await cells()).slice(2, 5), ['10', '0', '0']);
  await see(supervisor, /(待汇总|待发|发送中|已发出|已送达) \d+/);
});

chapter('what was found is handled by its department', async () => {
  const page = await liaison('SCJG');
  await page.goto(`/campaigns/${code}?tab=oversight`);
  await page.getByRole('link', { name: /发现问题已责令改正/ }).click();
  for (const step of ['当事人已改正', '复查合格']) {
    await page.getByRole('button', { name: step }).click();
    await page.getByRole('dialog').getByLabel('情况说明').fill('已现场核实。');
    await page.getByRole('dialog').getByRole('button', { name: '登记' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  }
  await page.locator('.page-head').getByText('已办结').waitFor();
});

chapter('the results are published and the campaign is closed', async () => {
  await give(lead, '公示');
  await seeStage(lead, '已公示');
  await give(lead, '办结');
  await seeStage(lead, '已办结');
  await see(lead, '任务已办结。');
  await eventually(() => lead.getByRole('button', { name: '取消任务' }).count(), 0);
  await lead.getByRole('tab', { name: '经过' }).click();
  await see(lead, '检查期限太长，请缩短。');
  const steps = lead.locator('.ant-timeline strong');
  await eventually(
    async () => [...new Set(await steps.allTextContents())],
    [
      ...[
        '新建方案',
        '提交审核',
        '退回',
        '修改方案',
        '批准',
        '冻结名录',
        '封存',
        '揭示',
        '登记公共随机值（两人之一）',
        '登记公共随机值',
      ],
      ...['抽取', '派发', '公示', '办结'],
    ],
  );
});

chapter('a citizen looks everything up without signing in, and checks the commitment', async () => {
  const page = await site.visitors.visitor('citizen', PHONE);
  await page.goto('/public');
  await page.getByRole('link', { name: NAME, exact: true }).click();
  await page.getByRole('heading', { name: NAME }).waitFor();
  await page.getByText('发现问题已责令改正').first().waitFor();
  await eventually(() => widthBeyond(page), 0);
  await page.getByRole('button', { name: '在浏览器里核对承诺值' }).click();
  await see(page, '一致：清单的 SHA-256 就是承诺值。');
  await see(page, '市政务大厅公开掷骰，录像公布于政府网站');

  const drawn = page
    .locator('section, .panel')
    .filter({ has: page.getByRole('heading', { name: '抽中的检查对象' }) })
    .last();
  await eventually(() => drawn.getByRole('row').count(), 8);
  await drawn.getByRole('searchbox').fill('不存在的企业');
  await drawn.getByRole('button', { name: '搜索' }).click();
  await see(page, '没有查到“不存在的企业”。');

  const [bundle] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '下载抽取文件包（ZIP）' }).click(),
  ]);
  expect((await readDownload(bundle, 'latin1')).slice(0, 2)).toBe('PK');
  const [results] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '下载全部结果（CSV）' }).click(),
  ]);
  expect(await readDownload(results)).toContain('发现问题已责令改正');

  await page.getByRole('link', { name: '事项清单' }).click();
  await page.getByRole('heading', { name: '随机抽查事项清单' }).waitFor();
  await page.getByText('检查事项 SCJG-001').click();
  await see(page, '中华人民共和国食品安全法');
  await page.context().close();
});

chapter('pages that are not there say so, in the language that was chosen', async () => {
  const page = await site.visitors.visitor('somebody');
  await page.goto('/no/such/page');
  await page.getByRole('heading', { name: '没有这个页面' }).waitFor();
  site.visitors.expectRefusal('404 GET /public/NONE');
  site.visitors.expectRefusal('404 GET /api/v1/public/campaigns/NONE');
  // Written by the server, it says so before the browser has asked for itself.
  const asked = page.waitForResponse((answer) => answer.url().endsWith('/public/campaigns/NONE'));
  await page.goto('/public/NONE');
  await see(page, '没有编号为“NONE”的任务');
  await asked;

  await page.goto('/login');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await page.goto('/no/such/page');
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
  await page.goto(`/public/${code}`);
  await see(page, 'Problem found');
  await page.getByRole('button', { name: '中文' }).click();
  await see(page, '抽中的检查对象');
});

chapter('who signs out is out, on every page', async () => {
  const page = await openCampaign('approver');
  await page.getByRole('button', { name: '账户菜单：approver' }).click();
  await see(page, '审批领导 · 领导小组');
  await page.getByRole('menuitem', { name: '退出登录' }).click();
  await page.getByLabel('用户名').waitFor();
  await page.goto(`/campaigns/${code}`);
  await page.getByLabel('用户名').waitFor();
  expect(await page.getByRole('heading', { name: NAME }).count()).toBe(0);
});
