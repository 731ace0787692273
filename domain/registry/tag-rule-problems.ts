import type { FieldProblem } from '../errors';
import { statedScope, type TagRule } from './tags';

/** What keeps a rule from being saved; empty where nothing does. `others`: the rules of other tags. */
export function tagRuleProblems(rule: TagRule, others: readonly TagRule[]): FieldProblem[] {
  const { tag, label, anyOf, noneOf, notWith } = rule;
  const problems: FieldProblem[] = [];
  const tell = (field: string, message: string) => problems.push({ field, message });
  // A file of items names tags by either (imports/kinds.ts).
  const other = others.find((one) => one.label === label || one.tag === label || one.label === tag);
  if (other) tell('label', `“${other.label}”（${other.tag}）已用了这个名称，请换一个。`);
  if (anyOf.length === 0) tell('anyOf', '至少填写一个词：没有词的规则不会给任何对象标签。');
  for (const [field, words] of [
    ['anyOf', anyOf],
    ['noneOf', noneOf],
    ['notWith', notWith],
  ] as const) {
    const unmet = words.filter((word) => statedScope(word) !== word);
    if (unmet.length > 0) {
      tell(field, `${unmet.join('、')}：判定前会去掉“不含”“除外”等说明，这些词永远遇不到，请改写。`);
    }
  }
  const idle = noneOf.filter((word) => !anyOf.some((each) => overlaps(word, each)));
  if (idle.length > 0) {
    tell(
      'noneOf',
      `${idle.join('、')} 中没有上面的词，填在这里不起作用；要让出现它的对象都没有标签，请填到“同时出现则不给”。`,
    );
  }
  const both = notWith.filter((word) => anyOf.some((each) => each.includes(word)));
  if (both.length > 0) {
    tell('notWith', `${both.join('、')} 也在上面的词中，这样一来那些词永远不会给标签。`);
  }
  return problems;
}

/** Taking the word out can take something of the other with it: 农药 out of 农药品. */
const overlaps = (word: string, other: string): boolean =>
  word.includes(other) || [...other].some((character) => word.includes(character));

/** Words as they are compared: normalized, without blanks around them, each once. */
export const cleanWords = (words: readonly string[]): string[] => [
  ...new Set(words.map((word) => word.normalize('NFKC').trim()).filter((word) => word !== '')),
];
