/** The registry of entities as people look into it, the rules of its tags, and the codes of its regions. */
import { Readable } from 'node:stream';
import type { Page } from 'playwright-core';
import { checkCharacter } from '../../domain/registry/credit-code';
import { dayOf, shift } from '../../domain/deadlines/working-days';
import { runImport } from '../../imports/run-import';
import type { WebSystem } from '../support/web-system';
import { choose, see } from './support/campaign-page';
import { chapters } from './support/chapters';
import { eventually } from './support/eventually';
import { readDownload } from './support/read-download';
import { visitedTown } from './support/visited-town';

const PAST = shift(dayOf(new Date()), -10);

const codeOf = (number: number): string => {
  const first17 = `91691101${String(number).padStart(9, '0')}`;
  return first17 + checkCharacter(first17);
};

async function load(town: WebSystem, ...rows: string[]): Promise<number> {
  const run = await runImport(town.db, {
    ...{ kind: 'entities', mode: 'changes', dryRun: false, fileName: '名录.csv', startedBy: null },
    stream: Readable.from([Buffer.from(['名称,信用代码,区划代码,经营范围', ...rows].join('\n'))]),
  });
  return run.id;
}

const site = visitedTown(async (town) => {
  const first = await load(town, `静好茶室,${codeOf(1)},691101,茶艺表演`);
  await town.db.raw(
    `update entity_versions set valid_from = valid_from - interval '20 days' where import_id = ?`,
    [first],
  );
  await town.db.raw(
    `update imports set started_at = started_at - interval '20 days', finished_at = finished_at - interval '20 days'
      where id = ?`,
    [first],
  );
  await load(town, `=静好茶馆,${codeOf(1)},691102,餐饮服务`, `远山茶室,${codeOf(2)},691177,茶艺表演`);
});
const chapter = chapters(() => site.visitors);

let page: Page;

beforeAll(async () => {
  page = await site.visitors.person('coordinator');
}, 120_000);

const lines = () => page.locator('main .row-list .row-head a').allTextContents();

chapter('entities are found while one types, and narrowed down', async () => {
  await page.getByRole('link', { name: '名录库', exact: true }).click();
  await see(page, '共 61 户');
  await page.getByLabel('查找', { exact: true }).fill('静');
  await see(page, '请再输入一个字');
  await page.getByLabel('查找', { exact: true }).fill('静好');
  await eventually(lines, ['=静好茶馆']);
  await see(page, '共 1 户');
  await page.getByRole('button', { name: '清除条件' }).click();
  await choose(page, '地区', '西县');
  await choose(page, '标签', '餐饮服务');
  await page.getByLabel('查找', { exact: true }).fill('茶馆');
  await eventually(lines, ['=静好茶馆']);
});

chapter('what is listed is downloaded, and no cell of it is a formula', async () => {
  const download = async (name: string) => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name, exact: true }).click(),
    ]);
    return file;
  };
  const rows = (await readDownload(await download('下载 CSV'))).trim().split('\n');
  expect(rows).toHaveLength(2);
  expect(rows[1]).toContain("'=静好茶馆");
  expect((await download('下载 XLSX')).suggestedFilename()).toMatch(/\.xlsx$/);
});

chapter('on a past day the registry is as it was then, and so is an entity’s page', async () => {
  await page.getByRole('button', { name: '清除条件' }).click();
  await page.getByLabel('查找', { exact: true }).fill('静好');
  const day = page.getByLabel('哪一天的名录');
  await day.fill(PAST);
  await day.press('Enter');
  await see(page, `这里是 ${PAST} 当天结束时的名录。`);
  await eventually(lines, ['静好茶室']);
  await page.getByRole('link', { name: '静好茶室' }).click();
  await page.getByRole('heading', { name: '静好茶室' }).waitFor();
  await page.goto(`/entities/${codeOf(1)}`);
  await page.getByRole('heading', { name: '=静好茶馆' }).waitFor();
  await see(page, '经营范围中有：餐饮');
  await see(page, '导入“名录.csv”');
});

const tagsOf = () =>
  site.town
    .db('entities')
    .where({ credit_code: codeOf(1) })
    .pluck('tags');

chapter('a rule of tags is changed, tried out with samples, and saved with a reason', async () => {
  await load(site.town, `静好茶室,${codeOf(3)},691101,茶艺表演`);
  await page.goto('/entities');
  await page.getByRole('link', { name: '标签规则' }).click();
  await page.getByRole('button', { name: '修改 餐饮服务' }).click();
  const dialog = page.getByRole('dialog');
  const words = dialog.getByLabel('经营范围中有以下任一词，就给标签');
  await words.fill('茶艺');
  await words.press('Enter');
  await dialog.getByRole('button', { name: '试算' }).click();
  await dialog.getByText(/增加 1 户/).waitFor();
  await dialog.getByRole('link', { name: '静好茶室' }).waitFor();
  expect(await dialog.locator('mark', { hasText: '茶艺' }).count()).toBeGreaterThan(0);
  await dialog.getByRole('button', { name: '保存并更新名录库' }).click();
  await dialog.getByText('必填').waitFor();
  await dialog.getByLabel('修改理由').fill('茶艺馆也供应餐饮');
  await dialog.getByRole('button', { name: '保存并更新名录库' }).click();
  await see(page, '“餐饮服务”已保存：1 户增加了标签');
});

chapter('it is switched off, which takes the tag, and on again', async () => {
  const turn = async (name: string, reason: string) => {
    await page.getByRole('button', { name: `${name} 餐饮服务` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/与现在相比/).waitFor();
    await dialog.getByLabel('修改理由').fill(reason);
    await dialog.getByRole('button', { name }).click();
    await dialog.waitFor({ state: 'hidden' });
  };
  await turn('停用', '今年不查餐饮');
  await eventually(tagsOf, [[]]);
  await page.getByText('已停用', { exact: true }).waitFor();
  await turn('启用', '恢复');
  await eventually(tagsOf, [['catering']]);
  await page.getByRole('button', { name: '历史 餐饮服务' }).click();
  await page.getByRole('dialog').getByText('今年不查餐饮').waitFor();
});

chapter('a code that nobody knew is entered, and its rows go in', async () => {
  await load(site.town, `远山茶室,${codeOf(2)},691177,茶艺表演`);
  await page.goto('/imports');
  await page.getByRole('link', { name: '区划代码' }).click();
  await page.getByRole('button', { name: '新增区划 691177' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('名称').fill('远山县');
  await dialog.getByLabel('理由').fill('新设县');
  await dialog.getByRole('button', { name: '保存' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: '重新导入这些行' }).last().click();
  await eventually(
    () =>
      site.town
        .db('entities')
        .where({ credit_code: codeOf(2) })
        .pluck('region_code'),
    ['691177'],
  );
});
