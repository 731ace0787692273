import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { VisitPapers } from '../../api/types';
import { formatInstant } from '../../lib/format';
import { DecideRequest } from './decide-request';

const COLOURS = { requested: 'gold', granted: 'green', refused: 'default' };

type Recusal = VisitPapers['recusals'][number];

/** What the entity asked for, and the head's decision. */
export function Recusals({ visitId, recusals }: { visitId: number; recusals: Recusal[] }) {
  const { t } = useTranslation();
  return (
    <div>
      <h3>{t('papers.recusals')}</h3>
      <ul className="row-list">
        {recusals.map((one) => (
          <li key={one.id}>
            <div className="row-head">
              <span>{t('papers.recusalBy', { name: one.inspector.name, reason: one.reason })}</span>
              <Tag color={COLOURS[one.status]}>{t(`papers.recusalStates.${one.status}`)}</Tag>
            </div>
            {one.decidedAt && (
              <div className="muted small">
                {t('papers.decidedBy', {
                  by: one.decidedBy,
                  at: formatInstant(one.decidedAt),
                  note: one.note,
                })}
              </div>
            )}
            {one.mayDecide && <Decide visitId={visitId} recusal={one} />}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Decide({ visitId, recusal }: { visitId: number; recusal: Recusal }) {
  const { t } = useTranslation();
  return (
    <DecideRequest
      visitId={visitId}
      decide={({ accepts, note }) =>
        answerOf(
          api.POST('/api/v1/recusal-requests/{id}/decision', {
            params: { path: { id: recusal.id } },
            body: { grants: accepts, note },
          }),
        )
      }
      decided={t('papers.decided')}
      hint={t('papers.grantHint')}
      label={t('papers.decisionNote')}
      accept={t('papers.grant')}
      decline={t('papers.refuse')}
      noteNeeded={t('papers.decisionNoteNeeded')}
    />
  );
}
