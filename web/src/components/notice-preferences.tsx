import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';
import type { NoticePreferences, NoticePreferencesBody } from '../api/types';
import { FormDialog } from './form-dialog';
import { ProblemAlert } from './problem-alert';

const KEY = ['notice-preferences'];

/** How one wants to be told, beside the list of notices, which has everything. */
export function NoticePreferencesButton() {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const query = useQuery({
    queryKey: KEY,
    queryFn: () => answerOf(api.GET('/api/v1/notice-preferences')),
    enabled: isOpen,
  });
  return (
    <>
      <Button type="link" size="small" loading={query.isFetching} onClick={() => setIsOpen(true)}>
        {t('noticePreferences.title')}
      </Button>
      <ProblemAlert error={query.error} />
      {isOpen && query.data && <Dialog preferences={query.data} onClose={() => setIsOpen(false)} />}
    </>
  );
}

function Dialog({ preferences, onClose }: { preferences: NoticePreferences; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<Partial<NoticePreferencesBody>>();
  const { mail, messenger, hasMessenger, informing } = preferences;
  const save = useMutation({
    mutationFn: (body: NoticePreferencesBody) => answerOf(api.PUT('/api/v1/notice-preferences', { body })),
    onSuccess: (saved) => {
      client.setQueryData(KEY, saved);
      void message.success(t('noticePreferences.saved'));
      onClose();
    },
  });
  const choices = (...values: NoticePreferences['messenger'][]) =>
    values.map((value) => ({ value, label: t(`noticePreferences.choices.${value}`) }));
  return (
    <FormDialog
      title={t('noticePreferences.title')}
      okText={t('actions.save')}
      form={form}
      request={save}
      initialValues={{ mail, messenger }}
      onFinish={(fields) => save.mutate({ mail, messenger, ...fields })}
      onClose={onClose}
    >
      <p>{t('noticePreferences.lead')}</p>
      <Form.Item name="mail" label={t('noticePreferences.mail')} extra={t('noticePreferences.mailHint')}>
        <Radio.Group options={choices('all', 'needed')} />
      </Form.Item>
      {hasMessenger ? (
        <Form.Item name="messenger" label={t('noticePreferences.messenger')}>
          <Radio.Group options={choices('all', 'needed', 'none')} />
        </Form.Item>
      ) : (
        <p className="muted">{t('noticePreferences.noMessenger')}</p>
      )}
      <p className="muted small">{t('noticePreferences.informing', { kinds: informing.join('、') })}</p>
    </FormDialog>
  );
}
