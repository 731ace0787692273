import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Card, Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../api/client';
import type { OversightReport } from '../api/types';
import { FailedMails } from '../components/failed-mails';
import { LinkButton } from '../components/link-button';
import { Loaded } from '../components/loaded';
import { lazyPart } from '../components/lazy-part';
import { BoardFilters } from '../components/oversight/board-filters';
import { IdleNote } from '../components/oversight/idle-note';
import { InspectorLoads } from '../components/oversight/inspector-loads';
import { ReportView } from '../components/oversight/report-view';
import { TableLinks } from '../components/oversight/table-links';
import { queryText, useBoardFilter } from '../components/oversight/use-board-filter';
import { Meaning } from '../components/statistics/parts';
import { formatInstant } from '../lib/format';
import { useTitle } from '../lib/use-title';
import { hasRole, useSession } from '../session/use-session';

const MailCounts = lazyPart(async () => (await import('../components/mail-counts')).MailCounts);

/** The board of the supervision office: who owed what in a period, and did it, in every county and department. */
export function OversightPage() {
  const { t } = useTranslation();
  useTitle(t('oversight.title'));
  const { data: me } = useSession();
  const board = useBoardFilter();
  const query = { ...board.filter, by: board.by };
  const report = useQuery({
    queryKey: ['oversight', query],
    queryFn: () => answerOf(api.GET('/api/v1/oversight', { params: { query } })),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('oversight.title')}</h1>
          <p className="muted">
            {t('oversight.lead')} <Link to="/deadline-policies">{t('deadlinePolicy.link')}</Link>
          </p>
        </div>
        <div className="filters">
          <LinkButton to="/urging-orders">{t('urging.title')}</LinkButton>
          <LinkButton to="/bulletins">{t('bulletin.title')}</LinkButton>
        </div>
      </div>
      <BoardFilters board={board} />
      <div className="stack">
        <Loaded query={report}>
          {(data) => (isEmpty(data) ? <Nothing /> : <Board report={data} query={query} />)}
        </Loaded>
        <InspectorLoads filter={board.filter} />
        {hasRole(me, 'supervisor', 'coordinator', 'lead_officer', 'admin') && (
          <MailCounts campaign={board.filter.campaign} />
        )}
        {hasRole(me, 'supervisor', 'admin') && <FailedMails />}
      </div>
    </>
  );
}

const isEmpty = ({ total, plan, publication, workload, orders }: OversightReport): boolean =>
  total.due + plan.length + publication.length + workload.length + orders.length === 0;

function Nothing() {
  const { t } = useTranslation();
  return (
    <Card>
      <Empty description={t('board.empty')} />
    </Card>
  );
}

function Board({ report, query }: { report: OversightReport; query: Record<string, string | undefined> }) {
  const { t } = useTranslation();
  const { by: _by, ...filter } = query;
  return (
    <div>
      <p className="muted">{t('board.asOf', { at: formatInstant(report.asOf) })}</p>
      <IdleNote idle={report.idle} />
      <ReportView
        report={report}
        drill={(more, text) => (
          <Link to={`/oversight/tasks?${queryText({ ...filter, ...more })}`}>{text}</Link>
        )}
        frame={(table, children) => (
          <Card
            title={t(`board.parts.${table}`)}
            extra={<TableLinks path={`/api/v1/oversight/${table}`} query={query} />}
          >
            <Meaning>{t(`board.meaning.${table}`)}</Meaning>
            {children}
          </Card>
        )}
      />
    </div>
  );
}
