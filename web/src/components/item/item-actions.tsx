import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { Item, Me } from '../../api/types';
import { useIntention } from '../../lib/use-intention';
import { departmentsOf, hasRole } from '../../session/use-session';
import { FormDialog } from '../form-dialog';
import { LinkButton } from '../link-button';
import { ReasonField } from '../reason-field';

type Action = 'submit' | 'publish' | 'return' | 'withdraw';

/** What the signed-in person may do with an item now. */
export function ItemActions({ item, me }: { item: Item; me: Me }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Action | null>(null);
  const writes = departmentsOf(me, 'liaison', 'lead_officer').includes(item.departmentCode);
  const reviews = hasRole(me, 'list_registrar');
  const isSubmitted = item.status === 'submitted';
  return (
    <>
      <Space wrap>
        {writes && !isSubmitted && (
          <LinkButton to={`/items/${item.code}/edit`}>
            {t(item.status === 'draft' ? 'items.edit' : 'items.newVersion')}
          </LinkButton>
        )}
        {writes && item.status === 'draft' && (
          <Button type="primary" onClick={() => setOpen('submit')}>
            {t('items.submit')}
          </Button>
        )}
        {reviews && isSubmitted && (
          <Button type="primary" onClick={() => setOpen('publish')}>
            {t('items.publish')}
          </Button>
        )}
        {reviews && isSubmitted && (
          <Button danger onClick={() => setOpen('return')}>
            {t('items.return')}
          </Button>
        )}
        {reviews && item.status === 'published' && (
          <Button danger onClick={() => setOpen('withdraw')}>
            {t('items.withdraw')}
          </Button>
        )}
      </Space>
      {open && <ActionDialog action={open} code={item.code} onClose={() => setOpen(null)} />}
    </>
  );
}

function ActionDialog({ action, code, onClose }: { action: Action; code: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<{ reason: string }>();
  const { key, settle } = useIntention();
  const give = useMutation({
    mutationFn: ({ reason }: { reason: string }) => answerOf(send(action, code, key, reason)),
    onSuccess: async () => {
      void message.success(t('items.done', { action: t(`items.${action}`) }));
      onClose();
      await client.invalidateQueries();
    },
    onSettled: settle,
  });
  const needsReason = action === 'return' || action === 'withdraw';
  return (
    <FormDialog
      title={t(`items.${action}`)}
      okText={t('items.confirm', { action: t(`items.${action}`) })}
      form={form}
      request={give}
      danger={needsReason}
      onFinish={give.mutate}
      onClose={onClose}
    >
      <p>{t(`items.hints.${action}`)}</p>
      {needsReason && <ReasonField label={t('items.reason')} needed={t('items.reasonNeeded')} autoFocus />}
    </FormDialog>
  );
}

function send(action: Action, code: string, key: string, reason: string) {
  const params = { path: { code }, header: { 'Idempotency-Key': key } };
  switch (action) {
    case 'submit':
      return api.POST('/api/v1/items/{code}/submit', { params });
    case 'publish':
      return api.POST('/api/v1/items/{code}/publish', { params });
    case 'return':
      return api.POST('/api/v1/items/{code}/return', { params, body: { reason } });
    case 'withdraw':
      return api.POST('/api/v1/items/{code}/withdraw', { params, body: { reason } });
  }
}
