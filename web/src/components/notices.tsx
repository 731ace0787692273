import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Badge, Button, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../api/client';
import type { Notice } from '../api/types';
import { usePages } from '../lib/use-pages';
import { Instant } from './instant';
import { NoticePreferencesButton } from './notice-preferences';
import { Paged } from './paged';
import { ProblemAlert } from './problem-alert';

/** What the signed-in person was told, newest first, with the unread ones marked. */
export function Notices() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const pages = usePages(
    ['notices'],
    (cursor) => answerOf(api.GET('/api/v1/notices', { params: { query: { cursor, limit: 20 } } })),
    { refetchInterval: 15_000 },
  );
  const read = useMutation({
    mutationFn: (ids: number[]) =>
      Promise.all(
        ids.map((id) => answerOf(api.POST('/api/v1/notices/{id}/read', { params: { path: { id } } }))),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ['notices'] }),
  });
  const unread = pages.rows?.filter((notice) => notice.readAt === null) ?? [];
  return (
    <Card
      id="notices"
      title={
        <span aria-label={t('notices.unread', { n: unread.length })}>
          {t('notices.title')} <Badge count={unread.length} overflowCount={20} />
        </span>
      }
      extra={
        <>
          {unread.length > 0 && (
            <Button
              type="link"
              size="small"
              loading={read.isPending}
              onClick={() => read.mutate(unread.map((notice) => notice.id))}
            >
              {t('notices.markAll')}
            </Button>
          )}
          <NoticePreferencesButton />
        </>
      }
    >
      <ProblemAlert error={read.error} className="gap-below" />
      <Paged pages={pages} empty={t('notices.empty')}>
        {(rows) => (
          <ul className="row-list">
            {rows.map((notice) => (
              <NoticeRow key={notice.id} notice={notice} onRead={() => read.mutate([notice.id])} />
            ))}
          </ul>
        )}
      </Paged>
    </Card>
  );
}

function NoticeRow({ notice, onRead }: { notice: Notice; onRead: () => void }) {
  const { t } = useTranslation();
  const isUnread = notice.readAt === null;
  return (
    <li>
      <div className={isUnread ? 'unread' : undefined}>
        {notice.campaign ? (
          <Link to={`/campaigns/${notice.campaign}${tabOf(notice)}`}>
            {notice.title}
            {notice.campaignName && `：${notice.campaignName}`}
          </Link>
        ) : (
          notice.title
        )}
      </div>
      {notice.lines.slice(0, 3).map((line, at) => (
        <div key={at} className="small">
          {line}
        </div>
      ))}
      <div className="row-head muted small">
        <Instant at={notice.createdAt} />
        {isUnread && (
          <Button type="link" size="small" onClick={onRead}>
            {t('notices.markRead')}
          </Button>
        )}
      </div>
    </li>
  );
}

/** Where on the campaign's page it can be dealt with. */
const tabOf = ({ kind }: Notice): string => (kind.startsWith('amend') ? '?tab=amendments' : '');
