/** An inspector on site with a phone: photos, files that are none, and hours without a network. */
import type { BrowserContext, Page } from 'playwright-core';
import { dayOf, shift } from '../../domain/deadlines/working-days';
import { evidenceFile, png } from '../support/evidence';
import { drawnCampaign } from './ceremony-steps';
import { see } from './support/campaign-page';
import { chapters } from './support/chapters';
import { eventually } from './support/eventually';
import { visitsOf } from './support/inspecting';
import { everyDepartmentEverywhere, visitedTown } from './support/visited-town';
import { PHONE, signIn } from './support/visitors';

const ITEM = 'XFJ-001';
const FORM = [
  {
    title: '现场',
    questions: [
      { key: 'front', text: '门头照片', type: 'photo', min: 1, max: 3 },
      { key: 'note', text: '现场情况', type: 'text' },
    ],
  },
];

const today = dayOf(new Date());
const site = visitedTown(async (town) => {
  await everyDepartmentEverywhere(town);
  await town
    .db('check_forms')
    .where({ item_code: ITEM })
    .update({ sections: JSON.stringify(FORM) });
});
const chapter = chapters(() => site.visitors);

let visit = 0;
let phone: Page;
let context: BrowserContext;

beforeAll(async () => {
  const code = await drawnCampaign(site.town, { visitFrom: today, visitTo: shift(today, 30) });
  await (await site.town.signedIn('lead')).get('dispatchCampaign', { params: { code } });
  const mine = (await visitsOf(site.town, code)).find(({ items }) =>
    items.some(({ item }) => item.code === ITEM),
  );
  if (!mine) throw new Error('the fire department visits nobody');
  visit = mine.id;
}, 120_000);

const evidence = () =>
  site.town
    .db('evidence')
    .where({ visit_id: visit })
    .whereNull('removed_at')
    .orderBy('id')
    .select<{ type: string; question_key: string | null; file_name: string }[]>(
      'type',
      'question_key',
      'file_name',
    );

/** As they are at the server. */
const drafts = async () => {
  const rows = await site.town
    .db('result_drafts')
    .where({ visit_id: visit })
    .select<{ revision: number; content: { answers: { note?: string } } }[]>('revision', 'content');
  return rows.map(({ revision, content }) => ({ revision, note: content.answers.note }));
};

const fits = (page: Page) =>
  eventually(
    () => page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    0,
  );

chapter('a large photo is scaled down on the phone, sent, and looked at', async () => {
  phone = await site.visitors.visitor('xfj-0001', PHONE);
  context = phone.context();
  await phone.goto('/login');
  await signIn(phone, 'xfj-0001');
  await phone.goto(`/visits/${visit}`);
  const question = phone.getByRole('group', { name: '门头照片' });
  await question.getByRole('button', { name: '拍照' }).waitFor();
  expect(await question.locator('input[capture]').getAttribute('capture')).toBe('environment');
  await question
    .locator('input[multiple]')
    .setInputFiles({ name: '门头.png', mimeType: 'image/png', buffer: png(700, 3000) });
  const picture = question.getByRole('img', { name: '门头.png' });
  await eventually(
    () => picture.evaluate((shown) => (shown as unknown as { naturalWidth: number }).naturalWidth),
    2560,
  );
  await eventually(evidence, [{ type: 'jpeg', question_key: 'front', file_name: '门头.png' }]);
  await fits(phone);
});

chapter('what is no photo is refused with the reason, and thrown away', async () => {
  site.visitors.expectRefusal(`415 POST /api/v1/visits/${visit}/evidence`);
  const question = phone.getByRole('group', { name: '门头照片' });
  await question.locator('input[multiple]').setInputFiles({
    name: '照片.jpg',
    mimeType: 'image/jpeg',
    buffer: Buffer.from('not a photo at all'.repeat(9)),
  });
  await question.getByRole('alert').getByText('文件的内容不是可以接收的格式').waitFor();
  await question.getByRole('button', { name: '删除' }).click();
  await eventually(() => question.getByRole('alert').count(), 0);
});

chapter('a paper belongs to the item as a whole, and is taken back', async () => {
  const files = phone.getByRole('group', { name: '其他佐证材料' });
  await files
    .locator('input[multiple]')
    .setInputFiles({ name: '单据.pdf', mimeType: 'application/pdf', buffer: evidenceFile('paper.pdf') });
  await files.getByRole('link', { name: '单据.pdf' }).waitFor();
  await files.getByRole('button', { name: '撤回：单据.pdf' }).click();
  await phone.getByRole('tooltip').getByRole('button', { name: '撤回' }).click();
  await eventually(() => files.getByRole('link').count(), 0);
  await eventually(async () => (await evidence()).length, 1);
});

/** As they lie in the browser. */
const keptFiles = () =>
  phone.evaluate<{ keys: string[]; looksLikePicture: boolean }[]>(`new Promise((resolve) => {
    const open = indexedDB.open('onevisit-outbox');
    open.onsuccess = () => {
      const all = open.result.transaction('files').objectStore('files').getAll();
      all.onsuccess = () => resolve(all.result.map((one) => ({
        keys: Object.keys(one).sort(),
        looksLikePicture: /JFIF|Exif|image/.test(
          String.fromCharCode(...(one.bytes ?? []).slice(0, 400), ...(one.facts ?? [])),
        ),
      })));
    };
  })`);

chapter(
  'without a network a photo is kept on the phone, and sent from any page when it is back',
  async () => {
    await context.setOffline(true);
    await see(phone, '离线：可以继续填写，内容保存在本机，联网后自动发送。');
    const question = phone.getByRole('group', { name: '门头照片' });
    await question
      .locator('input[multiple]')
      .setInputFiles({ name: '招牌.jpg', mimeType: 'image/jpeg', buffer: evidenceFile('photo.jpg') });
    await question.getByText('已存本机').waitFor();
    await see(phone, '离线，已保存在本机 1 项，联网后自动发送。');
    expect(await keptFiles()).toEqual([{ keys: ['bytes', 'facts', 'id'], looksLikePicture: false }]);
    await phone.getByLabel('现场情况').fill('离线时填写');
    await see(phone, '离线，已保存在本机 2 项，联网后自动发送。');
    await phone.getByRole('button', { name: '离线，联网后才能提交' }).waitFor();
    await fits(phone);
    // The browser is closed before there is a network again.
    await phone.close();
    expect(await evidence()).toHaveLength(1);
    await context.setOffline(false);
    phone = await context.newPage();
    await phone.goto('/');
    await eventually(async () => (await evidence()).map((one) => one.file_name), ['门头.png', '招牌.jpg']);
    await eventually(drafts, [{ revision: 1, note: '离线时填写' }]);
  },
);

chapter('what lies in the browser is encrypted: the device alone tells nobody what was found', async () => {
  await phone.goto(`/visits/${visit}`);
  await eventually(() => phone.getByLabel('现场情况').inputValue(), '离线时填写');
  const kept = () =>
    phone.evaluate<string[]>(
      'Object.entries(localStorage).filter(([key]) => key.startsWith("onevisit.draft.")).map(([, text]) => text)',
    );
  await eventually(async () => (await kept()).map((text) => text.slice(0, 3)), ['v1.']);
  expect(JSON.stringify(await kept())).not.toContain('离线时填写');
});

chapter('a colleague’s draft is not overwritten: both versions are shown, and one is chosen', async () => {
  await phone.goto(`/visits/${visit}`);
  const note = phone.getByLabel('现场情况');
  await eventually(() => note.inputValue(), '离线时填写');
  await see(phone, '草稿已保存');
  const content = { visitOn: null, resultCode: null, opinion: '', answers: { note: '同事写的' } };
  await (
    await site.town.signedIn('xfj-0002')
  ).get('saveDraft', { params: { id: visit, item: ITEM }, body: { revision: 1, content } });
  await note.fill('我接着写');
  await see(phone, /xfj-0002 于 .* 保存了另一个版本/);
  const versions = phone.locator('.draft-versions');
  await versions.getByText('我接着写').waitFor();
  await versions.getByText('同事写的').waitFor();
  await fits(phone);
  expect(await drafts()).toEqual([{ revision: 2, note: '同事写的' }]);
  await phone.getByRole('button', { name: '用我的版本' }).click();
  await eventually(drafts, [{ revision: 3, note: '我接着写' }]);
  await eventually(() => versions.count(), 0);
  await phone.reload();
  await eventually(() => note.inputValue(), '我接着写');
});

chapter(
  'who signs out leaves nothing in the browser that the server has, and finds it there again',
  async () => {
    const kept = () =>
      phone.evaluate('Object.keys(localStorage).filter((key) => key.startsWith("onevisit.draft.")).length');
    expect(await kept()).toBe(1);
    await phone.getByRole('button', { name: /^账户菜单/ }).click();
    await phone.getByRole('menuitem', { name: '退出登录' }).click();
    await phone.getByRole('button', { name: '登录' }).waitFor();
    expect(await kept()).toBe(0);
    await signIn(phone, 'xfj-0001');
    await phone.goto(`/visits/${visit}`);
    await eventually(() => phone.getByLabel('现场情况').inputValue(), '我接着写');
  },
);

chapter('what was photographed goes with the result, and stays with it', async () => {
  await phone.goto(`/visits/${visit}`);
  await phone.getByRole('group', { name: '门头照片' }).getByRole('img', { name: '招牌.jpg' }).waitFor();
  await phone.getByLabel('检查结果').first().click();
  await phone.locator('.ant-select-item-option:visible', { hasText: '1 未发现问题' }).click();
  await phone.getByRole('button', { name: '提交检查结果' }).click();
  await phone.getByRole('button', { name: '确认提交' }).click();
  await see(phone, '检查结果已提交');
  await phone.getByText('检查表格').first().click();
  await phone.getByRole('img', { name: '招牌.jpg' }).waitFor();
  const stored: unknown = await site.town
    .db('visit_items')
    .where({ visit_id: visit, item_code: ITEM })
    .first('answers');
  expect(await drafts()).toEqual([]);
  expect(stored).toEqual({ answers: { note: '我接着写', front: [expect.any(Number), expect.any(Number)] } });
  const lead = await site.visitors.person('supervisor');
  await lead.goto(`/visits/${visit}`);
  await lead.getByText('检查表格').first().click();
  await see(lead, '照片 2 张（仅检查、联络、牵头和审批人员可查看）');
});
