import { PlusOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Empty, Popconfirm, Space, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';
import type { Delegation } from '../api/types';
import { DelegationDialog } from '../components/delegation/delegation-dialog';
import { Loaded } from '../components/loaded';
import { ProblemAlert } from '../components/problem-alert';
import { formatInstant } from '../lib/format';
import { useTitle } from '../lib/use-title';
import { useSession } from '../session/use-session';

const COLOURS = { coming: 'blue', 'in-force': 'green', over: 'default', ended: 'default' };

/** Who stands in for whom during leave: one's own, and of one's department where one sees to it. */
export function Delegations() {
  const { t } = useTranslation();
  useTitle(t('delegation.title'));
  const { data: me } = useSession();
  const [isOpen, setIsOpen] = useState(false);
  const query = useQuery({
    queryKey: ['delegations'],
    queryFn: () => answerOf(api.GET('/api/v1/delegations')),
  });
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('delegation.title')}</h1>
          <p className="muted">{t('delegation.lead')}</p>
        </div>
        <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setIsOpen(true)}>
          {t('delegation.create')}
        </Button>
      </div>
      <Loaded query={query}>
        {({ rows, people, mayActFor }) => (
          <Card>
            {rows.length === 0 ? (
              <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('delegation.empty')} />
            ) : (
              <ul className="row-list">
                {rows.map((row) => (
                  <Row key={row.id} row={row} />
                ))}
              </ul>
            )}
            {isOpen && me && (
              <DelegationDialog
                me={me.id}
                people={people}
                mayActFor={mayActFor}
                onClose={() => setIsOpen(false)}
              />
            )}
          </Card>
        )}
      </Loaded>
    </>
  );
}

function Row({ row }: { row: Delegation }) {
  const { t } = useTranslation();
  const names = { person: row.person.name, delegate: row.delegate.name };
  return (
    <li>
      <div className="row-head">
        <strong>
          {names.person} → {names.delegate}
        </strong>
        <Space>
          <Tag color={COLOURS[row.state]}>{t(`delegation.states.${row.state}`)}</Tag>
          {row.mayEnd && <End id={row.id} names={names} />}
        </Space>
      </div>
      <div>{t('delegation.period', { from: row.from, until: row.until })}</div>
      <div className="muted small">
        {row.department.name} · {row.reason} · {t('delegation.by', { name: row.createdBy })}
        {row.endedAt !== null &&
          ` · ${t('delegation.endedBy', { name: row.endedBy, at: formatInstant(row.endedAt) })}`}
      </div>
      {row.beyond !== null && row.beyond > 0 && (
        <div className="bad small">{t('delegation.beyond', { n: row.beyond, delegate: names.delegate })}</div>
      )}
    </li>
  );
}

function End({ id, names }: { id: number; names: { person: string; delegate: string } }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: () => answerOf(api.POST('/api/v1/delegations/{id}/end', { params: { path: { id } } })),
    onSuccess: async () => {
      void message.success(t('delegation.ended'));
      await client.invalidateQueries();
    },
  });
  return (
    <>
      <ProblemAlert error={end.error} />
      <Popconfirm
        title={t('delegation.end')}
        description={t('delegation.endConfirm', names)}
        onConfirm={() => end.mutate()}
      >
        <Button size="small" loading={end.isPending}>
          {t('delegation.end')}
        </Button>
      </Popconfirm>
    </>
  );
}
