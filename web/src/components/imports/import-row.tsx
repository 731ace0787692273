import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Progress, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { ImportRun } from '../../api/types';
import { formatInstant } from '../../lib/format';
import { useIntention } from '../../lib/use-intention';
import { FormDialog } from '../form-dialog';
import { ProblemAlert } from '../problem-alert';
import { Refusals } from './refusals';
import { ReasonField } from '../reason-field';

const COLOURS = {
  waiting: 'default',
  running: 'blue',
  done: 'green',
  failed: 'red',
  cancelled: 'default',
} as const;

export const isUnderWay = ({ status }: ImportRun): boolean => status === 'waiting' || status === 'running';

/** One import: how far it is, what it did, and the ways back. */
export function ImportListRow({ run }: { run: ImportRun }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [isUndoing, setUndoing] = useState(false);
  const cancel = useMutation({
    mutationFn: () => answerOf(api.POST('/api/v1/imports/{id}/cancel', { params: { path: { id: run.id } } })),
    onSuccess: () => void message.success(t('imports.cancelled')),
    onSettled: () => client.invalidateQueries({ queryKey: ['imports'] }),
  });
  return (
    <li>
      <div className="row-head">
        <strong>{run.fileName}</strong>
        <span>
          {run.dryRun && <Tag>{t('imports.dry')}</Tag>}{' '}
          <Tag color={COLOURS[run.status]}>{t(`imports.status.${run.status}`)}</Tag>
        </span>
      </div>
      <div className="muted small">
        {run.id} · {t(`imports.kind.${run.kind}`)} · {t(`imports.mode.${run.mode}`)} ·{' '}
        {t('imports.by', {
          name: run.startedBy ?? t('imports.system'),
          at: formatInstant(run.startedAt),
        })}
      </div>
      {run.undoOf !== null && <div>{t('imports.undoOf', { id: run.undoOf, reason: run.reason ?? '' })}</div>}
      {run.retryOf !== null && <div>{t('imports.retryOf', { id: run.retryOf })}</div>}
      {run.undoneBy !== null && <div>{t('imports.undone', { id: run.undoneBy })}</div>}
      {isUnderWay(run) && (
        <div role="status">
          <Progress percent={run.progress} size="small" />
          <span className="muted small">
            {run.phase && `${t(`imports.phase.${run.phase}`)} · `}
            {t('imports.rowsRead', { n: run.rowsRead })}
          </span>
        </div>
      )}
      {run.status === 'done' && (
        <div>
          {run.dryRun && `${t('imports.would')} `}
          {t('imports.counts', {
            ...{ added: run.added, changed: run.changed, ended: run.ended },
            ...{ unchanged: run.unchanged, refused: run.refused },
          })}
        </div>
      )}
      {run.failure !== null && <ProblemLine text={run.failure} />}
      <ProblemAlert error={cancel.error} />
      <div className="filters import-actions">
        {run.own && run.refused > 0 && (
          <>
            <Button size="small" onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
              {t(isOpen ? 'imports.hide' : 'imports.show')}
            </Button>
            <Button size="small" href={`/api/v1/imports/${run.id}/refusals.csv`} download>
              {t('imports.refusalsDownload')}
            </Button>
          </>
        )}
        {run.own && run.cancellable && (
          <Button size="small" danger loading={cancel.isPending} onClick={() => cancel.mutate()}>
            {t('imports.cancel')}
          </Button>
        )}
        {run.own && run.undoable && (
          <Button size="small" danger onClick={() => setUndoing(true)}>
            {t('imports.undo')}
          </Button>
        )}
      </div>
      {isOpen && <Refusals importId={run.id} />}
      {isUndoing && <UndoDialog run={run} onClose={() => setUndoing(false)} />}
    </li>
  );
}

const ProblemLine = ({ text }: { text: string }) => (
  <div role="alert" className="import-failure">
    {text}
  </div>
);

function UndoDialog({ run, onClose }: { run: ImportRun; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<{ reason: string }>();
  const { key, settle } = useIntention();
  const undo = useMutation({
    mutationFn: ({ reason }: { reason: string }) =>
      answerOf(
        api.POST('/api/v1/imports/{id}/undo', {
          params: { path: { id: run.id }, header: { 'Idempotency-Key': key } },
          body: { reason },
        }),
      ),
    onSuccess: () => {
      void message.success(t('imports.undoing'));
      onClose();
    },
    onSettled: async (outcome, error) => {
      settle(outcome, error);
      await client.invalidateQueries({ queryKey: ['imports'] });
    },
  });
  return (
    <FormDialog
      title={t('imports.undo')}
      okText={t('imports.undo')}
      form={form}
      request={undo}
      danger
      onFinish={(fields) => undo.mutate(fields)}
      onClose={onClose}
    >
      <p>
        <strong>
          {run.id} · {run.fileName}
        </strong>
      </p>
      <p>{t('imports.undoHint')}</p>
      <ReasonField
        label={t('imports.undoReason')}
        needed={t('imports.undoReasonNeeded')}
        maxLength={200}
        autoFocus
      />
    </FormDialog>
  );
}
