/** Published results on their way to another system: it is set up and tried, a batch goes out, is refused, goes again. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createFolderDeliveries } from '../../activities/folder-deliveries';
import { buildCampaign } from '../support/build-campaign';
import { publish } from '../support/published';
import { see } from './support/campaign-page';
import { chapters } from './support/chapters';
import { eventually } from './support/eventually';
import { visitedTown } from './support/visited-town';

const site = visitedTown();
const chapter = chapters(() => site.visitors);
const folder = mkdtempSync(path.join(os.tmpdir(), 'onevisit-deliveries-'));
let file = '';

beforeAll(async () => {
  const code = await buildCampaign(site.town.db, site.town.city);
  await publish(site.town.db, code, { count: 1 });
  file = `000001-${code}.csv`;
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the worker of the exchange folder does each minute. */
const exchange = () =>
  createFolderDeliveries({ db: site.town.db, now: () => new Date() }, folder).exchangeDeliveries();

/** The other system answers for every row. */
async function acknowledge(name: string, answer: string): Promise<void> {
  const rows = await site.town
    .db('published_results')
    .orderBy('id')
    .select<{ credit_code: string; item_code: string }[]>('credit_code', 'item_code');
  const into = path.join(folder, 'ack', 'credit-platform');
  mkdirSync(into, { recursive: true });
  const lines = rows.map((row) => `${file},${row.credit_code},${row.item_code},${answer}`);
  writeFileSync(
    path.join(into, name),
    ['文件名,统一社会信用代码,事项编码,接收结果,原因', ...lines].join('\n'),
  );
  // A file that is still being written is left alone.
  const aMinuteAgo = Date.now() / 1000 - 60;
  utimesSync(path.join(into, name), aMinuteAgo, aMinuteAgo);
}

chapter('a system is set up: its layout is tried on what is published, then saved', async () => {
  const keeper = await site.visitors.person('credit');
  await keeper.goto('/deliveries');
  await see(keeper, '还没有要报送的系统');
  await keeper.getByRole('button', { name: '新增系统' }).click();
  const dialog = keeper.getByRole('dialog');
  await dialog.getByLabel('代码', { exact: true }).fill('Credit');
  await dialog.getByLabel('系统名称').fill('信用平台');
  await dialog.getByRole('button', { name: '保存' }).click();
  await dialog.getByText('由小写英文字母开头').waitFor();
  await dialog.getByLabel('代码', { exact: true }).fill('credit-platform');
  await dialog.getByRole('button', { name: '预览' }).click();
  await dialog.getByText('最近公示的结果，按这个版式：').waitFor();
  await dialog.getByRole('cell', { name: 'WJW-001', exact: true }).first().waitFor();
  await dialog.getByRole('button', { name: '保存' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await see(keeper, '2 条已公示，待送');
});

chapter('a batch is sent, refused with reasons, sent again and taken', async () => {
  const keeper = await site.visitors.person('credit');
  await exchange();
  await keeper.reload();
  await see(keeper, '已送达，待回执');
  expect(readdirSync(path.join(folder, 'out', 'credit-platform'))).toEqual([file]);
  await acknowledge('first.csv', '拒收,主体不存在');
  await exchange();
  await keeper.reload();
  await see(keeper, '被拒收');
  await keeper.getByRole('button', { name: '拒收的 2 条' }).click();
  await see(keeper, '主体不存在');
  await keeper.getByRole('button', { name: '再次发送' }).click();
  await see(keeper, '已重新排队，一分钟内送出');
  await exchange();
  await acknowledge('second.csv', '接收,');
  await exchange();
  await keeper.reload();
  await see(keeper, '已回执');
  await see(keeper, '共 2 条 · 接收 2 · 拒收 0 · 未答复 0');
  await eventually(() => keeper.getByRole('button', { name: '再次发送' }).count(), 0);
  await keeper.setViewportSize({ width: 390, height: 844 });
  await eventually(
    () => keeper.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    0,
  );
});
