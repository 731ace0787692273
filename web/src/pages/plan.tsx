import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { answerOf, api, newIdempotencyKey } from '../api/client';
import type { Campaign, CampaignPlan } from '../api/types';
import { Loaded } from '../components/loaded';
import { PlanForm } from '../components/plan/plan-form';
import { newPlanFields, planFieldsOf } from '../components/plan/plan-fields';
import { cityRatios, usePolicies } from '../components/policy/use-policies';
import { useTitle } from '../lib/use-title';

export function NewPlan() {
  const { t } = useTranslation();
  useTitle(t('plan.newTitle'));
  const navigate = useNavigate();
  const client = useQueryClient();
  const policies = usePolicies();
  const create = useMutation({
    // Each try of a mended plan is another request.
    mutationFn: (body: CampaignPlan) =>
      answerOf(
        api.POST('/api/v1/campaigns', {
          params: { header: { 'Idempotency-Key': newIdempotencyKey() } },
          body,
        }),
      ),
    onSuccess: (campaign) => opened(campaign),
  });
  const opened = (campaign: Campaign) => {
    client.setQueryData(['campaign', campaign.code], campaign);
    void client.invalidateQueries({ queryKey: ['campaigns'] });
    void navigate(`/campaigns/${campaign.code}`);
  };
  return (
    <div className="narrow">
      <h1>{t('plan.newTitle')}</h1>
      <Loaded query={policies}>
        {(known) => (
          <PlanForm
            initial={newPlanFields(cityRatios(known))}
            sendLabel={t('plan.create')}
            error={create.error}
            isSending={create.isPending}
            onSend={create.mutate}
          />
        )}
      </Loaded>
    </div>
  );
}

export function EditPlan() {
  const { t } = useTranslation();
  useTitle(t('plan.editTitle'));
  const { code = '' } = useParams();
  const query = useQuery({
    queryKey: ['campaign', code],
    queryFn: () => answerOf(api.GET('/api/v1/campaigns/{code}', { params: { path: { code } } })),
    refetchOnWindowFocus: false,
  });
  return (
    <div className="narrow">
      <h1>{t('plan.editTitle')}</h1>
      <Loaded query={query}>{(campaign) => <EditForm campaign={campaign} />}</Loaded>
    </div>
  );
}

function EditForm({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { code } = campaign;
  const edit = useMutation({
    mutationFn: (body: CampaignPlan) =>
      answerOf(api.PUT('/api/v1/campaigns/{code}', { params: { path: { code } }, body })),
    onSuccess: (after) => {
      client.setQueryData(['campaign', code], after);
      void navigate(`/campaigns/${code}`);
    },
  });
  if (campaign.stage !== 'draft' && campaign.stage !== 'returned') {
    return <Alert type="warning" title={t('plan.notEditable')} />;
  }
  return (
    <>
      {campaign.stageReason && (
        <Alert
          className="gap-below"
          type="warning"
          title={t('campaign.returned', { reason: campaign.stageReason })}
        />
      )}
      <PlanForm
        initial={planFieldsOf(campaign)}
        sendLabel={t('plan.save')}
        error={edit.error}
        isSending={edit.isPending}
        onSend={edit.mutate}
      />
    </>
  );
}
