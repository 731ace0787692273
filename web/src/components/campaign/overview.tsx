import { Card, Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Campaign } from '../../api/types';
import { contributorName } from '../../lib/contributor-name';
import { formatRatio } from '../../lib/format';
import { useRegions } from '../../lib/use-organisation';
import { useStratumName } from '../../lib/use-stratum-name';
import { lazyPart } from '../lazy-part';
import { IndustryList } from '../policy/industry-list';
import { MergingReport } from './merging-report';
import { SimulationCard } from './simulation-card';
import { WitnessesCard } from './witnesses-card';

const CeremonyCard = lazyPart(async () => (await import('./ceremony-card')).CeremonyCard);

/** The plan, tried out before it is approved; then the draw, and what merging saves. */
export function Overview({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const hasMain = campaign.ceremony !== null || campaign.maySimulate;
  return (
    <div className="two-columns">
      <div className="stack">
        {campaign.ceremony && <CeremonyCard campaign={campaign} ceremony={campaign.ceremony} />}
        {campaign.maySimulate && <SimulationCard campaign={campaign} />}
        {!hasMain && <PlanCard campaign={campaign} />}
      </div>
      <div className="stack">
        {campaign.ceremony?.status === 'drawn' && (
          <Card title={t('merging.title')}>
            <MergingReport code={campaign.code} />
          </Card>
        )}
        {campaign.ceremony && <WitnessesCard campaign={campaign} ceremony={campaign.ceremony} />}
        {hasMain && <PlanCard campaign={campaign} />}
      </div>
    </div>
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
        colon={false}
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
            key: 'rotation',
            label: t('campaign.rotation'),
            children: t(campaign.rotation ? 'campaign.rotationOn' : 'campaign.rotationOff'),
          },
          {
            key: 'approval',
            label: t('inspections.planLabel'),
            children: t(campaign.demandsApproval ? 'inspections.demanded' : 'inspections.notDemanded'),
          },
          {
            key: 'ratios',
            label: t('campaign.ratios'),
            children: <Ratios campaign={campaign} />,
          },
          ...(campaign.industries.length === 0
            ? []
            : [
                {
                  key: 'industries',
                  label: t('policy.industries'),
                  children: <IndustryList industries={campaign.industries} />,
                },
              ]),
          {
            key: 'public',
            label: t('campaign.publicContributor'),
            children: campaign.publicContributor
              ? contributorName(campaign.publicContributor, campaign.departments, t)
              : t('publicSources.none'),
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

function Ratios({ campaign: { ratios } }: { campaign: Campaign }) {
  const { short } = useStratumName();
  const texts = ratios.map(({ stratum, ratioPpm }) => `${short(stratum)} ${formatRatio(ratioPpm)}`);
  // Classes stand in a line; what is told apart of them has long names.
  if (ratios.every(({ stratum }) => stratum.length === 1)) return texts.join(' · ');
  return (
    <ul className="plain-list">
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}
