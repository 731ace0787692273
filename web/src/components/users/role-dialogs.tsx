import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { Role, UserDetail } from '../../api/types';
import { useIntention } from '../../lib/use-intention';
import { FormDialog } from '../form-dialog';
import { ReasonField } from '../reason-field';
import './users.css';
import { WantedRoleFields } from './wanted-role-fields';

interface Asked {
  role: Role;
  department: string;
  region: string;
  reason: string;
}

export function AskRoleDialog({ user, onClose }: { user: UserDetail; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<Asked>();
  const { key, settle } = useIntention();
  const ask = useMutation({
    mutationFn: (body: Asked) =>
      answerOf(
        api.POST('/api/v1/users/{id}/role-requests', {
          params: { path: { id: user.id }, header: { 'Idempotency-Key': key } },
          body,
        }),
      ),
    onSuccess: async () => {
      void message.success(t('users.roles.requested'));
      onClose();
      await client.invalidateQueries();
    },
    onSettled: settle,
  });
  return (
    <FormDialog
      title={`${t('users.roles.request')}：${user.name}`}
      okText={t('users.roles.request')}
      form={form}
      request={ask}
      onFinish={ask.mutate}
      onClose={onClose}
    >
      <WantedRoleFields />
      <ReasonField label={t('users.create.reason')} needed={t('users.create.needed')} maxLength={500} />
    </FormDialog>
  );
}

interface EndProps {
  user: UserDetail;
  grant: UserDetail['grants'][number];
  onClose: () => void;
}

export function EndRoleDialog({ user, grant, onClose }: EndProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<{ reason: string }>();
  const { role, department, region } = grant;
  const end = useMutation({
    mutationFn: ({ reason }: { reason: string }) =>
      answerOf(
        api.POST('/api/v1/users/{id}/roles/end', {
          params: { path: { id: user.id } },
          body: { role, department: department.code, region: region.code, reason },
        }),
      ),
    onSuccess: async () => {
      void message.success(t('users.roles.ended'));
      onClose();
      await client.invalidateQueries();
    },
  });
  return (
    <FormDialog
      danger
      title={`${t('users.roles.endTitle')}：${user.name}`}
      okText={t('users.roles.end')}
      form={form}
      request={end}
      onFinish={end.mutate}
      onClose={onClose}
    >
      <p>
        {t('users.roles.endLead', {
          role: t(`roles.${role}`),
          department: department.name,
          region: region.name,
        })}
      </p>
      <ReasonField
        label={t('users.account.reason')}
        needed={t('users.account.reasonNeeded')}
        maxLength={500}
      />
    </FormDialog>
  );
}
