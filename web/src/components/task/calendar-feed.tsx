import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Modal, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { formatInstant } from '../../lib/format';
import { Loaded } from '../loaded';
import { ProblemAlert } from '../problem-alert';

const KEY = ['calendar-feed'];

/** The address under which a calendar program reads one's due dates: made, replaced, revoked. */
export function CalendarFeed() {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      {' '}
      <Button type="link" size="small" onClick={() => setIsOpen(true)}>
        {t('calendarFeed.title')}
      </Button>
      {isOpen && <Dialog onClose={() => setIsOpen(false)} />}
    </>
  );
}

function Dialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const query = useQuery({ queryKey: KEY, queryFn: () => answerOf(api.GET('/api/v1/calendar-feed')) });
  const create = useMutation({
    mutationFn: () => answerOf(api.POST('/api/v1/calendar-feed')),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
  const revoke = useMutation({
    mutationFn: () => answerOf(api.DELETE('/api/v1/calendar-feed')),
    onSuccess: async () => {
      create.reset();
      void message.success(t('calendarFeed.revoked'));
      await client.invalidateQueries({ queryKey: KEY });
    },
  });
  const url = create.data?.url ?? null;
  return (
    <Modal open title={t('calendarFeed.title')} footer={null} onCancel={onClose}>
      <p>{t('calendarFeed.hint')}</p>
      <ProblemAlert error={create.error ?? revoke.error} className="gap-below" />
      <Loaded query={query}>
        {({ since }) => (
          <>
            {url === null ? (
              <p className="muted">
                {since === null
                  ? t('calendarFeed.none')
                  : t('calendarFeed.since', { at: formatInstant(since) })}
              </p>
            ) : (
              <>
                <p>{t('calendarFeed.copyNow')}</p>
                <Input.TextArea readOnly autoSize value={url} aria-label={t('calendarFeed.title')} />
              </>
            )}
            <Space wrap className="gap-above">
              {url !== null && (
                <Button
                  onClick={() => {
                    void navigator.clipboard.writeText(url).then(() => message.success(t('actions.copied')));
                  }}
                >
                  {t('actions.copy')}
                </Button>
              )}
              <Button type="primary" loading={create.isPending} onClick={() => create.mutate()}>
                {t(since === null ? 'calendarFeed.create' : 'calendarFeed.renew')}
              </Button>
              {since !== null && (
                <Button danger loading={revoke.isPending} onClick={() => revoke.mutate()}>
                  {t('calendarFeed.revoke')}
                </Button>
              )}
            </Space>
          </>
        )}
      </Loaded>
    </Modal>
  );
}
