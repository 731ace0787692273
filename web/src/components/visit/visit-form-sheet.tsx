import { useTranslation } from 'react-i18next';
import type { Question, VisitDetail } from '../../api/types';
import { formatInstant } from '../../lib/format';
import { RESULT_CODES, resultLabel } from '../../lib/results';
import '../a4-sheet.css';
import { FactRows } from '../fact-rows';
import '../item/form-sheet.css';
import { Boxes, FormSections, Room, Signatures } from '../item/form-sheet-parts';
import { Answer } from './answer';
import { CorrectionChanges } from './correction-changes';
import './notice-sheet.css';

interface Props {
  visit: VisitDetail;
  item: VisitDetail['items'][number];
  isFilled: boolean;
  /** Certificate numbers by code of the inspector. */
  certificates: ReadonlyMap<string, string>;
}

/** One item's check form with the visit's facts: room to write, or what was answered. */
export function VisitFormSheet({ visit, item, isFilled, certificates }: Props) {
  const { t } = useTranslation();
  const form = visit.forms.find((one) => one.item === item.item.code);
  const team = visit.inspectors.filter((one) => one.department === item.department.code);
  const answerTo = (question: Question) => {
    if (!isFilled) return <Room question={question} />;
    const answer = item.answers[question.key];
    return answer === undefined ? '—' : <Answer question={question} answer={answer} visit={visit} />;
  };
  const hasResult = isFilled && item.resultCode !== null;
  return (
    <section className="minutes forms-sheet">
      <h1 className="sheet-title">{item.item.name}</h1>
      <p className="sheet-subtitle">
        {t(isFilled ? 'formsSheet.filled' : 'formsSheet.blank')} · {visit.campaign.code}-{visit.number} ·{' '}
        {item.item.code}
        {form && ` · ${t('items.versionOf', { n: form.version })}`}
      </p>
      <table className="minutes-facts sheet-head">
        <tbody>
          <FactRows
            rows={[
              [t('items.sheet.department'), item.department.name],
              [t('visit.entity'), visit.entity.name],
              [t('visit.creditCode'), visit.entity.creditCode],
              [t('visit.address'), visit.entity.address],
              [t('items.sheet.time'), visit.visitOn ?? t('items.sheet.timeBlank')],
              [
                t('items.sheet.inspectors'),
                team
                  .map(({ code, name }) =>
                    t('formsSheet.inspector', { name, certificate: certificates.get(code) ?? '—' }),
                  )
                  .join('、'),
              ],
              ...(isFilled && item.method
                ? [[t('visitMethod.label'), t(`open.methods.${item.method}`)] as [string, string]]
                : []),
            ]}
          />
        </tbody>
      </table>
      <FormSections sections={form?.sections ?? []} answerTo={answerTo} />
      <div className="minutes-together">
        <h2>{t('formsSheet.result')}</h2>
        {isFilled ? (
          <p className="minutes-strong">
            {item.resultCode === null ? t('formsSheet.none') : resultLabel(item.resultCode, t)}
          </p>
        ) : (
          <Boxes labels={RESULT_CODES.map((code) => resultLabel(code, t))} className="sheet-columns" />
        )}
      </div>
      <div className="minutes-together">
        <h2>{t('visit.opinion')}</h2>
        {hasResult ? <p className="pre-line">{item.opinion || '—'}</p> : <div className="sheet-writing" />}
      </div>
      {isFilled && <SheetCorrections visit={visit} item={item.item.code} />}
      <Signatures />
    </section>
  );
}

/** What the record said before, by whom it was changed, by whose leave and why. */
function SheetCorrections({ visit, item }: { visit: VisitDetail; item: string }) {
  const { t } = useTranslation();
  const corrections = visit.corrections.filter(
    (one) => one.item === item && one.kind === 'result' && one.status === 'approved',
  );
  if (corrections.length === 0) return null;
  return (
    <div>
      <h2>{t('correction.sheet')}</h2>
      {corrections.map((one) => (
        <div key={one.id} className="minutes-together">
          <p>
            {t('correction.askedBy', { by: one.askedBy, at: formatInstant(one.askedAt) })}
            {one.decidedAt &&
              ` · ${t('correction.decided', { by: one.decidedBy, at: formatInstant(one.decidedAt) })}`}
          </p>
          <p className="pre-line">
            {t('correction.reason')}：{one.reason}
          </p>
          <CorrectionChanges visit={visit} correction={one} />
        </div>
      ))}
    </div>
  );
}
