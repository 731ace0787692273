import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Popconfirm, Space, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { OwnSession } from '../../api/types';
import { browserName } from '../../lib/browser-name';
import { formatInstant } from '../../lib/format';
import { Loaded } from '../loaded';
import { ProblemAlert } from '../problem-alert';
import { SESSIONS_KEY } from './keys';
import { useProof } from './use-proof';

export function SessionsCard() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: SESSIONS_KEY,
    queryFn: () => answerOf(api.GET('/api/v1/account/sessions')),
  });
  const { proven, dialog } = useProof();
  const others = useEnding(() => proven(() => answerOf(api.DELETE('/api/v1/account/sessions'))));
  const hasOthers = query.data?.rows.some((row) => !row.isCurrent) ?? false;
  return (
    <Card
      title={t('account.sessions.title')}
      extra={
        hasOthers && (
          <Popconfirm title={t('account.sessions.endOthersConfirm')} onConfirm={() => others.mutate()}>
            <Button loading={others.isPending}>{t('account.sessions.endOthers')}</Button>
          </Popconfirm>
        )
      }
    >
      <p className="muted">{t('account.sessions.lead')}</p>
      <ProblemAlert error={others.error} className="gap-below" />
      <Loaded query={query}>
        {({ rows }) => (
          <>
            <ul className="row-list">
              {rows.map((row) => (
                <Row key={row.id} row={row} proven={proven} />
              ))}
            </ul>
            {!hasOthers && <p className="muted small gap-above">{t('account.sessions.onlyThis')}</p>}
          </>
        )}
      </Loaded>
      {dialog}
    </Card>
  );
}

function Row({ row, proven }: { row: OwnSession; proven: ReturnType<typeof useProof>['proven'] }) {
  const { t } = useTranslation();
  const path = { session: row.id };
  const end = useEnding(() =>
    proven(() => answerOf(api.DELETE('/api/v1/account/sessions/{session}', { params: { path } }))),
  );
  return (
    <li>
      <div className="row-head">
        <Space>
          <strong>{browserName(row.browser) ?? t('account.sessions.unknown')}</strong>
          {row.isCurrent && <Tag color="green">{t('account.sessions.current')}</Tag>}
        </Space>
        {!row.isCurrent && (
          <Popconfirm title={t('account.sessions.endConfirm')} onConfirm={() => end.mutate()}>
            <Button size="small" loading={end.isPending}>
              {t('account.sessions.end')}
            </Button>
          </Popconfirm>
        )}
      </div>
      <div className="muted small">
        {[
          t(`account.sessions.ways.${row.way}`),
          ...(row.address === null ? [] : [t('account.sessions.from', { address: row.address })]),
          t('account.sessions.began', { at: formatInstant(row.createdAt) }),
          t('account.sessions.used', { at: formatInstant(row.lastUsedAt) }),
        ].join(' · ')}
      </div>
      <ProblemAlert error={end.error} />
    </li>
  );
}

function useEnding(end: () => Promise<unknown>) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: end,
    onSuccess: () => void message.success(t('account.sessions.ended')),
    onSettled: () => client.invalidateQueries({ queryKey: SESSIONS_KEY }),
  });
}
