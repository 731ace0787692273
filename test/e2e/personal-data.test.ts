/** Contacts are masked on every page until somebody who needs one has it shown; on the day of the visit the phone has it. */
import type { Page } from 'playwright-core';
import { dayOf, shift } from '../../domain/deadlines/working-days';
import { drawnCampaign } from './ceremony-steps';
import { see } from './support/campaign-page';
import { chapters } from './support/chapters';
import { eventually } from './support/eventually';
import { visitsOf } from './support/inspecting';
import { everyDepartmentEverywhere, visitedTown } from './support/visited-town';
import { PHONE as SMALL, signIn } from './support/visitors';

const NUMBER = '13891234567';
const today = dayOf(new Date());
const site = visitedTown(async (town) => {
  await everyDepartmentEverywhere(town);
  await town.db('entities').update({ contact_name: '王小明', contact_phone: NUMBER });
  await town.db('inspectors').update({ phone: NUMBER });
});
const chapter = chapters(() => site.visitors);

let liaison: Page;

const shownOnRecord = () =>
  site.town
    .db('audit_log')
    .where({ action: 'personal-data.reveal' })
    .orderBy('seq')
    .select<object[]>('subject', 'after');

chapter('an inspector’s phone is masked; a click shows it, on record, and another hides it', async () => {
  liaison = await site.visitors.person('wjw-liaison');
  await liaison.goto('/inspectors/WJW-0001');
  const row = liaison.getByRole('cell', { name: /^电话/ });
  await row.getByText('138****4567').waitFor();
  expect(await shownOnRecord()).toEqual([]);
  await row.getByRole('button', { name: '显示' }).click();
  await row.getByText(NUMBER).waitFor();
  expect(await shownOnRecord()).toEqual([
    { subject: 'inspector/WJW-0001', after: { fields: ['inspectorPhone'], reason: '' } },
  ]);
  await row.getByRole('button', { name: '隐藏' }).click();
  await row.getByText('138****4567').waitFor();
});

chapter('what is edited is the true number, never its mask', async () => {
  await liaison.getByRole('button', { name: '修改' }).click();
  const dialog = liaison.getByRole('dialog');
  await eventually(() => dialog.getByLabel('电话').inputValue(), NUMBER);
  await dialog.getByLabel('电话').fill('13700001111');
  await dialog.getByLabel('理由').fill('换号');
  await dialog.getByRole('button', { name: '保存' }).click();
  await see(liaison, '已保存');
  await eventually(
    () => site.town.db('inspectors').where({ code: 'WJW-0001' }).pluck('phone'),
    ['13700001111'],
  );
  await see(liaison, '137****1111');
});

chapter('who does not need an entity’s contact is offered no way to see it', async () => {
  const supervisor = await site.visitors.person('supervisor');
  await supervisor.goto('/entities/92691100MA00000001');
  await see(supervisor, '138****4567');
  await see(supervisor, '王＊＊');
  expect(await supervisor.getByRole('button', { name: '显示' }).count()).toBe(0);
});

chapter('on the day of the visit the team has the number to call, on the phone', async () => {
  const code = await drawnCampaign(site.town, { visitFrom: today, visitTo: shift(today, 30) });
  await (await site.town.signedIn('lead')).get('dispatchCampaign', { params: { code } });
  const first = (await visitsOf(site.town, code)).find(({ inspectors }) =>
    inspectors.some((one) => one.code === 'XFJ-0001'),
  );
  if (!first) throw new Error('the inspector visits nobody');
  const phone = await site.visitors.visitor('xfj-0001 on a phone', SMALL);
  await phone.goto('/login');
  await signIn(phone, 'xfj-0001');
  await phone.goto(`/visits/${first.id}`);
  await see(phone, '138****4567');
  await site.town.db('visit_days').insert({
    ...{ visit_id: first.id, number: 1, day: today, part: 'day', department_code: 'SCJG' },
    ...{ proposed_by: site.town.city.users['lead'], proposed_at: new Date(), fixed_at: new Date() },
  });
  await phone.reload();
  await phone.getByRole('link', { name: NUMBER }).waitFor();
  expect(await phone.getByRole('link', { name: NUMBER }).getAttribute('href')).toBe(`tel:${NUMBER}`);
  await eventually(
    () => phone.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    0,
  );
});
