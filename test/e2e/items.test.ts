/** An item from its department's draft to the public page, by the people who write, review and read it. */
import type { Page } from 'playwright-core';
import { see } from './support/campaign-page';
import { chapters } from './support/chapters';
import { eventually } from './support/eventually';
import { readDownload } from './support/read-download';
import { visitedTown } from './support/visited-town';
import { PHONE } from './support/visitors';

const site = visitedTown();
const chapter = chapters(() => site.visitors);

let liaison: Page;
let registrar: Page;

beforeAll(async () => {
  [liaison, registrar] = [await site.visitors.person('wjw-liaison'), await site.visitors.person('registrar')];
}, 120_000);

const give = async (page: Page, action: string, reason?: string) => {
  await page.getByRole('button', { name: action, exact: true }).click();
  if (reason !== undefined) await page.getByLabel('理由').fill(reason);
  await page.getByRole('button', { name: new RegExp(`确认${action}$`) }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
};

const seeStatus = (page: Page, status: string) =>
  page.locator('.page-head .ant-tag', { hasText: new RegExp(`^${status}$`) }).waitFor();

chapter('a liaison writes an item; what is missing is told at its field', async () => {
  await liaison.getByRole('link', { name: '事项清单' }).click();
  await liaison.getByRole('link', { name: '检查事项 WJW-001' }).waitFor();
  await liaison.getByRole('link', { name: '新建事项' }).click();
  await liaison.getByRole('button', { name: '保存草稿' }).click();
  await liaison.locator('#code_help').getByText('必填').waitFor();
  await liaison.locator('#name_help').getByText('必填').waitFor();
  await liaison.getByLabel('事项编号').fill('wjw 9');
  await see(liaison, '请用大写字母、数字和短横');

  await liaison.getByLabel('事项编号').fill('WJW-900');
  await liaison.getByLabel('名称', { exact: true }).fill('餐饮具集中消毒检查');
  await liaison.locator('#checkForm_0_questions_0_text').fill('餐具是否消毒？');
  await liaison.getByRole('button', { name: '增加检查内容' }).click();
  await liaison.locator('#checkForm_0_questions_1_text').fill('消毒温度');
  await liaison.locator('#checkForm_0_questions_1_type').click();
  await liaison.locator('.ant-select-item-option:visible', { hasText: '测量' }).click();
  await liaison.getByLabel('单位').fill('℃');
  await liaison.getByLabel('标准上限').fill('60');
  await liaison.getByLabel('标准下限').fill('80');
  await see(liaison, '上限不能小于下限');
  await liaison.getByLabel('标准上限').fill('');
  await liaison.getByRole('button', { name: '上移：检查内容 2' }).click();
  await liaison.getByRole('button', { name: '增加检查内容' }).click();
  await liaison.locator('#checkForm_0_questions_2_text').fill('在场人员签名');
  await liaison.locator('#checkForm_0_questions_2_type').click();
  await liaison.locator('.ant-select-item-option:visible', { hasText: '签名' }).click();
  await liaison.getByLabel('处理意见选项').fill('责令当场改正；');
});

chapter(
  'the form is tried as an inspector has it: a measurement out of its range shows, and a name is signed',
  async () => {
    await liaison.getByRole('button', { name: '按检查人员所见预览' }).click();
    const preview = liaison.getByRole('dialog');
    await preview.getByLabel('消毒温度', { exact: true }).fill('75');
    await preview.getByText('超出标准范围（≥ 80 ℃）').waitFor();
    await preview.getByLabel('消毒温度', { exact: true }).fill('80');
    await preview.getByText('在标准范围内（≥ 80 ℃）').waitFor();
    const pad = preview.getByLabel('在场人员签名：未签名');
    await pad.scrollIntoViewIfNeeded();
    const box = await pad.boundingBox();
    if (!box) throw new Error('there is nothing to sign on');
    await liaison.mouse.move(box.x + 30, box.y + 60);
    await liaison.mouse.down();
    await liaison.mouse.move(box.x + 120, box.y + 20, { steps: 5 });
    await liaison.mouse.up();
    await preview.getByLabel('在场人员签名：已签名').waitFor();
    await preview.getByRole('button', { name: '清除重签' }).click();
    await preview.getByLabel('在场人员签名：未签名').waitFor();
    await preview.getByRole('button', { name: '责令当场改正' }).click();
    await eventually(() => preview.getByLabel('处理意见', { exact: true }).inputValue(), '责令当场改正');
    await liaison.keyboard.press('Escape');
    await preview.waitFor({ state: 'hidden' });

    await liaison.getByRole('button', { name: '保存草稿' }).click();
    await seeStatus(liaison, '草稿');
    await see(liaison, '测量 · 标准范围 ≥ 80 ℃');
    const forms: unknown = await site.town
      .db('check_forms')
      .where({ item_code: 'WJW-900' })
      .pluck('sections');
    expect(forms).toEqual([
      [
        {
          title: '检查内容',
          questions: [
            { key: 'q1', text: '消毒温度', type: 'measurement', unit: '℃', min: 80 },
            { key: 'q2', text: '餐具是否消毒？', type: 'yes-no' },
            { key: 'q3', text: '在场人员签名', type: 'signature' },
          ],
        },
      ],
    ]);
  },
);

chapter('without a legal basis it is refused; with one it goes to the list office', async () => {
  site.visitors.expectRefusal('422 POST /api/v1/items/WJW-900/submit');
  await liaison.getByRole('button', { name: '提交编办审核' }).click();
  await liaison.getByRole('button', { name: '确认提交编办审核' }).click();
  await see(liaison, '没有法律依据：法律法规规章没有规定的，一律不得擅自开展检查。');
  await liaison.getByRole('dialog').getByRole('button', { name: '取消' }).click();
  await liaison.getByRole('link', { name: '修改' }).click();
  await liaison.getByRole('button', { name: '增加依据' }).click();
  await liaison.getByLabel('法律法规名称').fill('中华人民共和国食品安全法');
  await liaison.getByLabel('条款').fill('第五十八条');
  await liaison.getByRole('button', { name: '保存草稿' }).click();
  await see(liaison, '中华人民共和国食品安全法 第五十八条');
  await give(liaison, '提交编办审核');
  await seeStatus(liaison, '待审核');
});

chapter('the list office returns it with a reason, then publishes it', async () => {
  await registrar.goto('/items?status=submitted');
  await registrar.getByRole('link', { name: '餐饮具集中消毒检查' }).click();
  await give(registrar, '退回', '请注明频次。');
  await seeStatus(registrar, '草稿');

  await liaison.reload();
  await see(liaison, '编办退回：请注明频次。');
  await liaison.getByRole('link', { name: '修改' }).click();
  await liaison.getByLabel('抽查频次').fill('每年1次');
  await liaison.getByRole('button', { name: '保存草稿' }).click();
  await give(liaison, '提交编办审核');
  await registrar.reload();
  await give(registrar, '公布');
  await seeStatus(registrar, '现行');
});

chapter('a revision says why, and shows the list office what it changes', async () => {
  await liaison.reload();
  await liaison.getByRole('link', { name: '修订（新版本）' }).click();
  await liaison.getByLabel('名称', { exact: true }).fill('餐饮具集中消毒单位检查');
  await liaison.getByRole('button', { name: '保存草稿' }).click();
  await liaison.locator('#changeReason_help').getByText('必填').waitFor();
  await liaison.getByLabel('修订理由').fill('食品安全法修订');
  await liaison.getByRole('button', { name: '保存草稿' }).click();
  await see(liaison, '现行为第 1 版；这里是正在修订的第 2 版。');
  await give(liaison, '提交编办审核');
  await registrar.reload();
  const review = registrar.locator('.ant-card', { hasText: '与现行版本的差别' });
  await eventually(() => review.locator('del').allTextContents(), ['餐饮具集中消毒检查']);
  await eventually(() => review.locator('ins').allTextContents(), ['餐饮具集中消毒单位检查']);
  await give(registrar, '公布');
  await seeStatus(registrar, '现行');
  await give(registrar, '撤销', '职能划转');
  await seeStatus(registrar, '已撤销');
});

chapter('a citizen reads every version, and takes the list as a file', async () => {
  const page = await site.visitors.visitor('citizen', PHONE);
  await page.goto('/public/items/WJW-900');
  await page.getByRole('heading', { name: '餐饮具集中消毒单位检查' }).waitFor();
  await see(page, '终止理由：职能划转');
  await page.getByText('与上一版比较').click();
  await eventually(() => page.locator('.changes del').allTextContents(), ['餐饮具集中消毒检查']);
  await eventually(
    () => page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    0,
  );
  await page.getByRole('link', { name: '打印空白检查表' }).click();
  await page.getByText('标准范围 ≥ 80 ℃').waitFor();
  await page.getByText('□ 责令当场改正').waitFor();
  await eventually(
    () => page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    0,
  );
  await page.getByRole('link', { name: '返回事项' }).click();
  await page.getByRole('link', { name: '返回事项清单' }).click();
  await page.getByLabel('部门').selectOption('WJW');
  await page.getByText('检查事项 WJW-001').waitFor();
  const [csv] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'CSV' }).click(),
  ]);
  expect(await readDownload(csv)).toContain('WJW-900,2,已撤销');
});
