import { PlusOutlined } from '@ant-design/icons';
import { Card, Progress, Select, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { answerOf, api } from '../api/client';
import type { CampaignSummary, Stage } from '../api/types';
import { CsvButton } from '../components/csv-button';
import { LinkButton } from '../components/link-button';
import { Paged } from '../components/paged';
import { UnfinishedPlans } from '../components/plan/unfinished-plans';
import { StageTag } from '../components/stage-tag';
import { STAGES } from '../lib/stages';
import { usePages } from '../lib/use-pages';
import { useTitle } from '../lib/use-title';
import { hasRole, useSession } from '../session/use-session';

export function Campaigns() {
  const { t } = useTranslation();
  useTitle(t('campaigns.title'));
  const { data: me } = useSession();
  const [search, setSearch] = useSearchParams();
  const stage = STAGES.find((one) => one === search.get('stage'));
  const pages = usePages(
    ['campaigns', stage ?? null],
    (cursor) => answerOf(api.GET('/api/v1/campaigns', { params: { query: { stage, cursor, limit: 20 } } })),
    { refetchInterval: 15_000 },
  );
  return (
    <>
      <div className="page-head">
        <h1>{t('campaigns.title')}</h1>
        <div className="filters">
          <Select<Stage | ''>
            aria-label={t('campaigns.stage')}
            className="stage-filter"
            value={stage ?? ''}
            onChange={(value) => setSearch(value ? { stage: value } : {}, { replace: true })}
            options={[
              { value: '', label: t('campaigns.allStages') },
              ...STAGES.map((value) => ({ value, label: t(`stages.${value}`) })),
            ]}
          />
          <CsvButton path="campaigns" query={{ stage }} />
          {hasRole(me, 'lead_officer', 'coordinator') && (
            <LinkButton to="/campaigns/new" type="primary" icon={<PlusOutlined aria-hidden />}>
              {t('campaigns.new')}
            </LinkButton>
          )}
        </div>
      </div>
      {hasRole(me, 'lead_officer', 'coordinator') && <UnfinishedPlans />}
      <Card>
        <Paged pages={pages} empty={t(stage ? 'campaigns.emptyFiltered' : 'campaigns.empty')}>
          {(rows) => (
            <ul className="row-list">
              {rows.map((row) => (
                <CampaignRow key={row.code} campaign={row} />
              ))}
            </ul>
          )}
        </Paged>
      </Card>
    </>
  );
}

function CampaignRow({ campaign }: { campaign: CampaignSummary }) {
  const { t } = useTranslation();
  const { visits, visitsFinished, overdueTasks } = campaign;
  return (
    <li>
      <div className="row-head">
        <strong>
          <Link to={`/campaigns/${campaign.code}`}>{campaign.name}</Link>
        </strong>
        <span className="tags">
          {overdueTasks > 0 && <Tag color="red">{t('campaigns.overdue', { n: overdueTasks })}</Tag>}
          <StageTag stage={campaign.stage} />
        </span>
      </div>
      <div className="muted small">
        {campaign.code} · {t('campaigns.lead', { name: campaign.leadDepartment.name })} ·{' '}
        {t('campaigns.window', { from: campaign.visitFrom, to: campaign.visitTo })}
      </div>
      {campaign.nextStep && <div>{t('campaigns.next', { text: campaign.nextStep })}</div>}
      {visits > 0 && (
        <div className="progress-line">
          <Progress
            percent={Math.floor((visitsFinished / visits) * 100)}
            size="small"
            aria-label={t('campaigns.progress', { done: visitsFinished, all: visits })}
          />
          <span className="small muted">
            {t('campaigns.progress', { done: visitsFinished, all: visits })}
          </span>
        </div>
      )}
    </li>
  );
}
