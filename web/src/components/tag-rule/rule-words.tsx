import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TagRuleVersion } from '../../api/types';

/** What a rule goes by. */
export function RuleWords({ rule }: { rule: TagRuleVersion }) {
  const { t } = useTranslation();
  const lists = [
    ['any', rule.anyOf, 'green'],
    ['none', rule.noneOf, 'default'],
    ['not', rule.notWith, 'red'],
  ] as const;
  return lists
    .filter(([, words]) => words.length > 0)
    .map(([name, words, color]) => (
      <div key={name} className="tags small rule-words">
        <span className="muted">{t(`tagRule.${name}`)}</span>
        {words.map((word) => (
          <Tag key={word} color={color}>
            {word}
          </Tag>
        ))}
      </div>
    ));
}
