/** One violation from its result to its repair, by the people who have to do with it, at phone and desk. */
import type { Page } from 'playwright-core';
import { dayOf, shift } from '../../domain/deadlines/working-days';
import { until } from '../support/until';
import { drawnCampaign } from './ceremony-steps';
import { choose, see } from './support/campaign-page';
import { chapters } from './support/chapters';
import { eventually } from './support/eventually';
import { visitsOf } from './support/inspecting';
import { visitedTown } from './support/visited-town';
import { PHONE, signIn } from './support/visitors';

const today = dayOf(new Date());
const site = visitedTown();
const chapter = chapters(() => site.visitors);

let id = 0;
let creditCode = '';
let phone: Page;

beforeAll(async () => {
  const { town } = site;
  const code = await drawnCampaign(town, { visitFrom: today, visitTo: shift(today, 30) });
  await (await town.signedIn('lead')).get('dispatchCampaign', { params: { code } });
  const [visit] = await visitsOf(town, code);
  const inspector = visit?.inspectors.find((one) => one.department === 'SCJG')?.code ?? '';
  await (
    await town.signedIn(inspector.toLowerCase())
  ).get('submitResults', {
    params: { id: visit?.id ?? 0 },
    body: {
      visitOn: today,
      results: [{ item: 'SCJG-001', resultCode: 6, opinion: '两次拒绝检查人员进入，已录像。' }],
    },
  });
  const [opened] = await until(
    () => town.db('handling_events').where({ kind: 'opened' }).select<{ case_id: number }[]>('case_id'),
    (events) => events.length > 0,
  );
  id = opened?.case_id ?? 0;
}, 120_000);

/** Takes a step in its dialog. */
async function take(
  page: Page,
  button: string,
  fill: (dialog: ReturnType<Page['getByRole']>) => Promise<void>,
) {
  await page.getByRole('button', { name: button, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await fill(dialog);
  await dialog.getByLabel('情况说明').fill('经核实。');
  await dialog.getByRole('button', { name: '登记', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

const nothing = () => Promise.resolve();

const hasState = (page: Page, state: string): Promise<void> =>
  page.locator('.page-head .ant-tag', { hasText: state }).waitFor();

chapter('the credit office says who is told of an entry, and when one can be repaired', async () => {
  const credit = await site.visitors.person('credit');
  await credit.goto('/credit');
  await see(credit, '没有信用记录');
  await credit.getByRole('button', { name: '修改' }).click();
  const dialog = credit.getByRole('dialog');
  await dialog.getByLabel('列入多少个月后可申请移出').last().fill('0');
  await dialog.getByRole('button', { name: '增加一条' }).click();
  await dialog.getByLabel('部门', { exact: true }).click();
  await credit.locator('.ant-select-item-option:visible', { hasText: '卫健委' }).click();
  await dialog.getByLabel('措施', { exact: true }).fill('列为重点监管对象');
  await dialog.getByRole('button', { name: '修改' }).click();
  await dialog.getByText('请写明修改的理由').waitFor();
  await dialog.getByLabel('修改理由').fill('按联合惩戒措施清单');
  await dialog.getByRole('button', { name: '修改' }).click();
  await see(credit, '严重违法失信名单 → 卫健委：列为重点监管对象');
  await see(credit, /现行第 1 版/);
});

chapter(
  'the department proposes the list from its task, on a phone, and records what the party said',
  async () => {
    phone = await site.visitors.visitor('scjg-liaison', PHONE);
    await phone.goto('/login');
    await signIn(phone, 'scjg-liaison');
    await phone
      .getByRole('link', { name: /作出处理决定/ })
      .first()
      .click();
    await phone.waitForURL(`**/cases/${id}`);
    await see(phone, '两次拒绝检查人员进入，已录像。');
    await take(phone, '提出列入建议', async (dialog) => {
      await dialog.getByLabel('违法事实和证据').fill('9 时和 15 时两次拒绝进入，有录像。');
      await dialog.getByLabel('依据（法律名称、条款）').fill('严重违法失信名单管理办法第五条');
    });
    await hasState(phone, '陈述申辩期内');
    await take(phone, '登记陈述申辩情况', (dialog) =>
      dialog.getByLabel('当事人的陈述申辩').fill('当时负责人不在。'),
    );
    await hasState(phone, '待决定是否列入');
    // On a phone nothing of it is wider than the screen.
    const main = `document.querySelector('main')`;
    expect(await phone.evaluate(`${main}.scrollWidth - ${main}.clientWidth`)).toBe(0);
  },
);

chapter(
  'the head of the department that keeps the list finds it and decides; the registry shows it',
  async () => {
    const head = await site.visitors.person('scjg-head');
    await head.goto('/cases');
    await choose(head, '状态', '待决定是否列入');
    await head.getByRole('link', { name: /不配合检查情节严重/ }).click();
    await take(head, '决定列入', nothing);
    await hasState(head, '已列入');
    await head.getByText('1 个部门中 0 个已反馈').waitFor();
    await head.getByText('尚未公示').first().waitFor();
    creditCode = await head
      .getByRole('link', { name: /云溪餐饮/ })
      .first()
      .getAttribute('href')
      .then((href) => href?.split('/').at(-1) ?? '');
    await head.goto(`/entities/${creditCode}`);
    await head.locator('.page-head').getByText('严重违法', { exact: true }).waitFor();
    await head.locator('.page-head').getByText('抽查类别 D').waitFor();
    await head.getByRole('link', { name: `第 ${id} 号案件的决定` }).waitFor();
  },
);

chapter('the department that was told answers what it did', async () => {
  const health = await site.visitors.person('wjw-liaison');
  await health.goto('/');
  await health.getByRole('link', { name: /反馈联合惩戒措施/ }).click();
  await take(health, '反馈', async (dialog) => {
    await dialog.getByLabel('采取的措施').fill('列入重点监管名册');
    await dialog.getByLabel('日期').fill(today);
    await dialog.getByLabel('日期').press('Enter');
  });
  await health.getByText('1 个部门中 1 个已反馈').waitFor();
});

chapter('mended, the entry is taken off by another’s decision, and measures are lifted', async () => {
  await phone.reload();
  await take(phone, '申请移出（信用修复）', (dialog) => dialog.getByText('已核实当事人改正到位').click());
  await hasState(phone, '移出待决定');
  const head = await site.visitors.person('scjg-head');
  await head.goto(`/cases/${id}`);
  await take(head, '决定移出（准予修复）', nothing);
  await hasState(head, '待解除惩戒措施');
  const health = await site.visitors.person('wjw-liaison');
  await health.goto(`/cases/${id}`);
  await take(health, '登记解除', async (dialog) => {
    await dialog.getByLabel('日期').fill(today);
    await dialog.getByLabel('日期').press('Enter');
  });
  await hasState(health, '已办结');
});

chapter('the whole course is one timeline, and the flag is gone', async () => {
  await phone.reload();
  await hasState(phone, '已办结');
  await eventually(
    () => phone.locator('.ant-timeline strong').allTextContents(),
    [
      '检查发现问题：不配合检查情节严重',
      '提出列入建议',
      '登记陈述申辩情况',
      '决定列入',
      '发出联合惩戒通知',
      '联合惩戒反馈',
      '申请移出（信用修复）',
      '决定移出（准予修复）',
      '已解除惩戒措施',
    ],
  );
  await phone.goto(`/entities/${creditCode}`);
  await phone.locator('.page-head').getByText('抽查类别').waitFor();
  expect(await phone.locator('.page-head').getByText('严重违法', { exact: true }).count()).toBe(0);
});
