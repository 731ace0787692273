import { exampleOf, type Data } from '../../../documents/fields';
import { DOCUMENT_KINDS, KINDS } from '../../../documents/kinds';
import { renderDocument, type Format } from '../../../documents/render';
import { readDocx, readPdf } from '../../support/read-document';

const render = (format: Format, template: string, data: Data = {}) =>
  renderDocument({ format, title: '试', origin: '模板：系统通用', parts: [{ template, data }] });

const squeezed = (text: string): string => text.replace(/\s/g, '');

test.each(DOCUMENT_KINDS)('%s of invented data says the same in both formats', async (kind) => {
  const { template, fields } = KINDS[kind];
  const { pages, fonts, missing } = await readPdf(await render('pdf', template, exampleOf(fields)));
  expect(missing).toEqual([]);
  expect(fonts.every((font) => font.includes('NotoSerifSC'))).toBe(true);
  const docx = await readDocx(await render('docx', template, exampleOf(fields)));
  expect(docx).not.toMatch(/\*\*|\{\{|\}\}|```|^\||undefined|[\uE000\uE001]/m);
  const pdf = squeezed(pages.join(''));
  for (const line of docx.split('\n').map(squeezed))
    expect(pdf).toContain(line.replace(/：\u3000?日期：$/, '：'));
});

test('what somebody wrote is not read as Markdown, in neither format', async () => {
  const 名称 = '# 甲*乙*|丙**丁**`戊`<b>&amp; [己](x)';
  const template = '# {{名称}}\n\n| 头 | 尾 |\n| - | - |\n| {{名称}} | 末 |\n';
  const data = { 名称 };
  const docx = await readDocx(await render('docx', template, data));
  expect(docx.split('\n').map((line) => line.trim())).toEqual(expect.arrayContaining([名称, '末']));
  const { pages } = await readPdf(await render('pdf', template, data));
  expect(squeezed(pages.join('')).split(squeezed(名称))).toHaveLength(3);
});

test('a character that the font has not is marked, named at the end, and kept in a DOCX', async () => {
  const data = { 名称: '𠮷野家🙂' };
  const { pages, missing } = await readPdf(await render('pdf', '{{名称}}', data));
  expect(missing).toEqual([]);
  expect(squeezed(pages.join(''))).toMatch(/^〓野家〓注：字库中没有的字以〓代替，依次为U\+20BB7、U\+1F642。/);
  expect(await readDocx(await render('docx', '{{名称}}', data))).toContain('𠮷野家🙂');
});

test('characters that are none do not spoil a file', async () => {
  const data = { 名称: '甲\u0000\u0007乙\uFFFF\uD800丙\u200B丁' };
  expect(await readDocx(await render('docx', '{{名称}}', data))).toContain('甲乙丙');
  expect((await readPdf(await render('pdf', '{{名称}}', data))).pages.join('')).toContain('甲乙丙丁');
});

test('a table that goes on over pages has its head on each', async () => {
  const template = '| 序号 | 事项名称 |\n| - | - |\n{{#行}}\n| {{号}} | 内容 |\n{{/行}}\n';
  const data = { 行: Array.from({ length: 120 }, (_, at) => ({ 号: `第${at}号` })) };
  const { pages } = await readPdf(await render('pdf', template, data));
  expect(pages.length).toBeGreaterThan(2);
  expect(pages.filter((page) => page.includes('事项名称'))).toHaveLength(pages.length);
});

test('each part begins on a page of its own', async () => {
  const parts = ['甲', '乙'].map((name) => ({ template: '# {{名称}}', data: { 名称: name } }));
  const { pages } = await readPdf(await renderDocument({ format: 'pdf', title: '', origin: '', parts }));
  expect(pages.map((page) => page.trim()[0])).toEqual(['甲', '乙']);
});
