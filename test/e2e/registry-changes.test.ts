/** An inspector falls out of a campaign under way: the department says so, the lead is told, and asks for another. */
import { dayOf, shift } from '../../domain/deadlines/working-days';
import { drawnCampaign } from './ceremony-steps';
import { see } from './support/campaign-page';
import { chapters } from './support/chapters';
import { visitsOf } from './support/inspecting';
import { visitedTown } from './support/visited-town';

const today = dayOf(new Date());
const site = visitedTown();
const chapter = chapters(() => site.visitors);

let code = '';
let visit = 0;
let leaving = '';

beforeAll(async () => {
  code = await drawnCampaign(site.town, { visitFrom: today, visitTo: shift(today, 30) });
  await (await site.town.signedIn('lead')).get('dispatchCampaign', { params: { code } });
  const [first] = await visitsOf(site.town, code);
  visit = first?.id ?? 0;
  leaving = first?.inspectors.find((one) => one.department === 'WJW')?.code ?? '';
}, 120_000);

chapter('the department suspends somebody of a team, with a reason', async () => {
  const liaison = await site.visitors.person('wjw-liaison');
  await liaison.goto(`/inspectors?q=${leaving}`);
  await liaison.getByRole('link', { name: leaving }).click();
  await liaison.getByRole('button', { name: '修改' }).click();
  const dialog = liaison.getByRole('dialog');
  await dialog.getByLabel('状态').click();
  await liaison.locator('.ant-select-item-option', { hasText: '暂停执法' }).click();
  await dialog.getByRole('button', { name: '保存' }).click();
  await dialog.getByText('请写明理由').waitFor();
  await dialog.getByLabel('理由').fill('停职调查');
  await dialog.getByRole('button', { name: '保存' }).click();
  await see(liaison, '已保存');
  await dialog.waitFor({ state: 'hidden' });
  await liaison.getByText('停职调查').waitFor();
});

chapter('the lead has a task, which leads to the request with the name filled in', async () => {
  const lead = await site.visitors.person('lead');
  await lead.goto('/');
  const task = lead.getByRole('link', { name: new RegExp(`处理检查人员变动：.*${leaving}.*暂停执法`) });
  await task.waitFor();
  await lead.getByText('请申请替换检查人员：由下一号票递补').waitFor();
  await task.click();
  const dialog = lead.getByRole('dialog');
  await dialog.getByText(new RegExp(`${leaving}.*户未检查`)).waitFor();
  await dialog.getByLabel('理由').fill('该检查人员已暂停执法');
  await dialog.getByRole('button', { name: '提交申请' }).click();
  await see(lead, '已提交，等待批准。');
});

chapter('who visits reads that somebody is missing, and not why', async () => {
  const phone = await site.visitors.person('wjw-liaison');
  await phone.setViewportSize({ width: 390, height: 844 });
  await phone.goto(`/visits/${visit}`);
  await phone.getByText('抽取后名录有变动').waitFor();
  await phone.getByText('不能继续参加检查，由牵头部门申请替换').waitFor();
  expect(await phone.getByText('暂停执法').count()).toBe(0);
});
