/** A file into the registry: tried, imported, its refused rows fetched, and taken back. */
import type { Page } from 'playwright-core';
import { checkCharacter } from '../../domain/registry/credit-code';
import { see } from './support/campaign-page';
import { chapters } from './support/chapters';
import { eventually } from './support/eventually';
import { readDownload } from './support/read-download';
import { visitedTown } from './support/visited-town';

const site = visitedTown();
const chapter = chapters(() => site.visitors);

const CODE = `91690000MA1234567${checkCharacter('91690000MA1234567')}`;
const FILE = `企业名称,统一社会信用代码,行政区划代码\n"云溪""新""店",${CODE},REGION\n=cmd店,91690000MA1234567X,REGION\n`;

let coordinator: Page;
let region: string;

beforeAll(async () => {
  coordinator = await site.visitors.person('coordinator');
  const [code] = await site.town.db('entities').distinct('region_code').pluck<string[]>('region_code');
  region = code ?? '';
}, 120_000);

const known = () => site.town.db('entities').where({ credit_code: CODE, ended_at: null }).pluck('name');

chapter('a file is tried first: the registry stays, the refused rows say why', async () => {
  await coordinator.getByRole('link', { name: '导入', exact: true }).click();
  const start = coordinator.getByRole('button', { name: '请先选择文件' });
  expect(await start.isDisabled()).toBe(true);
  await coordinator.locator('input[type=file]').setInputFiles({
    name: 'shops.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(FILE.replaceAll('REGION', region)),
  });
  await coordinator.getByRole('button', { name: '开始试导入' }).click();
  await see(coordinator, '正式导入将： 新增 1，变更 0，终止 0，未变 0，拒绝 1');
  await coordinator.getByRole('button', { name: '查看原因' }).click();
  await see(coordinator, '第 3 行 · 统一社会信用代码');
  expect(await known()).toEqual([]);
  const [download] = await Promise.all([
    coordinator.waitForEvent('download'),
    coordinator.getByRole('link', { name: '下载被拒绝的行' }).click(),
  ]);
  const refused = await readDownload(download);
  // The original columns lead, and no cell is a formula for whoever opens the file.
  expect(refused).toMatch(/企业名称,统一社会信用代码,行政区划代码,.*\n'=cmd店,/);
});

chapter('the same file is imported, and taken back with a reason', async () => {
  await coordinator.getByRole('checkbox', { name: '先试导入（不改动名录）' }).uncheck();
  await coordinator.getByRole('button', { name: '开始导入' }).click();
  await eventually(known, ['云溪"新"店']);
  await coordinator.getByRole('button', { name: '撤销这次导入' }).first().click();
  const dialog = coordinator.getByRole('dialog');
  await dialog.getByText('shops.csv').waitFor();
  await dialog.getByRole('button', { name: '撤销这次导入' }).click();
  await see(coordinator, '请写明撤销的理由');
  await dialog.getByLabel('撤销理由').fill('文件不对');
  await dialog.getByRole('button', { name: '撤销这次导入' }).click();
  await eventually(known, []);
  await coordinator.getByText(/撤销第 \d+ 次导入：文件不对/).waitFor();
});

chapter('a file that is no such table is refused with what is missing', async () => {
  await coordinator.locator('input[type=file]').setInputFiles({
    name: 'other.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('a,b\n1,2\n'),
  });
  site.visitors.expectRefusal('422 POST /api/v1/registries/entities/imports');
  // The page speaks of headers before, too.
  const refused = coordinator.waitForResponse((response) => response.status() === 422);
  await coordinator.getByRole('button', { name: '开始导入' }).click();
  await refused;
  await see(coordinator, /表头/);
});
