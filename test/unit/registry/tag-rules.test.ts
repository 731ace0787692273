import { markWords } from '../../../domain/registry/mark-words';
import { cleanWords, tagRuleProblems } from '../../../domain/registry/tag-rule-problems';
import { DEFAULT_TAG_RULES } from '../../../domain/registry/tag-rules';
import { tagsOf, wordsThatGive, type TagRule } from '../../../domain/registry/tags';

const rule = (more: Partial<TagRule> = {}): TagRule => ({
  ...{ tag: 'catering', label: '餐饮服务', anyOf: ['餐饮'], noneOf: [], notWith: [], active: true },
  ...more,
});
const fieldsOf = (more: Partial<TagRule>) => tagRuleProblems(rule(more), []).map(({ field }) => field);

test('a rule that is switched off gives nothing', () => {
  expect(tagsOf('餐饮服务', [rule({ active: false })])).toEqual([]);
  expect(wordsThatGive('餐饮服务', rule({ active: false }))).toEqual([]);
});

test('餐饮 and not 批发 is catering', () => {
  const rules = [rule({ notWith: ['批发'] })];
  expect(tagsOf('餐饮服务', rules)).toEqual(['catering']);
  expect(tagsOf('餐饮服务；食材批发', rules)).toEqual([]);
  expect(wordsThatGive('餐饮服务；食材批发', rule({ notWith: ['批发'] }))).toEqual([]);
  // What it does not do is not in its way.
  expect(tagsOf('餐饮服务（不含批发）', rules)).toEqual(['catering']);
});

test('the rules of an installation are sound, and each word of them has an effect', () => {
  for (const each of DEFAULT_TAG_RULES) {
    const others = DEFAULT_TAG_RULES.filter((other) => other !== each);
    expect(tagRuleProblems(each, others)).toEqual([]);
  }
  expect(tagsOf('锅炉除垢剂销售', DEFAULT_TAG_RULES)).toEqual([]);
});

test('words that could do nothing are told, with the field they stand in', () => {
  expect(fieldsOf({})).toEqual([]);
  expect(fieldsOf({ anyOf: [] })).toEqual(['anyOf']);
  expect(fieldsOf({ anyOf: ['不含餐饮'] })).toEqual(['anyOf']);
  expect(fieldsOf({ noneOf: ['餐饮设备'] })).toEqual([]);
  expect(fieldsOf({ noneOf: ['批发'] })).toEqual(['noneOf']);
  expect(fieldsOf({ notWith: ['批发'] })).toEqual([]);
  expect(fieldsOf({ notWith: ['餐'] })).toEqual(['notWith']);
  expect(tagRuleProblems(rule(), [rule({ tag: 'food' })])).toMatchObject([{ field: 'label' }]);
});

test('words are compared as scopes are: normalized, each once', () => {
  expect(cleanWords([' ＫＴＶ', 'KTV', '', '餐饮 '])).toEqual(['KTV', '餐饮']);
});

test('the words that decide are marked, the longest first, and what lies between is shortened', () => {
  expect(markWords('宠物食品、食品（零售）', ['食品'], ['宠物食品'])).toEqual([
    { text: '宠物食品', mark: 'stops' },
    { text: '、', mark: null },
    { text: '食品', mark: 'gives' },
    { text: '(零售)', mark: null },
  ]);
  const [before, word, after] = markWords(`${'一'.repeat(100)}餐饮${'二'.repeat(100)}`, ['餐饮'], []);
  expect(before).toEqual({ text: `…${'一'.repeat(24)}`, mark: null });
  expect(word).toEqual({ text: '餐饮', mark: 'gives' });
  expect(after).toEqual({ text: `${'二'.repeat(24)}…`, mark: null });
  expect(markWords('a.b', ['.'], [])).toEqual([
    { text: 'a', mark: null },
    { text: '.', mark: 'gives' },
    { text: 'b', mark: null },
  ]);
});
