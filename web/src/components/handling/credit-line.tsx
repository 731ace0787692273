import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CreditRecord } from '../../api/types';
import { formatInstant } from '../../lib/format';

/** One entry of a credit record: what, since when and until when, whether its result is public. */
export function CreditLine({
  record,
  head,
  children,
}: {
  record: CreditRecord;
  head?: ReactNode;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const isCorrected = record.correctedAt !== null;
  return (
    <li>
      <div className="row-head">
        <strong>{head ?? t(`credit.kinds.${record.kind}`)}</strong>
        <Tag color={isCorrected ? 'default' : record.kind === 'rectified' ? 'blue' : 'red'}>
          {t(`credit.kinds.${record.kind}`)}
        </Tag>
      </div>
      <div className={isCorrected ? 'muted long-text' : 'long-text'}>
        {isCorrected ? <del>{record.what}</del> : record.what}
      </div>
      <div className="muted small">
        {t('credit.facts', { department: record.department.name, day: record.recordedOn })} ·{' '}
        {record.countsUntil === null
          ? t('credit.whileListed')
          : t('credit.until', { day: record.countsUntil })}{' '}
        ·{' '}
        {record.publishedAt === null ? (
          <span className="bad">{t('credit.notPublished')}</span>
        ) : (
          t('credit.published', { at: formatInstant(record.publishedAt) })
        )}
      </div>
      {record.basis && <div className="muted small long-text">{record.basis}</div>}
      {record.correctedAt !== null && (
        <div className="small">
          {t('credit.corrected', {
            by: record.correctedBy ?? '',
            at: formatInstant(record.correctedAt),
            text: record.correction,
          })}
        </div>
      )}
      {children}
    </li>
  );
}
