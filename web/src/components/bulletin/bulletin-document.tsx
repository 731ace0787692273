import { useTranslation } from 'react-i18next';
import type { Bulletin, OversightReport } from '../../api/types';
import { IdleNote } from '../oversight/idle-note';
import { ReportView } from '../oversight/report-view';
import { Panel } from '../open-parts';

interface Props {
  texts: Bulletin['texts'];
  report: OversightReport;
  /** On a sheet of paper headings have no frames. */
  isSheet?: boolean;
}

/** What a bulletin says: its texts and its frozen figures, in plain HTML for the office, the public and paper. */
export function BulletinDocument({ texts, report, isSheet = false }: Props) {
  const { t } = useTranslation();
  return (
    <>
      {(['summary', 'reasons', 'demands'] as const).map((part) => (
        <section key={part} className="report-part">
          <h2>{t(`bulletin.fields.${part}`)}</h2>
          <p className="pre-line">{texts[part] === '' ? t('bulletin.none') : texts[part]}</p>
          {part === 'summary' && <IdleNote idle={report.idle} />}
        </section>
      ))}
      <ReportView
        report={report}
        frame={(table, children) => {
          const title = t(`board.parts.${table}`);
          const content = (
            <>
              {children}
              <details className="meaning small muted">
                <summary>{t('board.means')}</summary>
                <p>{t(`board.meaning.${table}`)}</p>
              </details>
            </>
          );
          return isSheet ? (
            <>
              <h2>{title}</h2>
              {content}
            </>
          ) : (
            <Panel title={title}>{content}</Panel>
          );
        }}
      />
    </>
  );
}
