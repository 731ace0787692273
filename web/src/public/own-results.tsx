import { useTranslation } from 'react-i18next';
import type { OpenVisitNotice } from '../api/types';
import { Panel } from '../components/open-parts';
import { formatInstant } from '../lib/format';
import { isViolation, resultLabel } from '../lib/results';
import { ObjectionForm } from './objection-form';

interface Props {
  code: string;
  notice: OpenVisitNotice;
  onChange: (notice: OpenVisitNotice) => void;
}

type OwnResult = OpenVisitNotice['results'][number];

/** What was found, item by item, and what the entity says against it. */
export function OwnResults(props: Props) {
  const { t } = useTranslation();
  const { results } = props.notice;
  if (results.length === 0) return null;
  return (
    <Panel title={t('objection.results')}>
      <ul className="row-list">
        {results.map((result) => (
          <li key={result.item.code}>
            <div className="row-head">
              <strong>{result.item.name}</strong>
              <span className={isViolation(result.resultCode) ? 'bad' : 'good'}>
                {resultLabel(result.resultCode, t)}
              </span>
            </div>
            <div className="muted small">
              {result.department.name} ·{' '}
              {result.publishedAt
                ? t('objection.published', { at: formatInstant(result.publishedAt) })
                : t('objection.unpublished')}
            </div>
            {result.opinion && <p className="small">{t('objection.opinion', { opinion: result.opinion })}</p>}
            {result.objections.map((one) => (
              <Objection key={one.askedAt} objection={one} />
            ))}
            {result.mayObject && (
              <>
                <ObjectionForm {...props} item={result.item} />
                {result.objectUntil && (
                  <span className="muted small">
                    {' '}
                    {t('objection.until', { day: lastDayOf(result.objectUntil) })}
                  </span>
                )}
              </>
            )}
          </li>
        ))}
      </ul>
      {results.some((result) => result.mayObject) && (
        <p className="small muted">{t('objection.resultsHint')}</p>
      )}
    </Panel>
  );
}

function Objection({ objection }: { objection: OwnResult['objections'][number] }) {
  const { t } = useTranslation();
  const { askedAt, reason, dueAt, status, decidedAt, note } = objection;
  return (
    <div className="small">
      <span className="chip">{t(`objection.states.${status}`)}</span>
      <p>{t('objection.askedAt', { at: formatInstant(askedAt), reason })}</p>
      {decidedAt === null ? (
        <p className="muted">{t('objection.dueAt', { at: formatInstant(dueAt) })}</p>
      ) : (
        <p>{t('objection.answeredAt', { at: formatInstant(decidedAt), note })}</p>
      )}
      {status === 'upheld' && <p className="muted">{t('objection.upheldNext')}</p>}
    </div>
  );
}

/** The day that an instant at its end belongs to. */
const lastDayOf = (end: string): string =>
  formatInstant(new Date(Date.parse(end) - 1).toISOString()).slice(0, 10);
