import { useTranslation } from 'react-i18next';
import type { Item, Question } from '../../api/types';
import { formatInstant } from '../../lib/format';
import { RESULT_CODES, resultLabel } from '../../lib/results';
import { rangeText } from '../../lib/standard-range';
import { useDepartmentName } from '../../lib/use-organisation';
import '../a4-sheet.css';
import { FactRows } from '../fact-rows';
import './form-sheet.css';

/** A blank check form on A4. */
export function FormSheet({ item }: { item: Item }) {
  const { t } = useTranslation();
  return (
    <main id="content" className="minutes">
      <h1 className="sheet-title">{item.name}</h1>
      <p className="sheet-subtitle">
        {t('items.sheet.title')} · {item.code} · {t('items.versionOf', { n: item.version })}
        {item.status !== 'published' && <strong>（{t(`items.status.${item.status}`)}）</strong>}
      </p>
      <Head item={item} />
      {item.checkForm.length === 0 && <p>{t('items.formEmpty')}</p>}
      {item.checkForm.map((section, at) => (
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
                    {question.basis && (
                      <div className="sheet-small">{t('visit.basis', { text: question.basis })}</div>
                    )}
                  </td>
                  <td>
                    <Room question={question} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
      <div className="minutes-together">
        <h2>{t('visit.result')}</h2>
        <Boxes labels={RESULT_CODES.map((code) => resultLabel(code, t))} className="sheet-columns" />
      </div>
      <div className="minutes-together">
        <h2>{t('visit.opinion')}</h2>
        <Boxes labels={item.opinions} className="sheet-columns" />
        <div className="sheet-writing" />
      </div>
      <Signatures />
      <p className="minutes-foot">
        {t('items.sheet.foot', { code: item.code, version: item.version })}
        {item.publishedAt && ` ${t('items.from')} ${formatInstant(item.publishedAt)}`}
      </p>
    </main>
  );
}

/** Who inspects whom and when: all but the department is written by hand. */
function Head({ item }: { item: Item }) {
  const { t } = useTranslation();
  const nameOf = useDepartmentName();
  const bases = item.legalBases.map(({ law, article }) => `${law} ${article}`.trim()).join('、');
  const rows: [string, string][] = [
    [t('items.sheet.department'), nameOf(item.departmentCode)],
    [t('visit.entity'), ''],
    [t('visit.creditCode'), ''],
    [t('visit.address'), ''],
    [t('items.sheet.time'), t('items.sheet.timeBlank')],
    [t('items.sheet.inspectors'), ''],
    [t('items.sheet.bases'), bases],
  ];
  return (
    <table className="minutes-facts sheet-head">
      <tbody>
        <FactRows rows={rows} />
      </tbody>
    </table>
  );
}

/** Where the answer is ticked or written. */
function Room({ question }: { question: Question }) {
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

function Boxes({ labels, className = '' }: { labels: readonly string[]; className?: string }) {
  return (
    <div className={`sheet-boxes ${className}`}>
      {labels.map((label) => (
        <span key={label}>□ {label}</span>
      ))}
    </div>
  );
}

function Signatures() {
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
