import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { answerOf, api } from '../../api/client';
import type { Role } from '../../api/types';
import { useIntention } from '../../lib/use-intention';
import { FormDialog } from '../form-dialog';
import { ReasonField } from '../reason-field';
import './users.css';
import { WantedRoleFields } from './wanted-role-fields';

interface Fields {
  username: string;
  name: string;
  email?: string;
  roles: { role: Role; department: string; region: string }[];
  reason: string;
}

export function CreateUserDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [form] = Form.useForm<Fields>();
  const { key, settle } = useIntention();
  const create = useMutation({
    mutationFn: ({ email, ...body }: Fields) =>
      answerOf(
        api.POST('/api/v1/users', {
          params: { header: { 'Idempotency-Key': key } },
          body: { ...body, email: email === undefined || email.trim() === '' ? null : email.trim() },
        }),
      ),
    onSuccess: async ({ id }) => {
      void message.success(t('users.create.done'));
      await client.invalidateQueries();
      await navigate(`/users/${id}`);
    },
    onSettled: settle,
  });
  const needed = { required: true, whitespace: true, message: t('users.create.needed') };
  return (
    <FormDialog
      title={t('users.create.title')}
      okText={t('users.create.title')}
      form={form}
      request={create}
      onFinish={create.mutate}
      onClose={onClose}
      width={720}
      initialValues={{ roles: [{} as Fields['roles'][number]] }}
    >
      <Alert type="info" title={t('users.create.lead')} className="gap-below" />
      <div className="wanted-role">
        <Form.Item
          name="username"
          label={t('users.create.username')}
          extra={t('users.create.usernameHint')}
          rules={[
            needed,
            { pattern: /^[a-z0-9][a-z0-9._-]{0,62}$/, message: t('users.create.usernameWrong') },
          ]}
        >
          <Input autoComplete="off" autoCapitalize="none" maxLength={63} />
        </Form.Item>
        <Form.Item name="name" label={t('users.create.name')} rules={[needed]}>
          <Input autoComplete="off" maxLength={100} />
        </Form.Item>
        <Form.Item
          name="email"
          label={t('users.create.email')}
          rules={[{ type: 'email', message: t('users.create.emailWrong') }]}
        >
          <Input type="email" autoComplete="off" maxLength={254} />
        </Form.Item>
      </div>
      <Form.List name="roles">
        {(fields, { add, remove }) => (
          <fieldset className="wanted-roles">
            <legend>{t('users.create.roles')}</legend>
            {fields.map(({ key: row, name }) => (
              <div key={row} className="wanted-role-row">
                <WantedRoleFields at={name} />
                {fields.length > 1 && (
                  <Button
                    type="text"
                    icon={<DeleteOutlined aria-hidden />}
                    aria-label={t('users.create.removeRole')}
                    onClick={() => remove(name)}
                  />
                )}
              </div>
            ))}
            <Button icon={<PlusOutlined aria-hidden />} size="small" onClick={() => add()}>
              {t('users.create.addRole')}
            </Button>
          </fieldset>
        )}
      </Form.List>
      <ReasonField
        label={t('users.create.reason')}
        needed={t('users.create.needed')}
        maxLength={500}
        rows={2}
      />
    </FormDialog>
  );
}
