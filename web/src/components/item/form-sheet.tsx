import { useTranslation } from 'react-i18next';
import type { Item } from '../../api/types';
import { formatInstant } from '../../lib/format';
import { RESULT_CODES, resultLabel } from '../../lib/results';
import { useDepartmentName } from '../../lib/use-organisation';
import '../a4-sheet.css';
import { FactRows } from '../fact-rows';
import './form-sheet.css';
import { Boxes, FormSections, Room, Signatures } from './form-sheet-parts';

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
      <FormSections
        sections={item.checkForm}
        answerTo={(question) => <Room question={question} />}
        showsBasis
      />
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
