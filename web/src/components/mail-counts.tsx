import { useQuery } from '@tanstack/react-query';
import { Card, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';
import { Loaded } from './loaded';

/** How many notices were written and mails sent, by kind. */
export function MailCounts({ campaign }: { campaign: string | undefined }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['mail-counts', campaign ?? null],
    queryFn: () => answerOf(api.GET('/api/v1/mail-counts', { params: { query: { campaign } } })),
    refetchInterval: 15_000,
  });
  return (
    <Card title={t('oversight.mail')}>
      <Loaded query={query}>
        {({ byKind, ...counts }) => (
          <>
            <p>{t('oversight.mailLine', counts)}</p>
            <Table
              size="small"
              pagination={false}
              rowKey="kind"
              dataSource={byKind}
              columns={[
                { title: t('oversight.kind'), dataIndex: 'label' },
                { title: t('oversight.notices'), dataIndex: 'notices', align: 'right' },
                { title: t('oversight.mails'), dataIndex: 'mails', align: 'right' },
              ]}
            />
          </>
        )}
      </Loaded>
    </Card>
  );
}
