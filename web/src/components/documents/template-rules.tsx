import { useTranslation } from 'react-i18next';

const RULES = [
  ['{{名称}}', 'value'],
  ['{{#名称}} … {{/名称}}', 'section'],
  ['{{^名称}} … {{/名称}}', 'absent'],
  ['#　##　###', 'headings'],
  ['| 甲 | 乙 |', 'table'],
  ['**文字**', 'bold'],
  ['> 说明', 'note'],
  ['```签名', 'sign'],
  ['```落款', 'seal'],
] as const;

/** How a template is written, in short. */
export function TemplateRules() {
  const { t } = useTranslation();
  return (
    <dl className="template-rules">
      {RULES.map(([written, rule]) => (
        <div key={rule}>
          <dt className="mono">{written}</dt>
          <dd className="small">{t(`templates.rules.${rule}`)}</dd>
        </div>
      ))}
    </dl>
  );
}
