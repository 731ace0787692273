import { PlusOutlined } from '@ant-design/icons';
import { Button, Card, Empty, Space, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RatioPolicy } from '../api/types';
import { Loaded } from '../components/loaded';
import { Numbers } from '../components/numbers';
import '../components/numbers.css';
import { PolicyDecision } from '../components/policy/policy-decision';
import { PolicyDialog } from '../components/policy/policy-dialog';
import { PolicyTrial } from '../components/policy/policy-trial';
import { usePolicies } from '../components/policy/use-policies';
import { formatInstant, formatRatio } from '../lib/format';
import { useRegions } from '../lib/use-organisation';
import { useTitle } from '../lib/use-title';
import { hasRole, useSession } from '../session/use-session';

/** Ratios and yearly caps in versions, and what one comes to. */
export function Policies() {
  const { t } = useTranslation();
  useTitle(t('policy.title'));
  const { data: me } = useSession();
  const query = usePolicies();
  const [edited, setEdited] = useState<RatioPolicy | 'new' | null>(null);
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('policy.title')}</h1>
          <p className="muted">{t('policy.lead')}</p>
        </div>
        {query.data?.mayCreate && (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setEdited('new')}>
            {t('policy.create')}
          </Button>
        )}
      </div>
      <Loaded query={query}>
        {({ rows, preset }) => (
          <div className="stack">
            {rows.length === 0 && (
              <Card>
                <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('policy.empty')} />
              </Card>
            )}
            {rows.map((policy) => (
              <Version key={policy.version} policy={policy} onEdit={() => setEdited(policy)} />
            ))}
            {hasRole(me, 'coordinator', 'admin', 'approver', 'lead_officer', 'budget_officer') && (
              <PolicyTrial policies={rows} />
            )}
            {edited && (
              <PolicyDialog
                policy={edited === 'new' ? null : edited}
                begins={
                  edited === 'new'
                    ? (rows.find((one) => one.inForce) ?? { rows: preset, trainingRequired: false })
                    : edited
                }
                onClose={() => setEdited(null)}
              />
            )}
          </div>
        )}
      </Loaded>
    </>
  );
}

function Version({ policy, onEdit }: { policy: RatioPolicy; onEdit: () => void }) {
  const { t } = useTranslation();
  const regions = useRegions();
  const nameOf = (code: string | null) =>
    code === null ? t('policy.city') : (regions.data?.find((one) => one.code === code)?.name ?? code);
  return (
    <Card
      title={
        <Space wrap>
          {t('policy.version', { n: policy.version })}
          <Tag>{t(`policy.status.${policy.status}`)}</Tag>
          {policy.inForce && <Tag color="green">{t('policy.inForce')}</Tag>}
        </Space>
      }
      extra={
        <Space wrap>
          {policy.mayEdit && (
            <Button size="small" onClick={onEdit}>
              {t('policy.edit')}
            </Button>
          )}
          <PolicyDecision policy={policy} />
        </Space>
      }
    >
      <p>{policy.reason}</p>
      <p className="muted small">
        {t('policy.from', { day: policy.validFrom })} · {t('policy.by', { name: policy.author })}
        {policy.decidedBy &&
          policy.decidedAt &&
          ` · ${t('policy.decided', { name: policy.decidedBy, at: formatInstant(policy.decidedAt) })}`}
        {policy.decisionNote && ` · ${t('policy.note', { text: policy.decisionNote })}`}
      </p>
      {policy.trainingRequired && <p>{t('policy.trainingRequired')}</p>}
      <Numbers
        heads={[t('policy.region'), t('policy.drawClass'), t('policy.ratio'), t('policy.cap')]}
        rows={policy.rows.map((row) => ({
          key: `${row.region ?? ''}/${row.drawClass}`,
          name: nameOf(row.region),
          cells: [
            row.drawClass,
            formatRatio(row.ratioPpm),
            row.cap === null ? t('policy.noCap') : t('policy.capOf', { n: row.cap }),
          ],
        }))}
      />
    </Card>
  );
}
