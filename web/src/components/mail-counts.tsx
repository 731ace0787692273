import { useQuery } from '@tanstack/react-query';
import { Card, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';
import { Loaded } from './loaded';

const BAD = new Set(['temporary-failure', 'permanent-failure', 'technical-failure', 'none']);

/** How many notices were written and mails sent, by kind, and what became of them. */
export function MailCounts({ campaign }: { campaign: string | undefined }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['mail-counts', campaign ?? null],
    queryFn: () => answerOf(api.GET('/api/v1/mail-counts', { params: { query: { campaign } } })),
    refetchInterval: 15_000,
  });
  return (
    <Card title={t('mails.title')}>
      <Loaded query={query}>
        {({ byKind, byStatus }) => (
          <>
            {byStatus.length === 0 && <p>{t('mails.none')}</p>}
            <p>
              {byStatus.map(({ status, count }) => (
                <Tag key={status} color={BAD.has(status) ? 'error' : undefined}>
                  {t(`mails.statuses.${status}`)} {count}
                </Tag>
              ))}
            </p>
            <p className="muted small">{t('mails.hint')}</p>
            <details>
              <summary>{t('mails.byKind')}</summary>
              <Table
                size="small"
                pagination={false}
                rowKey="kind"
                dataSource={byKind}
                columns={[
                  { title: t('mails.kind'), dataIndex: 'label' },
                  { title: t('mails.notices'), dataIndex: 'notices', align: 'right' },
                  { title: t('mails.mails'), dataIndex: 'mails', align: 'right' },
                ]}
              />
            </details>
          </>
        )}
      </Loaded>
    </Card>
  );
}
