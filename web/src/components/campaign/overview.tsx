import { Card, Descriptions, Statistic } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Campaign } from '../../api/types';
import { contributorName } from '../../lib/contributor-name';
import { formatRatio } from '../../lib/format';
import { useRegions } from '../../lib/use-organisation';
import { CeremonyCard } from './ceremony-card';
import { WitnessesCard } from './witnesses-card';

/** The plan as approved, what merging saves, and the draw. */
export function Overview({ campaign }: { campaign: Campaign }) {
  return (
    <div className="two-columns">
      <div className="stack">
        {campaign.ceremony && <CeremonyCard campaign={campaign} ceremony={campaign.ceremony} />}
        {!campaign.ceremony && <PlanCard campaign={campaign} />}
      </div>
      <div className="stack">
        {campaign.merging && <MergingCard merging={campaign.merging} />}
        {campaign.ceremony && <WitnessesCard campaign={campaign} ceremony={campaign.ceremony} />}
        {campaign.ceremony && <PlanCard campaign={campaign} />}
      </div>
    </div>
  );
}

function MergingCard({ merging }: { merging: NonNullable<Campaign['merging']> }) {
  const { t } = useTranslation();
  return (
    <Card title={t('campaign.merging')}>
      <div className="figures">
        <Statistic title={t('campaign.visits')} value={merging.visits} />
        <Statistic title={t('campaign.apart')} value={merging.visitsIfApart} />
        <Statistic title={t('campaign.saved')} value={merging.saved} className="figure-good" />
      </div>
      <p className="muted small">{t('campaign.savedHint')}</p>
    </Card>
  );
}

function PlanCard({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const regions = useRegions();
  const departmentName = (code: string) =>
    campaign.departments.find((one) => one.code === code)?.name ?? code;
  const regionName = (code: string) => regions.data?.find((one) => one.code === code)?.name ?? code;
  return (
    <Card title={t('campaign.plan')}>
      <Descriptions
        size="small"
        column={1}
        layout="vertical"
        items={[
          {
            key: 'mode',
            label: t('campaign.mode'),
            children: <span title={t(`modes.${campaign.mode}Why`)}>{t(`modes.${campaign.mode}`)}</span>,
          },
          {
            key: 'regions',
            label: t('campaign.regions'),
            children: campaign.regions.map(regionName).join('、'),
          },
          {
            key: 'teams',
            label: t('campaign.teams'),
            children: campaign.teams
              .map((team) => `${departmentName(team.department)} ${t('campaign.teamSize', { n: team.size })}`)
              .join('、'),
          },
          {
            key: 'ratios',
            label: t('campaign.ratios'),
            children: campaign.ratios
              .map((ratio) => `${ratio.stratum} ${formatRatio(ratio.ratioPpm)}`)
              .join(' · '),
          },
          {
            key: 'public',
            label: t('campaign.publicContributor'),
            children: campaign.publicContributor
              ? contributorName(campaign.publicContributor, campaign.departments, t)
              : t('plan.publicOptions.none'),
          },
          {
            key: 'items',
            label: t('campaign.items'),
            children: (
              <ul className="plain-list">
                {campaign.items.map((item) => (
                  <li key={item.code}>
                    {item.name}
                    <span className="muted small">
                      {' '}
                      {departmentName(item.department)} · {item.code}
                      {item.population !== null && ` · ${t('campaign.population', { n: item.population })}`}
                    </span>
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
    </Card>
  );
}
