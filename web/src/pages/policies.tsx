import { PlusOutlined } from '@ant-design/icons';
import { Button, Card, Empty } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';
import type { RatioPolicy } from '../api/types';
import type { PolicyDeciding } from '../components/policy/policy-decision';
import { Loaded } from '../components/loaded';
import { Numbers } from '../components/numbers';
import '../components/numbers.css';
import { PolicyDialog } from '../components/policy/policy-dialog';
import { PolicyTrial } from '../components/policy/policy-trial';
import { POLICIES_KEY, usePolicies } from '../components/policy/use-policies';
import { VersionCard } from '../components/policy/version-card';
import { formatRatio } from '../lib/format';
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

const DECIDING: Omit<PolicyDeciding, 'hint'> = {
  queryKey: POLICIES_KEY,
  send: (version, body, key) =>
    answerOf(
      api.POST('/api/v1/ratio-policies/{version}/decision', {
        params: { path: { version }, header: { 'Idempotency-Key': key } },
        body,
      }),
    ),
};

function Version({ policy, onEdit }: { policy: RatioPolicy; onEdit: () => void }) {
  const { t } = useTranslation();
  const regions = useRegions();
  const nameOf = (code: string | null) =>
    code === null ? t('policy.city') : (regions.data?.find((one) => one.code === code)?.name ?? code);
  return (
    <VersionCard policy={policy} deciding={{ ...DECIDING, hint: t('policy.hint') }} onEdit={onEdit}>
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
    </VersionCard>
  );
}
