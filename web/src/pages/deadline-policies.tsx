import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Space, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';
import type { DeadlinePolicyVersion } from '../api/types';
import { DeadlinePolicyDialog } from '../components/deadline-policy/policy-dialog';
import { PolicyRows } from '../components/deadline-policy/policy-rows';
import { ReminderPreview } from '../components/deadline-policy/reminder-preview';
import { Loaded } from '../components/loaded';
import type { PolicyDeciding } from '../components/policy/policy-decision';
import { VersionCard } from '../components/policy/version-card';
import { useTitle } from '../lib/use-title';
import { hasRole, useSession } from '../session/use-session';

/** Deadlines, reminders and escalation in versions, and whom they would tell what. */
export function DeadlinePolicies() {
  const { t } = useTranslation();
  useTitle(t('deadlinePolicy.title'));
  const { data: me } = useSession();
  const [edited, setEdited] = useState<DeadlinePolicyVersion | 'new' | null>(null);
  const query = useQuery({
    queryKey: KEY,
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
                <VersionCard
                  key={row.version}
                  policy={row}
                  deciding={{ ...DECIDING, hint: t('deadlinePolicy.rule') }}
                  onEdit={() => setEdited(row)}
                >
                  <PolicyRows policy={row.policy} />
                </VersionCard>
              ))}
              <Card
                title={
                  <Space wrap>
                    {t('deadlinePolicy.preset')}
                    {!inForce && <Tag color="green">{t('policy.inForce')}</Tag>}
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

const KEY = ['deadline-policies'];

const DECIDING: Omit<PolicyDeciding, 'hint'> = {
  queryKey: KEY,
  send: (version, body, key) =>
    answerOf(
      api.POST('/api/v1/deadline-policies/{version}/decision', {
        params: { path: { version }, header: { 'Idempotency-Key': key } },
        body,
      }),
    ),
};
