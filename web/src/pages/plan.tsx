import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { answerOf, api, newIdempotencyKey } from '../api/client';
import type { Campaign, CampaignPlan, PlanDraft } from '../api/types';
import { CampaignChoice } from '../components/campaign-choice';
import { Loaded } from '../components/loaded';
import {
  copiedFields,
  fieldsOfDraft,
  newPlanFields,
  planFieldsOf,
  type PlanFields,
} from '../components/plan/plan-fields';
import { PlanForm } from '../components/plan/plan-form';
import { PlanWizard } from '../components/plan/plan-wizard';
import { UnfinishedPlans } from '../components/plan/unfinished-plans';
import { cityRatios } from '../components/policy/use-policies';
import { useTitle } from '../lib/use-title';

/** A new plan: from nothing, from an earlier campaign (`?from=`), or where it was left (`?draft=`). */
export function NewPlan() {
  const { t } = useTranslation();
  useTitle(t('plan.newTitle'));
  const [search] = useSearchParams();
  const from = search.get('from') ?? '';
  const draft = Number(search.get('draft') ?? 0);
  const navigate = useNavigate();
  const begun = useQuery({
    queryKey: ['plan-start', from, draft],
    // Once it is open, the page itself knows best.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    queryFn: () => startOf(from, draft, t),
  });
  return (
    <div className="plan-page">
      <h1>{t('plan.newTitle')}</h1>
      {draft === 0 && <UnfinishedPlans />}
      {draft === 0 && (
        <p className="filters">
          <CampaignChoice
            label={t('wizard.copyFrom')}
            none={t('wizard.copyNone')}
            value={from}
            onChange={(code) => void navigate(code === '' ? '/campaigns/new' : `/campaigns/new?from=${code}`)}
          />
        </p>
      )}
      <Loaded query={begun}>
        {(start) => <Wizard key={`${from}/${draft}`} initial={start.initial} draft={start.draft} />}
      </Loaded>
    </div>
  );
}

async function startOf(
  from: string,
  draftId: number,
  t: TFunction,
): Promise<{ initial: Partial<PlanFields>; draft: PlanDraft | null }> {
  if (draftId > 0) {
    const path = { id: draftId };
    const draft = await answerOf(api.GET('/api/v1/plan-drafts/{id}', { params: { path } }));
    return { initial: fieldsOfDraft(draft.content), draft };
  }
  if (from !== '') {
    const path = { code: from };
    const campaign = await answerOf(api.GET('/api/v1/campaigns/{code}', { params: { path } }));
    return { initial: copiedFields(campaign, t('wizard.copyName', { name: campaign.name })), draft: null };
  }
  const policies = await answerOf(api.GET('/api/v1/ratio-policies'));
  return { initial: newPlanFields(cityRatios(policies)), draft: null };
}

function Wizard({ initial, draft }: { initial: Partial<PlanFields>; draft: PlanDraft | null }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const create = useMutation({
    // Each try of a mended plan is another request.
    mutationFn: ({ plan }: { plan: CampaignPlan; drop: () => Promise<void> }) =>
      answerOf(
        api.POST('/api/v1/campaigns', {
          params: { header: { 'Idempotency-Key': newIdempotencyKey() } },
          body: plan,
        }),
      ),
    onSuccess: async (campaign, { drop }) => {
      await drop();
      client.setQueryData(['campaign', campaign.code], campaign);
      void client.invalidateQueries({ queryKey: ['campaigns'] });
      void navigate(`/campaigns/${campaign.code}`);
    },
  });
  return (
    <PlanWizard
      initial={initial}
      draft={draft}
      error={create.error}
      isSending={create.isPending}
      onSend={(plan, drop) => create.mutate({ plan, drop })}
    />
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
