import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../../api/client';
import type { PlanDraftContent } from '../../api/types';
import { formatInstant } from '../../lib/format';
import { ProblemAlert } from '../problem-alert';
import { PLAN_DRAFTS_KEY } from './use-autosave';
import './plan-wizard.css';

/** Plans that the person began and has not made a campaign of; nothing where there are none. */
export function UnfinishedPlans() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const drafts = useQuery({
    queryKey: PLAN_DRAFTS_KEY,
    queryFn: () => answerOf(api.GET('/api/v1/plan-drafts')),
  });
  const drop = useMutation({
    mutationFn: (id: number) =>
      answerOf(api.DELETE('/api/v1/plan-drafts/{id}', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: PLAN_DRAFTS_KEY }),
  });
  const rows = drafts.data?.rows ?? [];
  const nameOf = ({ name = '' }: PlanDraftContent) => (name === '' ? t('wizard.unfinished.unnamed') : name);
  if (rows.length === 0) return null;
  return (
    <Card size="small" className="gap-below" title={t('wizard.unfinished.title', { n: rows.length })}>
      <ProblemAlert error={drop.error} className="gap-below" />
      <ul className="row-list unfinished-plans">
        {rows.map(({ id, content, savedAt }) => (
          <li key={id}>
            <div className="row-head">
              <Link to={`/campaigns/new?draft=${id}`}>{nameOf(content)}</Link>
              <span className="muted small">
                {t('wizard.unfinished.saved', { at: formatInstant(savedAt) })}{' '}
                <Popconfirm
                  title={t('wizard.unfinished.dropAsk')}
                  okText={t('wizard.unfinished.drop')}
                  onConfirm={() => drop.mutate(id)}
                >
                  <Button
                    type="link"
                    danger
                    size="small"
                    aria-label={t('wizard.unfinished.dropOne', {
                      name: nameOf(content),
                    })}
                  >
                    {t('wizard.unfinished.drop')}
                  </Button>
                </Popconfirm>
              </span>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
