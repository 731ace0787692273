import { useTranslation } from 'react-i18next';
import type { RatioPolicy } from '../../api/types';
import { useTagLabel } from '../../lib/use-organisation';

/** Which trades are risky and which are not, and why. */
export function IndustryList({ industries }: Pick<RatioPolicy, 'industries'>) {
  const { t } = useTranslation();
  const tagLabel = useTagLabel();
  return (
    <div>
      <ul className="plain-list">
        {industries.map(({ tag, level, reason }) => (
          <li key={tag}>
            {tagLabel(tag)} {t(`strata.levels.${level}`)}
            <span className="muted small"> {reason}</span>
          </li>
        ))}
      </ul>
      <div className="muted small">{t('policy.industriesHint')}</div>
    </div>
  );
}
