/** Changes after a draw at people's desks: asked for, approved by somebody else, seen by the inspectors and by everybody. */
import type { Locator, Page } from 'playwright-core';
import { dayOf, shift } from '../../domain/deadlines/working-days';
import { buildInspector } from '../support/build-city';
import { drawnCampaign } from './ceremony-steps';
import { chapters } from './support/chapters';
import { choose, see } from './support/campaign-page';
import { visitsOf } from './support/inspecting';
import { entriesOf } from './support/public-record';
import { readDownload } from './support/read-download';
import { visitedTown } from './support/visited-town';
import { PHONE, signIn } from './support/visitors';

const today = dayOf(new Date());
const site = visitedTown(async ({ db }) => {
  for (const number of [3, 4, 5]) await buildInspector(db, { code: `WJW-000${number}`, department: 'WJW' });
});
const chapter = chapters(() => site.visitors);

let code = '';
/** Who can't go, and the visits that are theirs. */
let leaving = '';
let own: number[] = [];

beforeAll(async () => {
  code = await drawnCampaign(site.town, { visitFrom: today, visitTo: shift(today, 30) });
  await (await site.town.signedIn('lead')).get('dispatchCampaign', { params: { code } });
  leaving = (await teamsOf('WJW'))[0]?.team[0] ?? '';
  own = (await teamsOf('WJW')).filter(({ team }) => team.includes(leaving)).map(({ number }) => number);
}, 120_000);

/** The department's people in each visit, as the API has them now. */
async function teamsOf(department: string) {
  return (await visitsOf(site.town, code)).map((visit, at) => ({
    id: visit.id,
    number: at + 1,
    team: visit.inspectors.filter((one) => one.department === department).map((one) => one.code),
  }));
}

async function openChanges(username: string): Promise<Page> {
  const page = await site.visitors.person(username);
  await page.goto(`/campaigns/${code}?tab=amendments`);
  await page.getByText('抽取后的变更').waitFor();
  return page;
}

async function openRequest(page: Page, kind: string): Promise<Locator> {
  await page.getByRole('button', { name: kind, exact: true }).click();
  return page.getByRole('dialog');
}

const send = (dialog: Locator) => dialog.getByRole('button', { name: '提交申请' }).click();

/** The request among the campaign's changes by what it says. */
const rowOf = (page: Page, text: string) => page.locator('.row-list > li').filter({ hasText: text }).first();

async function readRecord(page: Page) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '下载原始记录（JSON Lines）' }).click(),
  ]);
  const bundle = await fetch(`${site.town.url}/api/v1/public/campaigns/${code}/bundle.zip`);
  return entriesOf(await readDownload(download), Buffer.from(await bundle.arrayBuffer()));
}

chapter('nothing has changed: the office and everybody are told so', async () => {
  const lead = await openChanges('lead');
  await see(lead, '没有变更。检查人员确有不能到场的，由其部门或牵头部门在这里申请替换。');
  const citizen = await site.visitors.visitor('citizen', PHONE);
  await citizen.goto(`/public/${code}`);
  await see(citizen, '没有变更：检查对象与检查人员与抽取时一致。');
  expect(await readRecord(citizen)).toEqual([]);
  await citizen.context().close();
});

chapter('the lead asks for a replacement; what is missing is said at its field', async () => {
  const lead = await openChanges('lead');
  const dialog = await openRequest(lead, '替换检查人员');
  await send(dialog);
  await dialog.getByText('请选择检查人员').waitFor();
  await dialog.getByText('请写明理由（至少 5 个字）').waitFor();
  await dialog.getByLabel('只是其中几户').check();
  await send(dialog);
  await dialog.getByText('请至少选择一户').waitFor();

  await choose(lead, '不能到场的检查人员', `${leaving}（${leaving}）· ${own.length} 户未检查`);
  // Only the visits that are this person's are on offer.
  await dialog.getByLabel('户号').click();
  // The list before it may still be on its way out.
  const offered = lead.locator('.ant-select-item-option').filter({ hasText: /^第 \d+ 户$/ });
  await offered.nth(own.length - 1).waitFor();
  expect(await offered.allTextContents()).toEqual(own.map((number) => `第 ${number} 户`));
  await dialog.getByLabel('全部未完成的检查').check();
  await dialog.getByLabel('理由').fill('因公外出，本月不能到场');
  await send(dialog);
  await see(lead, '已提交，等待批准。');
  await dialog.waitFor({ state: 'hidden' });
  const row = rowOf(lead, `替换检查人员：${leaving}`);
  await row.getByText('待批准').waitFor();
  await row.getByText('等待牵头部门负责人或领导小组批准；批准人不能是申请人。').waitFor();
  expect(await row.getByRole('button').count()).toBe(0);
});

chapter('the head of the department finds it by its notice, and approves', async () => {
  const head = await site.visitors.person('scjg-head');
  await head.goto('/');
  await head.getByRole('link', { name: /变更申请待批准/ }).click();
  const row = rowOf(head, `替换检查人员：${leaving}`);
  await row.getByText('因公外出，本月不能到场').waitFor();
  await see(head, '1 项待批准');
  await row.getByRole('button', { name: '不批准' }).click();
  await row.getByRole('alert').getByText('不批准的，请写明理由。').waitFor();
  await row.getByLabel('意见（不批准时必填）').fill('同意，注意交接。');
  await row.getByRole('button', { name: '批准并执行' }).click();
  await row.getByText('已执行').waitFor();
  await row.getByText(`${own.length} 次检查的人员已按序号递补。`).waitFor();
  await row.getByText('意见：同意，注意交接。').waitFor();
  // The lead's page shows it by itself.
  await rowOf(await site.visitors.person('lead'), `替换检查人员：${leaving}`)
    .getByText('已执行')
    .waitFor();
});

chapter('the visit has its new team, who have it among their tasks, and everybody can read why', async () => {
  const { id, number, team } = (await teamsOf('WJW')).find((one) => one.number === own[0]) ?? {
    ...{ id: 0, number: 0, team: [] },
  };
  expect(team).not.toContain(leaving);
  const joined = team.find((one) => one !== '') ?? '';
  const phone = await site.visitors.visitor(joined, PHONE);
  await phone.goto('/login');
  await signIn(phone, joined.toLowerCase());
  await phone.goto(`/visits/${id}`);
  await phone.getByText(`卫健委 ${team.join('、')}`).waitFor();
  await phone.context().close();

  const citizen = await site.visitors.visitor('citizen', PHONE);
  await citizen.goto(`/public/${code}`);
  const record = citizen.locator('#record');
  await record.getByText('第 1 项：替换检查人员').waitFor();
  await record.getByText('理由：因公外出，本月不能到场').waitFor();
  await record.getByText(`${leaving} 不再参加本任务，以下检查由随机序号的下一人递补。`).waitFor();
  await record.getByText('✓ 已在本机核对：1 行逐行以哈希相连').waitFor();
  const drawn = citizen.locator('section').filter({ hasText: '抽中的检查对象' });
  const health = drawn
    .locator('tbody tr')
    .nth(number - 1)
    .getByText('卫健委')
    .locator('..');
  expect(await health.textContent()).toBe(`卫健委 ${team.join('、')}`);
  const [entry] = await readRecord(citizen);
  expect(entry).toMatchObject({ kind: 'replacement', inspector: leaving, scope: 'all' });
  expect(await citizen.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  // The ceremony's pages say that they show more than the ceremony.
  for (const place of ['ceremony', 'ceremony/1/minutes']) {
    await citizen.goto(`/public/${code}/${place}`);
    await see(citizen, '抽取之后有 1 项变更（替换检查人员或补充抽取）');
  }
  await citizen.getByRole('link', { name: '查看变更记录' }).click();
  await citizen.getByText('第 1 项：替换检查人员').waitFor();
  await citizen.context().close();
});

chapter('a supplementary draw: wrong ratios are said, the right ones are drawn on', async () => {
  const lead = await openChanges('lead');
  const dialog = await openRequest(lead, '补充抽取');
  await dialog.getByRole('row', { name: /A 类 10% 15 户中抽 2 户/ }).waitFor();
  await dialog.getByLabel('理由').fill('市政府要求扩大抽查面');
  await send(dialog);
  await dialog.getByText('请至少提高一类的比例。').waitFor();
  await dialog.getByLabel('A 类 提高到').fill('5');
  await send(dialog);
  await dialog.getByText('在 10% 与 100% 之间').waitFor();
  await dialog.getByLabel('A 类 提高到').fill('30');
  await send(dialog);
  await dialog.waitFor({ state: 'hidden' });
  await rowOf(lead, '补充抽取').getByText('A 类提高到 30%').waitFor();

  const head = await openChanges('scjg-head');
  const row = rowOf(head, '补充抽取');
  await row.getByRole('button', { name: '批准并执行' }).click();
  await row.getByText('补充抽取 3 户，0 户增加事项。').waitFor();
  await row.getByRole('link', { name: '查看公开记录' }).click();
  const record = head.locator('#record');
  await record.getByText('第 2 项：补充抽取').waitFor();
  await record.getByText('补充后的比例：A 类 30%（5 户）、B 类 10%（2 户）').waitFor();
  await record.getByText('新增或增加事项的检查对象 3 户').click();
  const added = record.locator('li').filter({ hasText: '第 2 项' }).locator('tbody tr');
  expect(await added.count()).toBe(3);
  await record.getByText('✓ 已在本机核对：2 行逐行以哈希相连').waitFor();
  const entries = await readRecord(head);
  expect(entries.map((entry) => entry.kind)).toEqual(['replacement', 'supplement']);

  // The next request starts from here.
  const again = await openChanges('lead');
  await (
    await openRequest(again, '补充抽取')
  )
    .getByRole('row', { name: /A 类 30% 15 户中抽 5 户/ })
    .waitFor();
});

chapter('a request that is not approved says why', async () => {
  const liaison = await openChanges('wjw-liaison');
  const dialog = await openRequest(liaison, '替换检查人员');
  expect(await liaison.getByRole('button', { name: '补充抽取' }).count()).toBe(0);
  const [other] = (await teamsOf('WJW')).flatMap(({ team }) => team);
  await choose(liaison, '不能到场的检查人员', `${other ?? ''}（`);
  await dialog.getByLabel('理由').fill('车辆不够，去不了');
  await send(dialog);
  await dialog.waitFor({ state: 'hidden' });

  const head = await openChanges('scjg-head');
  const row = rowOf(head, '车辆不够，去不了');
  await row.getByLabel('意见（不批准时必填）').fill('请另派车辆，不必换人。');
  await row.getByRole('button', { name: '不批准' }).click();
  await row.getByText('未批准', { exact: true }).waitFor();
  await rowOf(liaison, '车辆不够，去不了').getByText('意见：请另派车辆，不必换人。').waitFor();
  await liaison.goto('/');
  await liaison.getByRole('link', { name: /变更申请未获批准/ }).waitFor();
  expect(await site.town.db('draw_records').count()).toEqual([{ count: 2 }]);
});
