import { checkTemplate } from '../../../documents/check-template';
import { list, text } from '../../../documents/fields';
import { DOCUMENT_KINDS, KINDS } from '../../../documents/kinds';

const FIELDS = {
  标题: text('title', '通知'),
  日期: text('day', ''),
  事项: list('items', 2, { 名称: text('name', '许可'), 依据: text('basis', '《食品安全法》') }),
};

test.each(DOCUMENT_KINDS)('the template of %s that ships is one', (kind) => {
  expect(checkTemplate(KINDS[kind].template, KINDS[kind].fields)).toEqual([]);
});

test.each([
  [
    'an unknown name',
    '# {{标题}}\n\n于 {{日子}} 检查',
    3,
    3,
    '没有名为“日子”的内容。此处可以使用：标题、日期、事项。',
  ],
  ['a name outside of its list', '{{名称}}', 1, 1, '没有名为“名称”的内容。此处可以使用：标题、日期、事项。'],
  [
    'an unknown name in a list',
    '{{#事项}}\n- {{名称}} {{条款}}\n{{/事项}}',
    2,
    10,
    '没有名为“条款”的内容。此处可以使用：名称、依据、标题、日期、事项。',
  ],
  [
    'an unknown section',
    '𠮷 {{#条件}}有{{/条件}}',
    1,
    3,
    '没有名为“条件”的内容。此处可以使用：标题、日期、事项。',
  ],
  [
    'a list as if it were a value',
    '{{事项}}',
    1,
    1,
    '“事项”是一组内容，请写成 {{#事项}} … {{/事项}}，并在中间写明各栏。',
  ],
  ['a section without an end', '# 甲\n{{#事项}}\n- {{名称}}', 2, 1, '{{#事项}} 没有对应的 {{/事项}}。'],
  ['an end without a beginning', '甲{{/事项}}', 1, 2, '{{/事项}} 之前没有对应的 {{#事项}}。'],
  ['a brace that is not closed', '甲\n乙 {{标题', 2, 3, '大括号没有成对：缺少 }}。'],
  [
    'a value as it is',
    '{{{标题}}}',
    1,
    1,
    '只能使用 {{名称}}、{{#名称}} … {{/名称}} 和 {{^名称}} … {{/名称}}。',
  ],
  [
    'another template',
    '{{> 别的}}',
    1,
    1,
    '只能使用 {{名称}}、{{#名称}} … {{/名称}} 和 {{^名称}} … {{/名称}}。',
  ],
  ['nothing', ' \n', 1, 1, '模板是空的。'],
  [
    'what every object has',
    '{{constructor}}',
    1,
    1,
    '没有名为“constructor”的内容。此处可以使用：标题、日期、事项。',
  ],
])('%s is refused where it stands', (_, template, line, column, message) => {
  expect(checkTemplate(template, FIELDS)).toEqual([{ line, column, message }]);
});

test('names of around a list are known within it', () => {
  expect(checkTemplate('{{#事项}}{{标题}}{{名称}}{{/事项}}{{^日期}}另行通知{{/日期}}', FIELDS)).toEqual([]);
});
