import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Card, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { TaskDetail, TaskExtension } from '../../api/types';
import { formatInstant } from '../../lib/format';
import { NoteAndDecide, type Decision } from '../note-and-decide';
import { ProblemAlert } from '../problem-alert';

/** Requests for longer time of a task, with what the person may do about the open one; or why there can be none. */
export function TaskExtensions({ task }: { task: TaskDetail }) {
  const { t } = useTranslation();
  const { refusal } = task.extension;
  if (task.extensions.length === 0) {
    return refusal === null ? null : (
      <Alert type="info" showIcon title={t('task.noExtension', { why: refusal })} />
    );
  }
  return (
    <Card title={t('task.extendTitle')}>
      <ul className="row-list">
        {task.extensions.map((one) => (
          <Row key={one.id} extension={one} />
        ))}
      </ul>
    </Card>
  );
}

const COLOURS = { requested: 'gold', approved: 'green', refused: 'red', withdrawn: 'default' };

function Row({ extension }: { extension: TaskExtension }) {
  const { t } = useTranslation();
  return (
    <li>
      <div className="row-head">
        <span>
          {t('task.requested', {
            by: extension.requestedBy,
            at: formatInstant(extension.requestedAt),
            n: extension.amount,
            due: formatInstant(extension.wantedDueAt),
            reason: extension.reason,
          })}
        </span>
        <Tag color={COLOURS[extension.status]}>{t(`task.extensionStates.${extension.status}`)}</Tag>
      </div>
      {extension.note !== '' && <p className="quote">{extension.note}</p>}
      {extension.mayDecide && <DecisionForm id={extension.id} />}
      {extension.mayWithdraw && <Withdraw id={extension.id} />}
    </li>
  );
}

function useSettled(said: string) {
  const { message } = App.useApp();
  const client = useQueryClient();
  return async () => {
    void message.success(said);
    await client.invalidateQueries({ queryKey: ['tasks'] });
  };
}

function DecisionForm({ id }: { id: number }) {
  const { t } = useTranslation();
  const decide = useMutation({
    mutationFn: (body: Decision) =>
      answerOf(api.POST('/api/v1/task-extensions/{id}/decision', { params: { path: { id } }, body })),
    onSuccess: useSettled(t('task.decided')),
  });
  return (
    <NoteAndDecide
      label={t('task.decisionNote')}
      accept={t('task.approve')}
      decline={t('task.refuse')}
      noteNeeded={t('task.decisionNoteNeeded')}
      decision={decide}
    />
  );
}

function Withdraw({ id }: { id: number }) {
  const { t } = useTranslation();
  const withdraw = useMutation({
    mutationFn: () =>
      answerOf(api.POST('/api/v1/task-extensions/{id}/withdraw', { params: { path: { id } } })),
    onSuccess: useSettled(t('task.withdrawn')),
  });
  return (
    <>
      <ProblemAlert error={withdraw.error} className="gap-below" />
      <Button
        size="small"
        className="gap-above"
        loading={withdraw.isPending}
        onClick={() => withdraw.mutate()}
      >
        {t('task.withdraw')}
      </Button>
    </>
  );
}
