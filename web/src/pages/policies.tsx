import { PlusOutlined } from '@ant-design/icons';
import { Button, Card, Empty } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';
import type { RatioPolicy } from '../api/types';
import { IndustryList } from '../components/policy/industry-list';
import type { PolicyDeciding } from '../components/policy/policy-decision';
import { Loaded } from '../components/loaded';
import { Numbers } from '../components/numbers';
import '../components/numbers.css';
import { PolicyDialog } from '../components/policy/policy-dialog';
import { PolicyTrial } from '../components/policy/policy-trial';
import { POLICIES_KEY, usePolicies } from '../components/policy/use-policies';
import { VersionCard } from '../components/policy/version-card';
import { formatRatio } from '../lib/format';
import { useRegionName } from '../lib/use-organisation';
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
            {hasRole(me, 'coordinator', 'approver', 'lead_officer', 'budget_officer') && (
              <PolicyTrial policies={rows} />
            )}
            {edited && (
              <PolicyDialog
                policy={edited === 'new' ? null : edited}
                begins={
                  edited === 'new'
                    ? (rows.find((one) => one.inForce) ?? {
                        rows: preset,
                        industries: [],
                        trainingRequired: false,
                      })
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

/** One a class. */
const CITY_ROWS = 4;

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
  const regionName = useRegionName();
  const { rows, industries } = policy;
  const levelOf = (level: RatioPolicy['rows'][number]['level']) =>
    level === null ? t('policy.anyLevel') : t(`strata.levels.${level}`);
  const hasLevels = rows.some((row) => row.level !== null);
  return (
    <VersionCard policy={policy} deciding={{ ...DECIDING, hint: t('policy.hint') }} onEdit={onEdit}>
      {policy.trainingRequired && <p>{t('policy.trainingRequired')}</p>}
      <Numbers
        heads={[
          t('policy.region'),
          ...(hasLevels ? [t('policy.level')] : []),
          t('policy.drawClass'),
          t('policy.ratio'),
          t('policy.cap'),
        ]}
        rows={rows.map((row) => ({
          key: [row.region, row.level, row.drawClass].join('/'),
          name: row.region === null ? t('policy.city') : regionName(row.region),
          cells: [
            ...(hasLevels ? [levelOf(row.level)] : []),
            row.drawClass,
            formatRatio(row.ratioPpm),
            row.cap === null ? t('policy.noCap') : t('policy.capOf', { n: row.cap }),
          ],
        }))}
      />
      {rows.length > CITY_ROWS && <p className="muted small">{t('policy.partsHint')}</p>}
      {industries.length > 0 && (
        <>
          <h3 className="gap-above">{t('policy.industries')}</h3>
          <IndustryList industries={industries} />
        </>
      )}
    </VersionCard>
  );
}
