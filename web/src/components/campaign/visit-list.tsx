import { Card, Segmented, Select, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../../api/client';
import type { Campaign, Visit } from '../../api/types';
import { isViolation, resultLabel } from '../../lib/results';
import { usePages } from '../../lib/use-pages';
import { Paged } from '../paged';

const STATES = ['all', 'open', 'finished'] as const;

/** The campaign's visits, with who goes and which items have their results. */
export function VisitList({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const [state, setState] = useState<(typeof STATES)[number]>('all');
  const [department, setDepartment] = useState('');
  const query = { campaign: campaign.code, state, department: department || undefined, limit: 50 };
  const pages = usePages(
    ['visits', query],
    (cursor) => answerOf(api.GET('/api/v1/visits', { params: { query: { ...query, cursor } } })),
    { refetchInterval: 15_000 },
  );
  const isFiltered = state !== 'all' || department !== '';
  return (
    <Card>
      <div className="filters gap-below">
        <Segmented
          aria-label={t('campaign.state')}
          value={state}
          onChange={setState}
          options={STATES.map((value) => ({ value, label: t(`campaign.visitStates.${value}`) }))}
        />
        <Select
          aria-label={t('campaign.departments')}
          className="stage-filter"
          value={department}
          onChange={setDepartment}
          options={[
            { value: '', label: t('campaign.departments') },
            ...campaign.departments.map((one) => ({ value: one.code, label: one.name })),
          ]}
        />
      </div>
      <Paged pages={pages} empty={t(isFiltered ? 'campaign.visitEmptyFiltered' : 'campaign.visitEmpty')}>
        {(visits) => <VisitTable visits={visits} />}
      </Paged>
    </Card>
  );
}

function VisitTable({ visits }: { visits: Visit[] }) {
  const { t } = useTranslation();
  return (
    <Table<Visit>
      size="small"
      pagination={false}
      rowKey="id"
      dataSource={visits}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: t('campaign.number'), dataIndex: 'number', align: 'right' },
        {
          title: t('campaign.entity'),
          render: (_value, visit) => (
            <div className="cell-wide">
              <Link to={`/visits/${visit.id}`}>{visit.entity.name}</Link>
              <div className="muted small">{visit.entity.address}</div>
            </div>
          ),
        },
        {
          title: t('campaign.visitItems'),
          render: (_value, visit) => (
            <div className="cell-wide">
              {visit.items.map((one) => (
                <Tag
                  key={one.item.code}
                  color={one.resultCode === null ? 'default' : isViolation(one.resultCode) ? 'gold' : 'green'}
                  title={one.resultCode === null ? undefined : resultLabel(one.resultCode, t)}
                >
                  {one.item.name}
                </Tag>
              ))}
            </div>
          ),
        },
        {
          title: t('campaign.inspectors'),
          render: (_value, visit) => (
            <div className="cell-wide small">
              {visit.inspectors.map((one) => one.name).join('、')}
              {visit.unfilled.map((gap) => (
                <div key={gap.department} className="bad">
                  {t('visit.unfilled', gap)}
                </div>
              ))}
            </div>
          ),
        },
        { title: t('campaign.state'), render: (_value, visit) => <VisitState visit={visit} /> },
      ]}
    />
  );
}

export function VisitState({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  if (visit.publishedAt !== null) return <Tag color="green">{t('visit.state.published')}</Tag>;
  if (visit.finishedAt !== null) return <Tag color="blue">{t('visit.state.finished')}</Tag>;
  return <Tag>{t('visit.state.open')}</Tag>;
}
