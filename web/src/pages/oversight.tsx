import { useQuery } from '@tanstack/react-query';
import { Card, Empty, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { answerOf, api } from '../api/client';
import type { OversightRow } from '../api/types';
import { CampaignChoice } from '../components/campaign-choice';
import { FailedMails } from '../components/failed-mails';
import { Loaded } from '../components/loaded';
import { MailCounts } from '../components/mail-counts';
import { TaskBars } from '../components/task-bars';
import { LinkButton } from '../components/link-button';
import { useTitle } from '../lib/use-title';
import { hasRole, useSession } from '../session/use-session';

/** What each department owed and did, and what it was urged to. */
export function OversightPage() {
  const { t } = useTranslation();
  useTitle(t('oversight.title'));
  const { data: me } = useSession();
  const [search, setSearch] = useSearchParams();
  const campaign = search.get('campaign') ?? undefined;
  const query = useQuery({
    queryKey: ['oversight', campaign ?? null],
    queryFn: async () =>
      (await answerOf(api.GET('/api/v1/oversight', { params: { query: { campaign } } }))).rows,
    refetchInterval: 10_000,
  });
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('oversight.title')}</h1>
          <p className="muted">{t('oversight.lead')}</p>
        </div>
        <div className="filters">
          <CampaignChoice
            value={campaign}
            onChange={(code) => setSearch(code ? { campaign: code } : {}, { replace: true })}
          />
          <LinkButton to="/urging-orders">{t('urging.title')}</LinkButton>
        </div>
      </div>
      <div className="stack">
        <Loaded query={query}>
          {(rows) =>
            rows.length === 0 ? (
              <Card>
                <Empty description={t('oversight.empty')} />
              </Card>
            ) : (
              <>
                <Card title={t('oversight.chart')}>
                  <TaskBars rows={rows} />
                </Card>
                <Card>
                  <DepartmentTable rows={rows} />
                </Card>
              </>
            )
          }
        </Loaded>
        {hasRole(me, 'supervisor', 'coordinator', 'lead_officer', 'admin') && (
          <MailCounts campaign={campaign} />
        )}
        {hasRole(me, 'supervisor', 'admin') && <FailedMails />}
      </div>
    </>
  );
}

const onTimeRate = (row: OversightRow): string =>
  row.due === 0 ? '—' : `${Math.round((row.doneOnTime / row.due) * 100)}%`;

function DepartmentTable({ rows }: { rows: OversightRow[] }) {
  const { t } = useTranslation();
  const number = (key: Exclude<keyof OversightRow, 'department'>, title: string) => ({
    title,
    dataIndex: key,
    align: 'right' as const,
    sorter: (a: OversightRow, b: OversightRow) => a[key] - b[key],
  });
  return (
    <Table<OversightRow>
      size="small"
      pagination={false}
      scroll={{ x: 'max-content' }}
      rowKey={(row) => row.department.code}
      dataSource={rows}
      columns={[
        {
          title: t('oversight.department'),
          fixed: 'start',
          render: (_value, row) => row.department.name,
        },
        {
          ...number('overdueNow', t('oversight.overdue')),
          render: (count: number) => <span className={count > 0 ? 'bad' : undefined}>{count}</span>,
        },
        number('due', t('oversight.due')),
        number('doneOnTime', t('oversight.onTime')),
        number('doneLate', t('oversight.late')),
        number('openTasks', t('oversight.open')),
        number('urgingOrders', t('oversight.orders')),
        { title: t('oversight.rate'), align: 'right', render: (_value, row) => onTimeRate(row) },
      ]}
    />
  );
}
