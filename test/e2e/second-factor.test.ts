/** A code beside the password: set up on the own page, asked for at the next sign-in, and what serves without the telephone. */
import type { Page } from 'playwright-core';
import { codeAt, stepAt } from '../../domain/sign-in/totp';
import { PASSWORD } from '../support/build-city';
import { fromBase32 } from '../support/from-base32';
import { see } from './support/campaign-page';
import { chapters } from './support/chapters';
import { readDownload } from './support/read-download';
import { visitedTown } from './support/visited-town';
import { PHONE } from './support/visitors';

const site = visitedTown();
const chapter = chapters(() => site.visitors);

const USERNAME = 'wjw-liaison';
const STEP_MS = 30_000;

let secret: Buffer;
let recoveryCodes: string[];

/** Of a step that nobody had a code of yet, with the whole of its time to type it. */
function freshCode(): string {
  const { clock } = site.town;
  clock.aheadMs += STEP_MS - ((Date.now() + clock.aheadMs) % STEP_MS);
  return codeAt(secret, stepAt(new Date(Date.now() + clock.aheadMs)));
}

async function givePassword(page: Page): Promise<void> {
  site.visitors.expectRefusal('401 POST /api/v1/session');
  await page.goto('/login');
  await page.getByLabel('用户名').fill(USERNAME);
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: '登录' }).click();
  await see(page, '请输入验证器上的 6 位数字');
}

async function giveCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('验证码或恢复码').fill(code);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

const isIn = (page: Page): Promise<void> =>
  page.getByRole('button', { name: `账户菜单：${USERNAME}` }).waitFor();

chapter('it is set up with a code to scan or to type, and the first code of the app', async () => {
  const page = await site.visitors.person(USERNAME);
  await page.goto('/account');
  await page.getByRole('button', { name: '启用二次验证' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('.second-factor-qr svg').waitFor();
  secret = fromBase32((await dialog.locator('.mono').innerText()).replace(/\s/g, ''));
  await dialog.getByLabel('6 位验证码').fill(freshCode());
  await dialog.getByRole('button', { name: '确认启用' }).click();
  await see(page, '只显示这一次');
  recoveryCodes = await page.locator('.recovery-codes li').allInnerTexts();
  expect(recoveryCodes).toHaveLength(10);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载' }).click(),
  ]);
  expect((await readDownload(download)).trim().split('\n')).toEqual(recoveryCodes);
  // Who closes it without having kept them would be shut out with the telephone.
  const close = page.getByRole('button', { name: '关闭' });
  expect(await close.isDisabled()).toBe(true);
  await page.getByLabel('我已保存恢复码').check();
  await close.click();
  await see(page, '恢复码还剩 10 个');
});

chapter('the password alone gets in no more; a wrong code neither, the one of the app does', async () => {
  const page = await site.visitors.visitor('at another desk');
  await givePassword(page);
  site.visitors.expectRefusal('401 POST /api/v1/session/code');
  const code = freshCode();
  await giveCode(page, code === '000000' ? '111111' : '000000');
  await see(page, '验证码不对、已过期或已经用过');
  await giveCode(page, code);
  await isIn(page);
});

chapter('on the telephone of a colleague a recovery code gets in, once', async () => {
  const page = await site.visitors.visitor('at a telephone', PHONE);
  await givePassword(page);
  await giveCode(page, recoveryCodes[0] ?? '');
  await isIn(page);
  await page.goto('/account');
  await see(page, '恢复码还剩 9 个');
  const again = await site.visitors.visitor('who saw it');
  await givePassword(again);
  site.visitors.expectRefusal('401 POST /api/v1/session/code');
  await giveCode(again, recoveryCodes[0] ?? '');
  await see(again, '验证码不对、已过期或已经用过');
  await again.getByRole('button', { name: '重新输入用户名和密码' }).click();
  await again.getByLabel('用户名').waitFor();
});

chapter(
  'who comes back to an open desk is asked who they are before the second step is taken away',
  async () => {
    const page = await site.visitors.person(USERNAME);
    site.town.clock.aheadMs += 6 * 60_000;
    await page.goto('/account');
    await page.getByRole('button', { name: '停用二次验证' }).click();
    site.visitors.expectRefusal('403 POST /api/v1/account/second-factor/removal');
    await page
      .getByRole('tooltip')
      .getByRole('button', { name: /确\s?定/ })
      .click();
    const dialog = page.getByRole('dialog', { name: '请确认是您本人' });
    site.visitors.expectRefusal('422 POST /api/v1/account/proof');
    await dialog.getByLabel('现在的密码').fill('wrong');
    await dialog.getByRole('button', { name: '确认' }).click();
    await see(page, '现在的密码不对');
    await dialog.getByLabel('现在的密码').fill(PASSWORD);
    await dialog.getByRole('button', { name: '确认' }).click();
    await page.getByRole('button', { name: '启用二次验证' }).waitFor();
  },
);
