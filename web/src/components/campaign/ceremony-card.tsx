import { Card, Descriptions, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Campaign, Ceremony } from '../../api/types';
import { contributorName } from '../../lib/contributor-name';
import { formatRatio } from '../../lib/format';
import { useStratumName } from '../../lib/use-stratum-name';
import { Instant } from '../instant';

/** The draw's ceremony: what is fixed, who has sealed and revealed, and what was drawn from what. */
export function CeremonyCard({ campaign, ceremony }: { campaign: Campaign; ceremony: Ceremony }) {
  const { t } = useTranslation();
  const { short } = useStratumName();
  return (
    <Card
      title={t('ceremony.title', { number: ceremony.number })}
      extra={
        <>
          <Link to={`/public/${campaign.code}/ceremony/${ceremony.number}/minutes`}>
            {t('campaign.minutes')}
          </Link>{' '}
          <Tag color={ceremony.status === 'void' ? 'red' : 'blue'}>
            {t(`ceremony.status.${ceremony.status}`)}
          </Tag>
        </>
      }
    >
      <p className="muted small">{t('ceremony.hint')}</p>
      <Descriptions
        size="small"
        column={1}
        items={[
          {
            key: 'commitment',
            label: t('ceremony.commitment'),
            children: <Hash text={ceremony.commitment} />,
          },
          { key: 'frozen', label: t('ceremony.frozenAt'), children: <Instant at={ceremony.frozenAt} /> },
          { key: 'seed', label: t('ceremony.seed'), children: <Hash text={ceremony.seed} /> },
          {
            key: 'capped',
            label: t('ceremony.capped'),
            children: t('ceremony.households', { n: ceremony.capped }),
          },
          ...(ceremony.untrained > 0
            ? [
                {
                  key: 'untrained',
                  label: t('ceremony.untrained'),
                  children: t('ceremony.inspectors', { n: ceremony.untrained }),
                },
              ]
            : []),
          ...(campaign.rotation
            ? [
                {
                  key: 'rotated',
                  label: t('ceremony.rotated'),
                  children: t('ceremony.pairs', { n: ceremony.rotated }),
                },
              ]
            : []),
          {
            key: 'unfilled',
            label: t('ceremony.unfilled'),
            children: (
              <span className={ceremony.unfilledSlots > 0 ? 'bad' : undefined}>
                {t('ceremony.people', { n: ceremony.unfilledSlots })}
              </span>
            ),
          },
          { key: 'bundle', label: t('ceremony.bundle'), children: <Hash text={ceremony.bundleSha256} /> },
        ]}
      />
      <h3 className="gap-above">{t('ceremony.contributors')}</h3>
      <Contributions campaign={campaign} ceremony={ceremony} />
      <h3 className="gap-above">{t('ceremony.strata')}</h3>
      <Table
        size="small"
        pagination={false}
        scroll={{ x: 'max-content' }}
        rowKey={(row) => `${row.item}/${row.stratum}`}
        dataSource={ceremony.strata}
        columns={[
          {
            title: t('campaign.items'),
            dataIndex: 'item',
            render: (item: string) =>
              item === '*'
                ? t('ceremony.allItems')
                : (campaign.items.find((one) => one.code === item)?.name ?? item),
          },
          { title: t('ceremony.stratum'), dataIndex: 'stratum', render: short },
          { title: t('ceremony.size'), dataIndex: 'size', align: 'right' },
          { title: t('ceremony.sample'), dataIndex: 'sample', align: 'right' },
          { title: t('ceremony.ratio'), dataIndex: 'ratioPpm', align: 'right', render: formatRatio },
        ]}
      />
    </Card>
  );
}

function Contributions({ campaign, ceremony }: { campaign: Campaign; ceremony: Ceremony }) {
  const { t } = useTranslation();
  return (
    <ul className="row-list">
      {ceremony.contributions.map((one) => {
        const isPublic = one.contributor.startsWith('public:');
        return (
          <li key={one.contributor} className="row-head">
            <span>
              {isPublic && `${t('ceremony.publicSource')}：`}
              {contributorName(one.contributor, campaign.departments, t)}
            </span>
            <span className="tags">
              {!isPublic && (
                <Tag color={one.sealed ? 'green' : 'default'}>
                  {t(one.sealed ? 'ceremony.sealed' : 'ceremony.notSealed')}
                </Tag>
              )}
              <Tag color={one.revealed ? 'green' : 'default'}>
                {t(one.revealed ? 'ceremony.revealed' : 'ceremony.notRevealed')}
              </Tag>
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Hash({ text }: { text: string | null }) {
  const { t } = useTranslation();
  return text ? <span className="mono">{text}</span> : <>{t('states.unset')}</>;
}
