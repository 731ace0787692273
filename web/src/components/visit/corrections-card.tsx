import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Card, Popconfirm, Space, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { Correction, VisitDetail } from '../../api/types';
import { formatInstant } from '../../lib/format';
import { NoteAndDecide, type Decision } from '../note-and-decide';
import { ProblemAlert } from '../problem-alert';
import { CorrectionChanges } from './correction-changes';
import { CorrectionDialog } from './correction-dialog';
import { PublicationDialog } from './publication-dialog';
import { useVisitChange } from './use-visit-change';

const COLOURS = { requested: 'gold', returned: 'red', approved: 'blue', withdrawn: 'default' };

/** What was asked to be corrected, what was decided, and what it led to; the old content stays to be seen. */
export function CorrectionsCard({ visit }: { visit: VisitDetail }) {
  const { t } = useTranslation();
  if (visit.corrections.length === 0) return null;
  return (
    <Card className="gap-below" title={t('correction.title')}>
      <ul className="row-list">
        {visit.corrections.map((one) => (
          <OneCorrection key={one.id} visit={visit} correction={one} />
        ))}
      </ul>
    </Card>
  );
}

interface Props {
  visit: VisitDetail;
  correction: Correction;
}

function OneCorrection({ visit, correction }: Props) {
  const { t } = useTranslation();
  const item = visit.items.find((one) => one.item.code === correction.item);
  return (
    <li>
      <div className="row-head">
        <strong>
          {t(`correction.kinds.${correction.kind}`)}：{item?.item.name ?? correction.item}
        </strong>
        <Tag color={COLOURS[correction.status]}>{t(`correction.states.${correction.status}`)}</Tag>
      </div>
      <div className="muted small">
        {t('correction.askedBy', { by: correction.askedBy, at: formatInstant(correction.askedAt) })}
      </div>
      <p className="quote">{correction.reason}</p>
      {correction.kind === 'result' ? (
        <>
          <CorrectionChanges visit={visit} correction={correction} />
          <Consequences correction={correction} />
        </>
      ) : (
        <PublicEffect correction={correction} />
      )}
      {correction.decidedAt && (
        <div className="muted small gap-above">
          {t('correction.decided', { by: correction.decidedBy, at: formatInstant(correction.decidedAt) })}
        </div>
      )}
      {correction.note && <p className="quote">{correction.note}</p>}
      {correction.obstacle && (
        <Alert
          type="warning"
          className="gap-above"
          title={t('correction.blocked')}
          description={correction.obstacle}
        />
      )}
      {correction.mayDecide && <Decide visitId={visit.id} correction={correction} />}
      {(correction.mayRevise || correction.mayWithdraw) && item && (
        <OwnRequest visit={visit} item={item} correction={correction} />
      )}
    </li>
  );
}

/** What the public reads by it. */
function PublicEffect({ correction: { kind, status, entityName } }: Pick<Props, 'correction'>) {
  const { t } = useTranslation();
  if (kind === 'publication')
    return <div className="small gap-above">{t('correction.publicName', { name: entityName })}</div>;
  return status === 'requested' ? (
    <div className="small gap-above">{t('correction.withdrawEffect')}</div>
  ) : null;
}

function Consequences({ correction: { status, consequences } }: Pick<Props, 'correction'>) {
  const { t } = useTranslation();
  if (consequences === null || status === 'withdrawn') return null;
  const { annul, strike, keep, open } = consequences;
  const what = [
    ...(annul === null ? [] : [t('correction.annul', { id: annul })]),
    ...(strike === null ? [] : [t('correction.strike', { id: strike })]),
    ...(keep === null ? [] : [t('correction.keep', { id: keep })]),
    ...(open === null ? [] : [t('correction.open')]),
  ];
  return (
    <div className="small gap-above">
      {t(status === 'approved' ? 'correction.ledTo' : 'correction.leadsTo')}
      {what.length > 0 ? what.join('；') : t('correction.nothing')}
    </div>
  );
}

function Decide({ visitId, correction }: { visitId: number; correction: Correction }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const decision = useMutation({
    mutationFn: ({ accepts, note }: Decision) =>
      answerOf(
        api.POST('/api/v1/corrections/{id}/decision', {
          params: { path: { id: correction.id } },
          body: { accepts, note: note.trim() },
        }),
      ),
    onSuccess: async (after) => {
      void message.success(t('correction.decidedNow'));
      client.setQueryData(['visit', visitId], after);
      // Tasks, and the cases that it opens.
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'visit' });
    },
  });
  return (
    <NoteAndDecide
      label={t('correction.note')}
      accept={t('correction.approve')}
      decline={t('correction.giveBack')}
      noteNeeded={t('correction.noteNeeded')}
      decision={decision}
    />
  );
}

function OwnRequest({ visit, item, correction }: Props & { item: VisitDetail['items'][number] }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const Dialog = correction.kind === 'result' ? CorrectionDialog : PublicationDialog;
  const withdraw = useVisitChange(visit.id, {
    send: () =>
      answerOf(api.POST('/api/v1/corrections/{id}/withdrawal', { params: { path: { id: correction.id } } })),
    done: t('correction.withdrawnNow'),
  });
  return (
    <div className="gap-above">
      <ProblemAlert error={withdraw.error} className="gap-below" />
      <Space wrap>
        {correction.mayRevise && (
          <Button type="primary" onClick={() => setIsOpen(true)}>
            {t('correction.revise')}
          </Button>
        )}
        {correction.mayWithdraw && (
          <Popconfirm
            title={t('correction.withdrawAsk')}
            okText={t('correction.withdraw')}
            onConfirm={() => withdraw.mutate()}
          >
            <Button loading={withdraw.isPending}>{t('correction.withdraw')}</Button>
          </Popconfirm>
        )}
      </Space>
      {isOpen && <Dialog visit={visit} item={item} returned={correction} onClose={() => setIsOpen(false)} />}
    </div>
  );
}
