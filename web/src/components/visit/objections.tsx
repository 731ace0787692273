import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { VisitPapers } from '../../api/types';
import { formatInstant } from '../../lib/format';
import { resultLabel } from '../../lib/results';
import { Masked } from '../masked';
import { DecideRequest } from './decide-request';

const COLOURS = { open: 'gold', upheld: 'red', rejected: 'default' };

type Objection = VisitPapers['objections'][number];

/** What the entity says against its results, and the department's answer. */
export function Objections({ visitId, objections }: { visitId: number; objections: Objection[] }) {
  const { t } = useTranslation();
  return (
    <div>
      <h3>{t('objection.title')}</h3>
      <ul className="row-list">
        {objections.map((one) => (
          <li key={one.id}>
            <div className="row-head">
              <span>
                {t('objection.of', {
                  item: one.item.name,
                  result: resultLabel(one.resultCode, t),
                  reason: one.reason,
                })}
              </span>
              <Tag color={COLOURS[one.status]}>{t(`objection.states.${one.status}`)}</Tag>
            </div>
            <div className="muted small">
              {one.department.name} ·{' '}
              {one.contact ? (
                <>
                  {t('objection.byContact', { at: formatInstant(one.askedAt) })}{' '}
                  <Masked
                    {...{ record: 'objection', id: one.id, field: 'objector' }}
                    {...{ value: one.contact, sight: one.contactSight }}
                  />
                </>
              ) : (
                t('objection.by', { at: formatInstant(one.askedAt) })
              )}
              {one.status === 'open' && ` · ${t('objection.due', { at: formatInstant(one.dueAt) })}`}
            </div>
            {one.decidedAt && (
              <div className="small">
                {t('objection.decidedBy', {
                  by: one.decidedBy,
                  at: formatInstant(one.decidedAt),
                  note: one.note,
                })}
              </div>
            )}
            {one.status === 'upheld' && <div className="small">{t('objection.correct')}</div>}
            {one.mayDecide && <Decide visitId={visitId} objection={one} />}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Decide({ visitId, objection }: { visitId: number; objection: Objection }) {
  const { t } = useTranslation();
  return (
    <DecideRequest
      visitId={visitId}
      decide={({ accepts, note }) =>
        answerOf(
          api.POST('/api/v1/objections/{id}/decision', {
            params: { path: { id: objection.id } },
            body: { upholds: accepts, note },
          }),
        )
      }
      decided={t('objection.decided')}
      hint={t('objection.decideHint')}
      label={t('objection.note')}
      accept={t('objection.uphold')}
      decline={t('objection.reject')}
      noteNeeded={t('objection.noteNeeded')}
    />
  );
}
