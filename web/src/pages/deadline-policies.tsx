import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Space, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';
import type { DeadlinePolicyVersion } from '../api/types';
import { DeadlinePolicyDecision } from '../components/deadline-policy/policy-decision';
import { DeadlinePolicyDialog } from '../components/deadline-policy/policy-dialog';
import { PolicyRows } from '../components/deadline-policy/policy-rows';
import { ReminderPreview } from '../components/deadline-policy/reminder-preview';
import { Loaded } from '../components/loaded';
import { formatInstant } from '../lib/format';
import { useTitle } from '../lib/use-title';
import { hasRole, useSession } from '../session/use-session';

/** Deadlines, reminders and escalation in versions, and whom they would tell what. */
export function DeadlinePolicies() {
  const { t } = useTranslation();
  useTitle(t('deadlinePolicy.title'));
  const { data: me } = useSession();
  const [edited, setEdited] = useState<DeadlinePolicyVersion | 'new' | null>(null);
  const query = useQuery({
    queryKey: ['deadline-policies'],
    queryFn: () => answerOf(api.GET('/api/v1/deadline-policies')),
  });
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('deadlinePolicy.title')}</h1>
          <p className="muted">{t('deadlinePolicy.lead')}</p>
        </div>
        {query.data?.mayCreate && (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setEdited('new')}>
            {t('deadlinePolicy.create')}
          </Button>
        )}
      </div>
      <Loaded query={query}>
        {({ rows, preset }) => {
          const inForce = rows.find((one) => one.inForce);
          return (
            <div className="stack">
              <Alert type="info" showIcon title={t('deadlinePolicy.rule')} />
              {rows.map((row) => (
                <Version key={row.version} row={row} onEdit={() => setEdited(row)} />
              ))}
              <Card
                title={
                  <Space wrap>
                    {t('deadlinePolicy.preset')}
                    {!inForce && <Tag color="green">{t('deadlinePolicy.inForce')}</Tag>}
                  </Space>
                }
              >
                <p className="muted">{t('deadlinePolicy.presetHint')}</p>
                <PolicyRows policy={preset} />
              </Card>
              {hasRole(me, 'supervisor', 'coordinator', 'lead_officer', 'approver', 'admin') && (
                <ReminderPreview versions={rows} />
              )}
              {edited && (
                <DeadlinePolicyDialog
                  version={edited === 'new' ? null : edited}
                  begins={edited === 'new' ? (inForce?.policy ?? preset) : edited.policy}
                  onClose={() => setEdited(null)}
                />
              )}
            </div>
          );
        }}
      </Loaded>
    </>
  );
}

function Version({ row, onEdit }: { row: DeadlinePolicyVersion; onEdit: () => void }) {
  const { t } = useTranslation();
  return (
    <Card
      title={
        <Space wrap>
          {t('deadlinePolicy.version', { n: row.version })}
          <Tag>{t(`deadlinePolicy.status.${row.status}`)}</Tag>
          {row.inForce && <Tag color="green">{t('deadlinePolicy.inForce')}</Tag>}
        </Space>
      }
      extra={
        <Space wrap>
          {row.mayEdit && (
            <Button size="small" onClick={onEdit}>
              {t('deadlinePolicy.edit')}
            </Button>
          )}
          <DeadlinePolicyDecision row={row} />
        </Space>
      }
    >
      <p>{row.reason}</p>
      <p className="muted small">
        {t('deadlinePolicy.from', { day: row.validFrom })} · {t('deadlinePolicy.by', { name: row.author })}
        {row.decidedBy &&
          row.decidedAt &&
          ` · ${t('deadlinePolicy.decided', { name: row.decidedBy, at: formatInstant(row.decidedAt) })}`}
        {row.decisionNote && ` · ${t('deadlinePolicy.note', { text: row.decisionNote })}`}
      </p>
      <PolicyRows policy={row.policy} />
    </Card>
  );
}
