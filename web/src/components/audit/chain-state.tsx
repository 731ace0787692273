import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../../api/client';
import { formatInstant } from '../../lib/format';
import { Loaded } from '../loaded';

const LONG_MS = 60_000;

/** Whether the log is whole: what has no place in the chain yet, what was signed last, and how the last check went. */
export function ChainState() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['audit-state'],
    queryFn: () => answerOf(api.GET('/api/v1/audit/state')),
    refetchInterval: 30_000,
  });
  return (
    <Card title={t('audit.chain')} extra={<Link to="/public/audit">{t('audit.allCheckpoints')}</Link>}>
      <Loaded query={query}>
        {({ entries, pending, pendingSince, checkpoint, check }) => {
          const problems = check?.problems.length ?? 0;
          const waitsLong = pendingSince !== null && query.dataUpdatedAt - Date.parse(pendingSince) > LONG_MS;
          const checkedAt = check && { at: formatInstant(check.at), n: check.entries };
          return (
            <>
              {problems > 0 && check && (
                <Alert
                  type="error"
                  showIcon
                  className="gap-below"
                  title={t('audit.checkBad', { ...checkedAt, problems })}
                  description={t('audit.checkBadHint')}
                />
              )}
              {waitsLong && (
                <Alert type="warning" showIcon className="gap-below" title={t('audit.pendingLong')} />
              )}
              <Descriptions
                size="small"
                column={{ xs: 1, md: 2 }}
                items={[
                  { label: t('audit.entries'), children: t('audit.count', { n: entries }) },
                  {
                    label: t('audit.pending'),
                    children:
                      pendingSince === null
                        ? t('audit.pendingNone')
                        : t('audit.pendingSome', { n: pending, at: formatInstant(pendingSince) }),
                  },
                  {
                    label: t('audit.checkpoint'),
                    children: checkpoint
                      ? t('audit.checkpointAt', { at: formatInstant(checkpoint.at), n: checkpoint.size })
                      : t('audit.checkpointNone'),
                  },
                  {
                    label: t('audit.check'),
                    children: checkedAt
                      ? t(problems > 0 ? 'audit.checkBad' : 'audit.checkGood', { ...checkedAt, problems })
                      : t('audit.checkNone'),
                  },
                ]}
              />
            </>
          );
        }}
      </Loaded>
    </Card>
  );
}
