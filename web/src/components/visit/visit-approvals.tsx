import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Input, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../../api/client';
import type { VisitDetail } from '../../api/types';
import { formatInstant } from '../../lib/format';
import { ProblemAlert } from '../problem-alert';

const COLOURS = { waiting: 'gold', approved: 'green', returned: 'red' };

type Approval = VisitDetail['approvals'][number];

/** Whether the departments' heads have approved this inspection, and what a return asks for. */
export function VisitApprovals({ visit }: { visit: VisitDetail }) {
  const { t } = useTranslation();
  if (visit.approvals.length === 0) return null;
  return (
    <Card
      className="gap-below"
      title={t('inspections.title')}
      extra={<Link to={`/visits/${visit.id}/approval/print`}>{t('approvalSheet.link')}</Link>}
    >
      <ul className="row-list">
        {visit.approvals.map((one) => (
          <li key={one.department.code}>
            <div className="row-head">
              <strong>{one.department.name}</strong>
              <Tag color={COLOURS[one.state]}>{t(`inspections.states.${one.state}`)}</Tag>
            </div>
            {one.decidedAt && (
              <div className="muted small">
                {t('inspections.decided', { by: one.decidedBy, at: formatInstant(one.decidedAt) })}
              </div>
            )}
            {one.note && <div className="quote">{one.note}</div>}
            {one.mayAnswer && <AnswerReturn visitId={visit.id} approval={one} />}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function AnswerReturn({ visitId, approval }: { visitId: number; approval: Approval }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [answer, setAnswer] = useState('');
  const send = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/api/v1/visits/{id}/inspection-answer', {
          params: { path: { id: visitId } },
          body: { department: approval.department.code, answer: answer.trim() },
        }),
      ),
    onSuccess: (after) => {
      void message.success(t('inspections.answerSent'));
      client.setQueryData(['visit', visitId], after);
    },
  });
  return (
    <div className="inline-form">
      <ProblemAlert error={send.error} className="gap-below" />
      <Input.TextArea
        rows={2}
        maxLength={500}
        aria-label={t('inspections.answer')}
        placeholder={t('inspections.answer')}
        value={answer}
        onChange={(event) => setAnswer(event.target.value)}
      />
      <Button
        type="primary"
        className="gap-above"
        disabled={answer.trim() === ''}
        loading={send.isPending}
        onClick={() => send.mutate()}
      >
        {t('inspections.sendAnswer')}
      </Button>
    </div>
  );
}
