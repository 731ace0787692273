import { useTranslation } from 'react-i18next';
import type { UrgingOrder } from '../../api/types';
import { formatInstant } from '../../lib/format';

/** All rounds of an order: what was answered, what was decided on it, and whether it was withdrawn. */
export function OrderRounds({ order: { rounds, withdrawal } }: { order: UrgingOrder }) {
  const { t } = useTranslation();
  return (
    <>
      {rounds
        .filter((round) => round.answer !== null || rounds.length > 1)
        .map((round) => (
          <div key={round.round} className="quote">
            <div className="muted small">
              {t('urging.round', { n: round.round, at: formatInstant(round.dueAt) })}
            </div>
            {round.answer === null ? (
              <div className={round.isLate ? 'bad' : 'muted'}>{t('urging.unanswered')}</div>
            ) : (
              <>
                <div>{round.answer}</div>
                <div className="muted small">
                  {t('urging.answered', { by: round.answeredBy, at: formatInstant(round.answeredAt ?? '') })}
                  {round.isLate && <span className="bad"> {t('urging.lateAnswer')}</span>}
                </div>
              </>
            )}
            {round.decision !== null && (
              <div>
                {t(round.decision === 'accepted' ? 'urging.accepted' : 'urging.returnedBy', {
                  by: round.decidedBy,
                  at: formatInstant(round.decidedAt ?? ''),
                })}
                {round.note !== '' && `：${round.note}`}
              </div>
            )}
          </div>
        ))}
      {withdrawal && (
        <p className="quote">
          {t('urging.withdrawnBy', { ...withdrawal, at: formatInstant(withdrawal.at) })}
        </p>
      )}
    </>
  );
}
