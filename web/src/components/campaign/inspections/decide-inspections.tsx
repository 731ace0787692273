import { useMutation } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../../api/client';
import type { InspectionPage } from '../../../api/types';
import { useIntention } from '../../../lib/use-intention';
import { NoteAndDecide, type Decision } from '../../note-and-decide';

interface Props {
  code: string;
  summary: InspectionPage['departments'][number];
  /** Ids of visits; empty: all that give no concern. */
  chosen: number[];
  onDecided: () => Promise<void>;
}

/** A head's word on the chosen inspections, or on all that give no concern. */
export function DecideInspections({ code, summary, chosen, onDecided }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { key, settle } = useIntention();
  const decision = useMutation({
    mutationFn: ({ accepts, note }: Decision) =>
      answerOf(
        api.POST('/api/v1/campaigns/{code}/inspections/decision', {
          params: { path: { code }, header: { 'Idempotency-Key': key } },
          body: {
            department: summary.department.code,
            decision: accepts ? 'approve' : 'return',
            visits: chosen.length === 0 ? null : chosen,
            note,
          },
        }),
      ),
    onSuccess: async (after) => {
      void message.success(t('inspections.done', { n: after.decided, left: after.left }));
      await onDecided();
    },
    onSettled: settle,
  });
  const n = chosen.length;
  return (
    <div className="gap-below">
      <strong>{t('inspections.waiting', { name: summary.department.name, n: summary.waiting })}</strong>
      <NoteAndDecide
        label={t('inspections.note')}
        accept={n === 0 ? t('inspections.approveAll') : t('inspections.approveChosen', { n })}
        decline={n === 0 ? t('inspections.returnAll') : t('inspections.returnChosen', { n })}
        noteNeeded={t('inspections.noteNeeded')}
        decision={decision}
      />
    </div>
  );
}
