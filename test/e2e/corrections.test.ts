/** A result that was wrong: its correction is asked for on the phone, returned, approved; and what the public reads then. */
import type { Page } from 'playwright-core';
import { dayOf, shift } from '../../domain/deadlines/working-days';
import { drawnCampaign } from './ceremony-steps';
import { see } from './support/campaign-page';
import { chapters } from './support/chapters';
import { eventually } from './support/eventually';
import { submitRest, visitsOf } from './support/inspecting';
import { visitedTown } from './support/visited-town';
import { PHONE, signIn } from './support/visitors';

const ITEM = 'SCJG-001';
const today = dayOf(new Date());
const site = visitedTown();
const chapter = chapters(() => site.visitors);

let visit = 0;
let code = '';
let phone: Page;

beforeAll(async () => {
  const { town } = site;
  // Everybody, so that the department has a visit whatever is drawn.
  const ratios = ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratioPpm: 1_000_000, minimum: 1 }));
  code = await drawnCampaign(town, { ratios, visitFrom: today, visitTo: shift(today, 30) });
  await (await town.signedIn('lead')).get('dispatchCampaign', { params: { code } });
  const mine = (await visitsOf(town, code)).find(({ items }) => items.some(({ item }) => item.code === ITEM));
  visit = mine?.id ?? 0;
  await (
    await town.signedIn('scjg-0001')
  ).get('submitResults', {
    params: { id: visit },
    body: { visitOn: today, results: [{ item: ITEM, resultCode: 1, answers: { license: true } }] },
  });
}, 180_000);

const fits = (page: Page) =>
  eventually(
    () => page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    0,
  );

chapter('an inspector asks on the phone for the correction of what was handed in', async () => {
  phone = await site.visitors.visitor('scjg-0001', PHONE);
  await phone.goto('/login');
  await signIn(phone, 'scjg-0001');
  await phone.goto(`/visits/${visit}`);
  await phone.getByRole('button', { name: '申请更正' }).click();
  const dialog = phone.getByRole('dialog');
  await dialog.getByText('否', { exact: true }).click();
  await dialog.getByLabel('检查结果').click();
  await phone.locator('.ant-select-item-option:visible', { hasText: '5 发现问题已责令改正' }).click();
  await dialog.getByLabel('处理意见').fill('责令立即公示许可证');
  await dialog.getByRole('button', { name: '提交申请' }).click();
  await dialog.getByText('请写明更正理由').waitFor();
  site.visitors.expectRefusal(`422 POST /api/v1/visits/${visit}/corrections`);
  await dialog.getByLabel('更正理由').fill('店主来电 13800138000 说明许可证没有公示');
  await dialog.getByRole('button', { name: '提交申请' }).click();
  await dialog.getByText('含有未遮盖的电话号码').first().waitFor();
  await dialog.getByLabel('更正理由').fill('复核照片，许可证没有公示');
  await dialog.getByRole('button', { name: '提交申请' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await see(phone, '待审批');
  await see(phone, '批准后：新立后续处理案件');
  await fits(phone);
});

chapter('the head returns it, and the inspector finds that among the tasks', async () => {
  const head = await site.visitors.person('scjg-head');
  await head.goto('/');
  await head.getByRole('link', { name: /审批更正或撤回的申请/ }).click();
  await head.getByRole('heading', { name: /^第 \d+ 户/ }).waitFor();
  await head.getByRole('button', { name: '退回' }).click();
  await head.getByText('退回请写明理由').waitFor();
  await head.getByLabel('审批意见（退回必填）').fill('请写明复核的日期');
  await head.getByRole('button', { name: '退回' }).click();
  await see(head, '已退回');
  await phone.goto('/');
  await phone.getByRole('link', { name: /修改被退回的更正或撤回申请/ }).click();
  await see(phone, '请写明复核的日期');
  await phone.getByRole('button', { name: '修改后重新提交' }).click();
  const dialog = phone.getByRole('dialog');
  await dialog.getByLabel('更正理由').fill(`${today} 复核照片，许可证没有公示`);
  await dialog.getByRole('button', { name: '提交申请' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await see(phone, '待审批');
});

chapter('once approved the result is another one, its case is open, and what it was stays', async () => {
  const head = await site.visitors.person('scjg-head');
  await head.goto(`/visits/${visit}`);
  await head.getByRole('button', { name: '批准', exact: true }).click();
  await see(head, '随更正：新立后续处理案件');
  const row = head.getByRole('row', { name: /是否公示许可证/ });
  await eventually(() => row.getByRole('cell').allTextContents(), ['是', '否']);
  await head
    .getByRole('link', { name: /责令改正/ })
    .first()
    .waitFor();
  await phone.reload();
  await see(phone, '发现问题已责令改正');
  await fits(phone);
  await head.goto(`/visits/${visit}/forms/print?filled`);
  await head.getByRole('heading', { name: '更正', exact: true }).waitFor();
  await see(head, `${today} 复核照片，许可证没有公示`);
});

const approve = async () => {
  const head = await site.visitors.person('scjg-head');
  await head.goto(`/visits/${visit}`);
  // The button changes as soon as it is pressed; what everybody reads changes with the answer.
  await Promise.all([
    head.waitForResponse((answer) => answer.url().endsWith('/decision') && answer.ok()),
    head.getByRole('button', { name: '批准', exact: true }).click(),
  ]);
  await eventually(() => head.getByRole('button', { name: '批准', exact: true }).count(), 0);
};

chapter('a correction of what is public says so to everybody, with what it said before', async () => {
  await submitRest(site.town, code, today);
  await (await site.town.signedIn('lead')).get('publishCampaign', { params: { code } });
  await (
    await site.town.signedIn('scjg-0001')
  ).get('requestCorrection', {
    params: { id: visit },
    body: { item: ITEM, resultCode: 1, answers: { license: true }, reason: '当事人提供了公示的照片' },
  });
  await approve();
  const citizen = await site.visitors.visitor('citizen', PHONE);
  await citizen.goto(`/public/${code}`);
  await see(citizen, new RegExp(`已更正（${today}：当事人提供了公示的照片）`));
  await see(citizen, '更正前：发现问题已责令改正');
  await fits(citizen);
});

chapter('a withdrawn one stands there without its content, and comes back corrected', async () => {
  const lead = await site.visitors.person('lead');
  await lead.goto(`/visits/${visit}`);
  const item = lead.getByRole('listitem').filter({ hasText: ITEM }).last();
  await item.getByRole('button', { name: '更正或撤回公示' }).click();
  const dialog = lead.getByRole('dialog');
  await dialog.getByLabel('理由（向社会公示）').fill('公示的对象有误，核实中');
  await dialog.getByRole('button', { name: '提交申请' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await approve();
  const citizen = await site.visitors.visitor('neighbour');
  await citizen.goto(`/public/${code}`);
  const row = citizen.getByRole('row', { name: /已撤回/ });
  await row.getByText('内容已撤回').waitFor();
  await row.getByText(`（${today}：公示的对象有误，核实中）`).waitFor();
  expect(await row.textContent()).not.toContain('未发现问题');

  await lead.reload();
  await lead.getByText('公示已撤回').first().waitFor();
  await item.getByRole('button', { name: '更正或撤回公示' }).click();
  await dialog.getByLabel('公示的名称').fill('王小明 13800138000');
  await dialog.getByLabel('理由（向社会公示）').fill('核实完毕，重新公示');
  site.visitors.expectRefusal(`422 POST /api/v1/visits/${visit}/publication-changes`);
  await dialog.getByRole('button', { name: '提交申请' }).click();
  await dialog.getByText('含有未遮盖的电话号码').first().waitFor();
  await dialog.getByLabel('公示的名称').fill('云溪一号店');
  await dialog.getByRole('button', { name: '提交申请' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await approve();
  await citizen.reload();
  await see(citizen, '云溪一号店');
  await see(citizen, new RegExp(`已更正（${today}：核实完毕，重新公示）`));
});
