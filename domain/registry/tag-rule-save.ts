/** Whether a rule of tags may be saved on what is there: asked when it is ordered, and again when it is carried out. */
import { conflict, invalid } from '../errors';
import { cleanWords, tagRuleProblems } from './tag-rule-problems';
import type { TagRule } from './tags';

export const withCleanWords = ({ tag, label, anyOf, noneOf, notWith, active }: TagRule): TagRule => ({
  ...{ tag, label, active },
  ...{ anyOf: cleanWords(anyOf), noneOf: cleanWords(noneOf), notWith: cleanWords(notWith) },
});

export const isSameRule = (one: TagRule, other: TagRule): boolean =>
  JSON.stringify(withCleanWords(one)) === JSON.stringify(withCleanWords(other));

/** `rules`: those in force; `basedOn`: the version that was changed, null for a new tag. */
export function assertSavable(
  rule: TagRule,
  rules: readonly (TagRule & { version: number })[],
  basedOn: number | null,
): void {
  const before = rules.find((one) => one.tag === rule.tag);
  assertCurrent(before, basedOn);
  if (!before && !/^[a-z][a-z0-9-]{1,39}$/.test(rule.tag))
    throw invalid('tag-code', '标签代码由小写英文字母开头，只用小写字母、数字和短横线，2 到 40 个字符。', [
      { field: 'tag', message: '如 catering、food-sales' },
    ]);
  if (before && isSameRule(before, rule))
    throw invalid('tag-rule-same', '规则与现在的完全相同，没有需要保存的内容。');
  const others = rules.filter((one) => one.tag !== rule.tag);
  const problems = tagRuleProblems(rule, others);
  if (problems.length > 0)
    throw invalid('tag-rule-words', problems.map((problem) => problem.message).join(''), problems);
}

function assertCurrent(before: (TagRule & { version: number }) | undefined, basedOn: number | null): void {
  if (before && basedOn === null)
    throw conflict('tag-taken', `标签代码 ${before.tag} 已有规则“${before.label}”：请修改它，或换一个代码。`);
  if ((before?.version ?? null) !== basedOn)
    throw conflict('tag-rule-changed', '这条规则刚被别人修改过：请重新打开，看过新的内容再修改。');
}
