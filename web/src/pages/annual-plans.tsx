import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Empty, InputNumber, Space, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { answerOf, api } from '../api/client';
import { LinkButton } from '../components/link-button';
import { Loaded } from '../components/loaded';
import { ProblemAlert } from '../components/problem-alert';
import { formatInstant, today } from '../lib/format';
import { useIntention } from '../lib/use-intention';
import { useTitle } from '../lib/use-title';
import { hasRole, useSession } from '../session/use-session';

/** The plans of all years. */
export function AnnualPlans() {
  const { t } = useTranslation();
  useTitle(t('annual.title'));
  const { data: me } = useSession();
  const query = useQuery({
    queryKey: ['annual-plans'],
    queryFn: async () => (await answerOf(api.GET('/api/v1/annual-plans'))).rows,
  });
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('annual.title')}</h1>
          <p className="muted">{t('annual.lead')}</p>
        </div>
        <LinkButton to="/policies">{t('policy.title')}</LinkButton>
      </div>
      <Card>
        <Loaded query={query}>
          {(plans) =>
            plans.length === 0 ? (
              <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('annual.empty')} />
            ) : (
              <ul className="row-list">
                {plans.map((plan) => (
                  <li key={plan.year}>
                    <div className="row-head">
                      <strong>
                        <Link to={`/annual-plans/${plan.year}`}>
                          {t('annual.titleOf', { year: plan.year })}
                        </Link>
                      </strong>
                      <Tag>{t(`annual.stage.${plan.stage}`)}</Tag>
                    </div>
                    <div className="muted small">
                      {t('annual.count', plan)}
                      {plan.publishedAt &&
                        ` · ${t('annual.publishedAt', { at: formatInstant(plan.publishedAt) })}`}
                    </div>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
        {query.data && hasRole(me, 'coordinator') && (
          <NewPlanForm
            first={Math.max(Number(today().slice(0, 4)), ...query.data.map((plan) => plan.year + 1))}
          />
        )}
      </Card>
    </>
  );
}

function NewPlanForm({ first }: { first: number }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { key, settle } = useIntention();
  const [year, setYear] = useState<number | null>(first);
  const create = useMutation({
    mutationFn: (body: { year: number }) =>
      answerOf(api.POST('/api/v1/annual-plans', { params: { header: { 'Idempotency-Key': key } }, body })),
    onSettled: settle,
    onSuccess: (plan) => {
      void client.invalidateQueries({ queryKey: ['annual-plans'] });
      void message.success(t('annual.created', { year: plan.year }));
      void navigate(`/annual-plans/${plan.year}`);
    },
  });
  return (
    <div className="inline-form gap-above">
      <ProblemAlert error={create.error} className="gap-below" />
      <Space wrap>
        <label htmlFor="new-plan-year">{t('annual.year')}</label>
        <InputNumber id="new-plan-year" min={2000} max={2999} precision={0} value={year} onChange={setYear} />
        <Button
          type="primary"
          disabled={year === null}
          loading={create.isPending}
          onClick={() => year !== null && create.mutate({ year })}
        >
          {t('annual.create')}
        </Button>
      </Space>
    </div>
  );
}
