import { Button, Card, Space, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyVersion } from '../../api/types';
import { formatInstant } from '../../lib/format';
import { PolicyDecision, type PolicyDeciding } from './policy-decision';

interface Props {
  policy: PolicyVersion;
  deciding: PolicyDeciding;
  onEdit: () => void;
  /** Its content. */
  children: ReactNode;
}

/** A version of a policy: where it stands, why it was made, who decided, and what may be done with it. */
export function VersionCard({ policy, deciding, onEdit, children }: Props) {
  const { t } = useTranslation();
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
          <PolicyDecision policy={policy} deciding={deciding} />
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
      {children}
    </Card>
  );
}
