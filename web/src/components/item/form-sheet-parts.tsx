import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import type { Question } from '../../api/types';
import { rangeText } from '../../lib/standard-range';

interface SectionsProps {
  sections: readonly { title: string; questions: readonly Question[] }[];
  /** What stands beside a question. */
  answerTo: (question: Question) => ReactNode;
  showsBasis?: boolean;
}

/** The questions of a form, a table for each section. */
export function FormSections({ sections, answerTo, showsBasis = false }: SectionsProps) {
  const { t } = useTranslation();
  return sections.map((section, at) => (
    <section key={at}>
      <h2>{section.title}</h2>
      <table className="sheet-questions">
        <thead>
          <tr>
            <th>{t('items.sheet.number')}</th>
            <th>{t('items.sheet.question')}</th>
            <th>{t('items.sheet.answer')}</th>
          </tr>
        </thead>
        <tbody>
          {section.questions.map((question, number) => (
            <tr key={question.key}>
              <td>{number + 1}</td>
              <td>
                {question.text}
                {question.standard && (
                  <div className="sheet-small">{t('visit.standard', { text: question.standard })}</div>
                )}
                {showsBasis && question.basis && (
                  <div className="sheet-small">{t('visit.basis', { text: question.basis })}</div>
                )}
              </td>
              <td>{answerTo(question)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  ));
}

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
