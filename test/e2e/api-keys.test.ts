/** The administrator makes a key for another system, which calls by it; rotates it, and revokes it. */
import { buildUser } from '../support/build-city';
import { see } from './support/campaign-page';
import { chapters } from './support/chapters';
import { visitedTown } from './support/visited-town';

const site = visitedTown();
const chapter = chapters(() => site.visitors);
let key = '';

const statusWith = async (bearer: string): Promise<number> => {
  const headers = { authorization: `Bearer ${bearer}` };
  return (await fetch(`${site.town.url}/api/v1/entities`, { headers })).status;
};

chapter('without a service user the page says how one is added', async () => {
  const admin = await site.visitors.person('admin');
  await admin.goto('/api-keys');
  await see(admin, '先在服务器上新增一个服务账号');
  await see(admin, '还没有密钥');
});

chapter('a key is made, seen once, and opens what it is for', async () => {
  const id = await buildUser(site.town.db, {
    ...{ username: 'province', role: 'coordinator', department: 'SCJG' },
  });
  await site.town.db('users').where({ id }).update({ is_service: true });
  const admin = await site.visitors.person('admin');
  await admin.reload();
  await admin.getByRole('button', { name: '新建密钥' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByRole('button', { name: '生成' }).click();
  await dialog.getByText('必填').first().waitFor();
  await dialog.getByLabel('用途说明').fill('省平台查询名录');
  await dialog.getByLabel('查询检查对象、检查人员名录和区划').check();
  await dialog.getByRole('button', { name: '生成' }).click();
  const shown = admin.getByRole('dialog').filter({ hasText: '密钥只显示这一次' });
  key = await shown.getByLabel('密钥', { exact: true }).inputValue();
  expect(await statusWith(key)).toBe(200);
  await shown.getByRole('button', { name: '已记下' }).click();
  await admin.reload();
  await see(admin, '省平台查询名录');
  await see(admin, '最近使用');
  expect(await admin.content()).not.toContain(key);
});

chapter('it is rotated without an overlap, and the new one is revoked', async () => {
  const admin = await site.visitors.person('admin');
  await admin.getByRole('button', { name: '更换' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByLabel('原密钥继续可用').fill('0');
  await dialog.getByRole('button', { name: '生成' }).click();
  const shown = admin.getByRole('dialog').filter({ hasText: '密钥只显示这一次' });
  const next = await shown.getByLabel('密钥', { exact: true }).inputValue();
  await shown.getByRole('button', { name: '已记下' }).click();
  expect([await statusWith(key), await statusWith(next)]).toEqual([401, 200]);
  await admin.getByRole('button', { name: '停用' }).click();
  await admin.getByRole('tooltip').getByRole('button', { name: '停用' }).click();
  await see(admin, '已停用');
  expect(await statusWith(next)).toBe(401);
});
