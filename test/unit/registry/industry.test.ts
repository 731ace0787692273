import { industryName, readIndustry } from '../../../domain/registry/industry';

test.each([
  ['H', 'H', '住宿和餐饮业'],
  ['62', 'H62', '住宿和餐饮业 / 餐饮业'],
  ['h6210', 'H6210', '住宿和餐饮业 / 餐饮业'],
  ['Ｃ１３', 'C13', '制造业 / 农副食品加工业'],
  ['43', 'C43', '制造业 / 金属制品、机械和设备修理业'],
  ['96', 'S96', '公共管理、社会保障和社会组织 / 基层群众自治组织及其他组织'],
  ['T97', 'T97', '国际组织'],
  ['70', 'K70', '房地产业'],
])('%s is %s, %s', (text, code, name) => {
  expect(readIndustry(text)).toEqual({ ok: true, code });
  expect(industryName(code)).toBe(name);
});

test.each(['', '餐饮业', 'U', '98', '00', 'H1', '62100', 'C62', 'H-62'])('%p is no industry', (text) => {
  expect(readIndustry(text)).toMatchObject({ ok: false });
});

test('every division from 01 to 97 has its one section and a name', () => {
  for (let division = 1; division <= 97; division += 1) {
    const outcome = readIndustry(String(division).padStart(2, '0'));
    expect(outcome).toMatchObject({ ok: true });
    expect(industryName(outcome.ok ? outcome.code : '')).not.toMatch(/^$|undefined/);
  }
});
