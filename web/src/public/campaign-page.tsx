import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { answerOf, api } from '../api/client';
import type { PublicCampaignDetail } from '../api/types';
import { MergingReport } from '../components/campaign/merging-report';
import { useTitle } from '../lib/use-title';
import { PublicCeremonyPanel, VoidCeremony } from './ceremony-panel';
import { DrawRecordPanel } from './draw-record';
import { DrawnVisits } from './drawn-visits';
import { IndustryList } from '../components/policy/industry-list';
import { Facts, Loading, Panel } from '../components/open-parts';
import { PageFailure } from './page-failure';
import { PublishedResults } from './published-results';

const FINAL = ['closed', 'cancelled'];

/** Everything a citizen may know of a campaign: how it was drawn, who was drawn, what was found. */
export function PublicCampaignPage() {
  const { code = '' } = useParams();
  const query = useQuery({
    queryKey: ['public-campaign', code],
    queryFn: () => answerOf(api.GET('/api/v1/public/campaigns/{code}', { params: { path: { code } } })),
    refetchInterval: ({ state }) => (state.data && FINAL.includes(state.data.stage) ? false : 20_000),
  });
  const { t } = useTranslation();
  useTitle(query.data?.name, query.data && t('openPages.campaign', { ...query.data, n: query.data.visits }));
  if (query.data) return <Content campaign={query.data} />;
  if (query.error) {
    return (
      <PageFailure
        error={query.error}
        onRetry={() => void query.refetch()}
        list={{ to: '/public', text: t('open.back') }}
      />
    );
  }
  return <Loading />;
}

function Content({ campaign }: { campaign: PublicCampaignDetail }) {
  const { t } = useTranslation();
  const { industries } = campaign;
  const trades: [string, ReactNode][] =
    industries.length === 0
      ? []
      : [[t('policy.industries'), <IndustryList key="trades" industries={industries} />]];
  const valid = campaign.ceremonies.filter((ceremony) => ceremony.status !== 'void');
  const drawn = campaign.ceremonies.find((ceremony) => ceremony.status === 'drawn');
  return (
    <>
      <p className="small">
        <Link to="/public">← {t('open.back')}</Link>
      </p>
      <div className="page-head">
        <div>
          <h1>{campaign.name}</h1>
          <div className="muted">{campaign.code}</div>
        </div>
        <span className="head-links">
          {campaign.stage !== 'cancelled' && (
            <Link to={`/public/${campaign.code}/ceremony`}>{t('wall.title')}</Link>
          )}
          <span className="chip">{campaign.stageLabel}</span>
        </span>
      </div>
      {campaign.stage === 'cancelled' && (
        <p className="note-bad">{t('open.cancelled', { reason: campaign.stageReason ?? '' })}</p>
      )}
      <Panel title={t('open.whatTitle')}>
        <p>{t('open.what')}</p>
        <Facts
          rows={[
            [t('open.lead2'), campaign.leadDepartment],
            [t('open.departments'), campaign.departments.join('、')],
            [t('open.regions'), campaign.regions.map((region) => region.name).join('、')],
            [t('open.period'), `${campaign.visitFrom} — ${campaign.visitTo}`],
            ...trades,
            [
              t('open.items'),
              <ul className="plain-list" key="items">
                {campaign.items.map((item) => (
                  <li key={item.code}>
                    {item.name} <span className="muted small">{item.department}</span>
                  </li>
                ))}
              </ul>,
            ],
          ]}
        />
        <p className="muted small">{t(`modes.${campaign.mode}Why`)}</p>
      </Panel>
      <PublishedResults code={campaign.code} hasAny={campaign.published > 0} />
      {drawn && (
        <Panel title={t('merging.title')}>
          <MergingReport code={campaign.code} />
        </Panel>
      )}
      {drawn?.bundleSha256 && <DrawRecordPanel campaign={campaign} bundleSha256={drawn.bundleSha256} />}
      {drawn && <DrawnVisits code={campaign.code} />}
      {valid.map((ceremony) => (
        <PublicCeremonyPanel key={ceremony.number} code={campaign.code} ceremony={ceremony} />
      ))}
      {campaign.ceremonies.length === 0 && <p className="muted">{t('open.ceremonyNone')}</p>}
      {campaign.ceremonies
        .filter((ceremony) => ceremony.status === 'void')
        .map((ceremony) => (
          <VoidCeremony key={ceremony.number} code={campaign.code} ceremony={ceremony} />
        ))}
    </>
  );
}
