/** Somebody links their account with the city's identity provider, and comes in by it from then on. */
import type { Page } from 'playwright-core';
import { startIdentityProvider, type IdentityProvider } from '../support/identity-provider';
import { SIGN_IN } from '../support/api-settings';
import { see } from './support/campaign-page';
import { chapters } from './support/chapters';
import { visitedTown } from './support/visited-town';

const USERNAME = 'wjw-liaison';

let provider: IdentityProvider;

const site = visitedTown(undefined, async (publicUrl) => {
  provider = await startIdentityProvider(publicUrl);
  return { publicUrl, signIn: { ...SIGN_IN, provider: provider.settings } };
});
const chapter = chapters(() => site.visitors);

afterAll(() => provider.stop());

async function signInThere(page: Page, login: string): Promise<void> {
  await page.waitForURL(`${provider.settings.issuer}/**`);
  await page.getByLabel('统一身份').fill(login);
  await page.getByRole('button', { name: '认证' }).click();
}

chapter('whom nobody linked yet is told what to do', async () => {
  const page = await site.visitors.visitor('before linking');
  await page.goto('/login');
  site.visitors.expectRefusal('401 POST /api/v1/session/provider/answer');
  await page.getByRole('button', { name: '用云溪统一身份认证登录' }).click();
  await signInThere(page, 'wang.wu');
  await see(page, '还没有与本系统的账号关联');
  await page.getByRole('button', { name: '返回登录' }).click();
  await page.getByLabel('用户名').waitFor();
});

chapter('signed in with the password, one links the account', async () => {
  const page = await site.visitors.person(USERNAME);
  await page.goto('/account');
  await page.getByRole('button', { name: '关联本人的统一身份' }).click();
  await signInThere(page, 'wang.wu');
  await page.waitForURL('**/account');
  await page.getByRole('button', { name: '解除关联' }).waitFor();
});

chapter(
  'from then on the button signs in, back to the page that was asked for; signing out ends both',
  async () => {
    const page = await site.visitors.visitor('later');
    await page.goto('/campaigns');
    await page.getByRole('button', { name: '用云溪统一身份认证登录' }).click();
    await signInThere(page, 'wang.wu');
    await page.waitForURL('**/campaigns');
    await page.getByRole('button', { name: `账户菜单：${USERNAME}` }).click();
    await page.getByRole('menuitem', { name: '退出登录' }).click();
    await page.waitForURL(`${provider.settings.issuer}/session/end**`);
    await page.getByRole('button', { name: '全部退出' }).click();
    await page.waitForURL('**/login');
    // At the provider nobody is signed in any more: it asks again.
    await page.getByRole('button', { name: '用云溪统一身份认证登录' }).click();
    await page.waitForURL(`${provider.settings.issuer}/interaction/**`);
  },
);
