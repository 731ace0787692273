import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';
import type { FailedMail } from '../api/types';
import { formatInstant } from '../lib/format';
import { usePages } from '../lib/use-pages';
import { Masked } from './masked';
import { Paged } from './paged';
import { ProblemAlert } from './problem-alert';

/** Mails that did not arrive, each with what the server said and the way to send it once more. */
export function FailedMails() {
  const { t } = useTranslation();
  const pages = usePages(
    ['failed-mails'],
    (cursor) => answerOf(api.GET('/api/v1/failed-mails', { params: { query: { cursor, limit: 20 } } })),
    { refetchInterval: 15_000 },
  );
  return (
    <Card title={t('mails.failed')}>
      <p className="muted small">{t('mails.failedHint')}</p>
      <Paged pages={pages} empty={t('mails.failedEmpty')}>
        {(rows) => (
          <ul className="row-list">
            {rows.map((mail) => (
              <FailedMailRow key={mail.id} mail={mail} />
            ))}
          </ul>
        )}
      </Paged>
    </Card>
  );
}

function FailedMailRow({ mail }: { mail: FailedMail }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const resend = useMutation({
    mutationFn: () =>
      answerOf(api.POST('/api/v1/failed-mails/{id}/resend', { params: { path: { id: mail.id } } })),
    onSuccess: () => message.success(t('mails.resent')),
    onSettled: () =>
      Promise.all(
        ['failed-mails', 'mail-counts'].map((key) => client.invalidateQueries({ queryKey: [key] })),
      ),
  });
  return (
    <li>
      <div className="row-head">
        <strong>
          {mail.recipient}
          {mail.department && ` · ${mail.department.name}`} · {t(`mails.channels.${mail.channel}`)}{' '}
          <Masked
            {...{ record: 'mail', id: mail.id, field: 'mailAddress' }}
            {...{ value: mail.email, sight: mail.emailSight }}
          />
        </strong>
        <Tag color="error">{t(`mails.statuses.${mail.status}`)}</Tag>
      </div>
      <div>{mail.subject}</div>
      {mail.reply && (
        <p className="quote">
          {t('mails.reply')}
          {mail.reply}
        </p>
      )}
      <div className="row-head muted small">
        <span>
          {t('mails.attempts', { n: mail.attempts })}
          {mail.failedAt && ` · ${t('mails.failedAt', { at: formatInstant(mail.failedAt) })}`}
        </span>
        <Button size="small" loading={resend.isPending} onClick={() => resend.mutate()}>
          {t('mails.resend')}
        </Button>
      </div>
      <ProblemAlert error={resend.error} className="gap-above" />
    </li>
  );
}
