import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Popconfirm, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../../api/client';
import type { RoleRequest } from '../../api/types';
import { formatInstant } from '../../lib/format';
import { NoteAndDecide, type Decision } from '../note-and-decide';
import { ProblemAlert } from '../problem-alert';

const COLOURS = {
  pending: 'gold',
  confirmed: 'green',
  returned: 'red',
  withdrawn: 'default',
  expired: 'default',
} as const;

/** `withUser`: where the page is not that person's. */
export function RoleRequestRow({ request, withUser = false }: { request: RoleRequest; withUser?: boolean }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const params = { path: { id: request.id } };
  const decision = useMutation({
    mutationFn: ({ accepts, note }: Decision) =>
      answerOf(
        api.POST('/api/v1/role-requests/{id}/decision', { params, body: { confirms: accepts, note } }),
      ),
    onSuccess: async () => {
      void message.success(t('users.requests.decidedDone'));
      await client.invalidateQueries();
    },
  });
  const withdrawal = useMutation({
    mutationFn: () => answerOf(api.POST('/api/v1/role-requests/{id}/withdrawal', { params })),
    onSuccess: async () => {
      void message.success(t('users.requests.withdrawnDone'));
      await client.invalidateQueries();
    },
  });
  const { decidedBy, decidedAt, note, state, user } = request;
  return (
    <li>
      <div className="row-head">
        <span>
          {withUser && (
            <>
              <Link to={`/users/${user.id}`}>{user.name}</Link>{' '}
              <span className="muted small">{user.username}</span> →{' '}
            </>
          )}
          <strong>{t(`roles.${request.role}`)}</strong> · {request.department.name} · {request.region.name}
        </span>
        <Tag color={COLOURS[state]}>{t(`users.requests.states.${state}`)}</Tag>
      </div>
      <div>{request.reason}</div>
      <div className="muted small">
        {t('users.requests.by', { name: request.requestedBy, at: formatInstant(request.requestedAt) })}
        {state === 'pending' && ` · ${t('users.requests.until', { at: formatInstant(request.expiresAt) })}`}
        {decidedBy !== null &&
          decidedAt !== null &&
          ` · ${t('users.requests.decidedBy', { name: decidedBy, at: formatInstant(decidedAt) })}`}
        {note !== '' && ` · ${note}`}
      </div>
      {request.mayDecide && (
        <NoteAndDecide
          label={t('users.requests.note')}
          accept={t('users.requests.confirm')}
          decline={t('users.requests.return')}
          noteNeeded={t('users.requests.noteNeeded')}
          decision={decision}
        />
      )}
      {request.mayWithdraw && (
        <>
          <ProblemAlert error={withdrawal.error} />
          <Popconfirm title={t('users.requests.withdrawConfirm')} onConfirm={() => withdrawal.mutate()}>
            <Button size="small" loading={withdrawal.isPending} className="gap-above">
              {t('users.requests.withdraw')}
            </Button>
          </Popconfirm>
        </>
      )}
    </li>
  );
}
