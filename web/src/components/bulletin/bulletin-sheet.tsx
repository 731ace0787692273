import { useTranslation } from 'react-i18next';
import type { Bulletin, OversightReport } from '../../api/types';
import { formatSecond } from '../../lib/format';
import '../a4-sheet.css';
import { BulletinDocument } from './bulletin-document';

interface Props {
  bulletin: Pick<Bulletin, 'title' | 'number' | 'texts'> & { report: OversightReport };
  sha256: string;
}

/** A bulletin as a document on A4. */
export function BulletinSheet({ bulletin: { title, number, texts, report }, sha256 }: Props) {
  const { t } = useTranslation();
  return (
    <main id="content" className="minutes">
      <h1>{title}</h1>
      <p className="minutes-number">{number}</p>
      <BulletinDocument texts={texts} report={report} isSheet />
      <div className="minutes-signatures">
        <p>
          {t('bulletin.sheet.office')}
          <span className="minutes-line" /> {t('bulletin.sheet.date')}
          <span className="minutes-line minutes-short" />
        </p>
      </div>
      <p className="minutes-foot">{t('bulletin.sheet.foot', { at: formatSecond(report.asOf), sha256 })}</p>
    </main>
  );
}

export function SheetBar({ to, files }: { to: React.ReactNode; files?: React.ReactNode }) {
  const { t } = useTranslation();
  return (
    <p className="minutes-bar">
      {to}
      <span className="head-links">
        {files}
        <button type="button" className="button" onClick={() => window.print()}>
          {t('minutes.print')}
        </button>
      </span>
    </p>
  );
}
