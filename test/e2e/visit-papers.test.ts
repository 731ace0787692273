/** The papers of a visit: the notice on A4 and by its code on a phone, what its entity does there, days that collide. */
import type { Page } from 'playwright-core';
import { dayOf, shift } from '../../domain/deadlines/working-days';
import { drawnCampaign } from './ceremony-steps';
import { see } from './support/campaign-page';
import { chapters } from './support/chapters';
import { eventually } from './support/eventually';
import { submitRest, visitsOf, type VisitToMake } from './support/inspecting';
import { visitedTown } from './support/visited-town';
import { PHONE } from './support/visitors';

const today = dayOf(new Date());
const site = visitedTown();
const chapter = chapters(() => site.visitors);

let code = '';
let visits: VisitToMake[] = [];
let notice = '';
/** The entity's. */
let phone: Page;

beforeAll(async () => {
  const { town } = site;
  // Everybody, so that all departments meet at some entities whatever is drawn.
  const ratios = ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratioPpm: 1_000_000, minimum: 1 }));
  code = await drawnCampaign(town, {
    ...{ ratios, demandsApproval: true },
    ...{ visitFrom: today, visitTo: shift(today, 30) },
  });
  await (await town.signedIn('lead')).get('dispatchCampaign', { params: { code } });
  visits = (await visitsOf(town, code)).filter(({ items }) => items.length === 3);
}, 180_000);

const visit = (at: number) => visits[at]?.id ?? 0;

const fits = (page: Page) =>
  eventually(
    () => page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    0,
  );

chapter('two visits of a team on one morning: the calendar shows that they collide', async () => {
  const day = shift(today, 14);
  for (const at of [0, 1]) {
    const inspector = await site.town.signedIn('scjg-0001');
    const { standing } = await inspector.get<{ standing: { id: number } }>('proposeVisitDay', {
      params: { id: visit(at) },
      body: { day, part: 'morning', reason: '与店主商定' },
    });
    for (const other of ['wjw-0001', 'xfj-0001']) {
      await (
        await site.town.signedIn(other)
      ).get('agreeToVisitDay', { params: { id: visit(at) }, body: { proposal: standing.id } });
    }
  }
  const inspector = await site.visitors.person('scjg-0001');
  await inspector.goto(`/visit-calendar?view=month&day=${day}`);
  await eventually(() => inspector.getByRole('cell').getByRole('link').count(), 2);
  await eventually(() => inspector.getByRole('cell').getByText('冲突', { exact: true }).count(), 2);
  await inspector.goto(`/visits/${visit(1)}`);
  await see(inspector, 'SCJG-0001当日上午已定去');
});

chapter('the head has the form of approval on A4 and approves', async () => {
  const head = await site.visitors.person('scjg-head');
  await head.goto(`/visits/${visit(0)}`);
  await head.getByRole('link', { name: '打印审批表' }).click();
  await head.getByRole('heading', { name: '行政检查审批表' }).first().waitFor();
  await eventually(() => head.getByRole('heading', { name: '行政检查审批表' }).count(), 3);
  await see(head, 'ZF-SCJG-0001');
  await see(head, '待审批');
  for (const [who, department] of [
    ['scjg-head', 'SCJG'],
    ['approver', 'WJW'],
    ['approver', 'XFJ'],
  ] as const) {
    await (
      await site.town.signedIn(who)
    ).get('decideInspections', { params: { code }, body: { department, decision: 'approve' } });
  }
  await head.reload();
  await see(head, '批准检查');
});

chapter(
  'the notice is issued, prints with its code, and opens by it on a phone without a login',
  async () => {
    const inspector = await site.visitors.person('scjg-0001');
    await inspector.goto(`/visits/${visit(0)}/notice/print`);
    await inspector.getByRole('button', { name: '出具并生成编码' }).click();
    const letters = inspector.locator('.notice-letters');
    await eventually(async () => /^[0-9A-Z-]{24}$/.test((await letters.textContent()) ?? ''), true);
    notice = (await letters.textContent()) ?? '';
    await see(inspector, 'ZF-SCJG-0002');
    phone = await site.visitors.visitor('entity', PHONE);
    await phone.goto(`/public/visit#${notice}`);
    for (const name of ['SCJG-0001', 'SCJG-0002', 'WJW-0001', 'XFJ-0002']) await see(phone, name);
    await fits(phone);
  },
);

chapter('its entity asks for a recusal; granted, the inspector stays away in later draws too', async () => {
  await phone.getByRole('button', { name: '申请回避：XFJ-0002' }).click();
  await phone.getByLabel('申请XFJ-0002回避的理由').fill('其配偶是本店的竞争对手');
  await phone.getByRole('button', { name: '提交申请' }).click();
  await see(phone, '已申请回避，待决定');
  const group = await site.visitors.person('approver');
  await group.goto(`/visits/${visit(0)}`);
  await group.getByLabel('决定的理由').fill('情况属实');
  await group.getByRole('button', { name: '准予回避' }).click();
  await eventually(() => group.getByRole('button', { name: '准予回避' }).count(), 0);
  const liaison = await site.visitors.person('xfj-liaison');
  await liaison.goto('/inspectors/XFJ-0002');
  await see(liaison, `准予当事人的回避申请（${code} 第`);
});

chapter('arrival by the code on the inspectors’ phone, leaving by the notice, then a rating', async () => {
  const inspector = await site.visitors.person('scjg-0001');
  await inspector.goto(`/visits/${visit(0)}`);
  await inspector.getByRole('button', { name: '出示入企二维码' }).click();
  const shown = inspector.getByRole('dialog').locator('.mono');
  await shown.waitFor();
  const scanned = (await shown.textContent()) ?? '';
  await phone.goto(`/public/visit#${scanned}`);
  await phone.getByRole('button', { name: '确认到场' }).click();
  await see(phone, /到场：.*SCJG-0001/);
  await phone.goto(`/public/visit#${notice}`);
  await phone.getByRole('button', { name: '确认检查人员已离场' }).click();
  await phone.getByLabel('4 分').check();
  await phone.getByRole('button', { name: '提交评价' }).click();
  await see(phone, '您的评价：4 分');
});

chapter(
  'it reads its results and objects to one; the head answers, and the public sees it meanwhile',
  async () => {
    await submitRest(site.town, code, today);
    await (await site.town.signedIn('lead')).get('publishCampaign', { params: { code } });
    await phone.reload();
    await phone.getByRole('button', { name: /^提出异议：检查事项 SCJG-001/ }).click();
    await phone.getByLabel(/结果有异议的理由/).fill('当日已经停业装修，没有检查过');
    await phone.getByLabel('联系人姓名（可不填，不公开）').fill('王小明');
    await fits(phone);
    await phone.screenshot({ path: '/tmp/obj-shots/objection-form.png', fullPage: true });
    await phone.getByRole('button', { name: '提交异议' }).click();
    await see(phone, '有异议，处理中');
    const citizen = await site.visitors.visitor('citizen', PHONE);
    await citizen.goto(`/public/${code}`);
    await see(citizen, '有异议，处理中');
    await fits(citizen);
    await citizen.screenshot({ path: '/tmp/obj-shots/public.png', fullPage: true });
    const head = await site.visitors.person('scjg-head');
    await head.goto('/');
    await head.getByRole('link', { name: /处理对检查结果的异议/ }).click();
    await see(head, '王');
    await head.getByRole('button', { name: '显示' }).first().click();
    await see(head, '王小明');
    await head.getByLabel('答复的理由（检查对象可见）').fill('复核照片，当日确已停业');
    await head.screenshot({ path: '/tmp/obj-shots/visit-head.png', fullPage: true });
    await head.getByRole('button', { name: '异议成立', exact: true }).click();
    await see(head, '在本页申请更正该事项的结果');
    await phone.reload();
    await see(phone, '复核照片，当日确已停业');
    await phone.screenshot({ path: '/tmp/obj-shots/objection-answer.png', fullPage: true });
    await fits(phone);
  },
);
