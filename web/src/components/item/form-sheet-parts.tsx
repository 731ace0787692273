import { useTranslation } from 'react-i18next';
import type { Question } from '../../api/types';
import { rangeText } from '../../lib/standard-range';

/** Where the answer is ticked or written. */
export function Room({ question }: { question: Question }) {
  const { t } = useTranslation();
  const { type, unit, options = [], instrument } = question;
  const range = rangeText(question);
  switch (type) {
    case 'yes-no':
      return <Boxes labels={[t('visit.yes'), t('visit.no')]} />;
    case 'choice':
      return <Boxes labels={options} />;
    case 'number':
      return (
        <>
          <span className="sheet-blank" /> {unit}
        </>
      );
    case 'measurement':
      return (
        <>
          <div>
            <span className="sheet-blank" /> {unit}
          </div>
          {range && (
            <>
              <div className="sheet-small">{t('visit.range', { range })}</div>
              <Boxes labels={[t('items.sheet.within'), t('items.sheet.outside')]} />
            </>
          )}
          <div className="sheet-small">
            {t('visit.instrument')}
            {instrument && `（${instrument}）`}：<span className="sheet-blank" />
          </div>
        </>
      );
    case 'photo':
      return (
        <div className="sheet-photos">
          {t('items.sheet.photos')}
          {range && ` ${t('evidence.count', { range })}`}
        </div>
      );
    case 'text':
    case 'signature':
      return <div className="sheet-lines" />;
  }
}

/** Labels with a box before each. */
export function Boxes({ labels, className = '' }: { labels: readonly string[]; className?: string }) {
  return (
    <div className={`sheet-boxes ${className}`}>
      {labels.map((label) => (
        <span key={label}>□ {label}</span>
      ))}
    </div>
  );
}

/** Who signs by hand. */
export function Signatures() {
  const { t } = useTranslation();
  return (
    <div className="minutes-signatures">
      {[t('items.sheet.signInspectors'), t('items.sheet.signEntity')].map((who) => (
        <p key={who}>
          {who}：<span className="minutes-line" /> {t('items.sheet.date')}：
          <span className="minutes-line minutes-short" />
        </p>
      ))}
      <p className="sheet-small">{t('items.sheet.refused')}</p>
    </div>
  );
}
