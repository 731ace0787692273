import { Button, Card, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HandlingCaseDetail } from '../../api/types';
import { StepDialog } from './step-dialog';

type Notice = HandlingCaseDetail['joint'][number];

/** Which departments were told of the entry, what each answered, and whether it undid it. */
export function JointCard({ case: one }: { case: HandlingCaseDetail }) {
  const { t } = useTranslation();
  const [answering, setAnswering] = useState<Notice | null>(null);
  const done = one.joint.filter((notice) => notice.answeredAt !== null).length;
  return (
    <Card
      title={t('handling.joint.title')}
      extra={
        <span className="muted small">{t('handling.joint.answered', { done, total: one.joint.length })}</span>
      }
    >
      <ul className="row-list">
        {one.joint.map((notice) => (
          <li key={notice.id}>
            <div className="row-head">
              <strong>{notice.department.name}</strong>
              <Tag color={['issued', 'lifting'].includes(notice.status) ? 'gold' : 'green'}>
                {t(`handling.joint.states.${notice.status}`)}
              </Tag>
            </div>
            <div className="small long-text">{t('handling.joint.asked', { text: notice.measures })}</div>
            {notice.answeredAt !== null && (
              <div className="small long-text">
                {notice.taken
                  ? t('handling.joint.took', {
                      day: notice.actedOn,
                      text: `${notice.measure} ${notice.note}`,
                    })
                  : t('handling.joint.tookNone', { text: notice.note })}
              </div>
            )}
            {notice.liftedOn !== null && (
              <div className="small long-text">
                {t('handling.joint.lifted', { day: notice.liftedOn, text: notice.liftNote })}
              </div>
            )}
            {(notice.mayAnswer || notice.mayLift) && (
              <Button type="primary" className="gap-above" onClick={() => setAnswering(notice)}>
                {t(notice.mayAnswer ? 'handling.joint.answer' : 'handling.joint.lift')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {answering && (
        <StepDialog
          case={one}
          step={answering.mayAnswer ? 'joint-answered' : 'joint-lifted'}
          noticeId={answering.id}
          onClose={() => setAnswering(null)}
        />
      )}
    </Card>
  );
}
