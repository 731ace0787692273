import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { ApiKeyBody, KeyScope, NewApiKey, ServiceUser } from '../../api/types';
import { useDepartmentName } from '../../lib/use-organisation';
import { FormDialog } from '../form-dialog';
import { API_KEYS_KEY } from './keys';
import { useScopeName } from './scope-name';

interface Props {
  services: readonly ServiceUser[];
  scopes: readonly KeyScope[];
  onMade: (made: NewApiKey) => void;
  onClose: () => void;
}

const LONGEST_DAYS = 366;

export function KeyDialog({ services, scopes, onMade, onClose }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<ApiKeyBody>();
  const client = useQueryClient();
  const nameOf = useDepartmentName();
  const nameOfScope = useScopeName(scopes);
  const make = useMutation({
    mutationFn: (body: ApiKeyBody) => answerOf(api.POST('/api/v1/api-keys', { body })),
    onSuccess: onMade,
    onSettled: () => client.invalidateQueries({ queryKey: API_KEYS_KEY }),
  });
  const needed = { required: true, message: t('apiKeys.needed') };
  const [only] = services;
  return (
    <FormDialog
      title={t('apiKeys.create')}
      okText={t('apiKeys.make')}
      form={form}
      request={make}
      initialValues={{ days: 90, ...(services.length === 1 && only ? { service: only.username } : {}) }}
      onFinish={make.mutate}
      onClose={onClose}
    >
      <Form.Item
        name="service"
        label={t('apiKeys.service')}
        extra={t('apiKeys.serviceHint')}
        rules={[needed]}
      >
        <Select
          options={services.map(({ username, name, grants }) => ({
            value: username,
            label: `${name} (${username}) · ${grants
              .map((grant) => `${t(`roles.${grant.role}`)} ${nameOf(grant.department)}`)
              .join('、')}`,
          }))}
        />
      </Form.Item>
      <Form.Item name="name" label={t('apiKeys.name')} rules={[{ ...needed, whitespace: true }]}>
        <Input maxLength={60} placeholder={t('apiKeys.namePlaceholder')} />
      </Form.Item>
      <Form.Item name="scopes" label={t('apiKeys.scopes')} extra={t('apiKeys.scopesHint')} rules={[needed]}>
        <Checkbox.Group
          className="stack-tight"
          options={scopes.map(({ scope }) => ({ value: scope, label: nameOfScope(scope) }))}
        />
      </Form.Item>
      <Form.Item name="days" label={t('apiKeys.days')} rules={[needed]}>
        <InputNumber min={1} max={LONGEST_DAYS} precision={0} suffix={t('apiKeys.daysUnit')} />
      </Form.Item>
    </FormDialog>
  );
}
