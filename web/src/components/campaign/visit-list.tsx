import { CheckOutlined, ExclamationOutlined } from '@ant-design/icons';
import { Card, Segmented, Select, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../../api/client';
import type { Campaign, Visit, VisitItem } from '../../api/types';
import { isViolation, resultLabel } from '../../lib/results';
import { usePages } from '../../lib/use-pages';
import { usePhone } from '../../lib/use-media';
import { useSearchFilters } from '../../lib/use-search-filters';
import { CsvButton } from '../csv-button';
import { Paged } from '../paged';
import { VisitState } from '../visit/visit-state';
import { VisitGaps, VisitTeams } from '../visit/visit-teams';

const STATES = ['all', 'open', 'finished'] as const;

/** The campaign's visits, with who goes and which items have their results. */
export function VisitList({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const isPhone = usePhone();
  const { search, set } = useSearchFilters();
  const state = STATES.find((one) => one === search.get('state')) ?? 'all';
  const department = campaign.departments.find(({ code }) => code === search.get('department'))?.code;
  const filter = { campaign: campaign.code, state, department };
  const query = { ...filter, limit: 50 };
  const pages = usePages(
    ['visits', query],
    (cursor) => answerOf(api.GET('/api/v1/visits', { params: { query: { ...query, cursor } } })),
    { refetchInterval: 15_000 },
  );
  const isFiltered = state !== 'all' || department !== undefined;
  return (
    <Card>
      <div className="filters gap-below">
        <Segmented
          aria-label={t('campaign.state')}
          value={state}
          onChange={(value) => set('state', value === 'all' ? '' : value)}
          options={STATES.map((value) => ({ value, label: t(`campaign.visitStates.${value}`) }))}
        />
        <Select
          aria-label={t('campaign.departments')}
          className="stage-filter"
          value={department ?? ''}
          onChange={(value) => set('department', value)}
          options={[
            { value: '', label: t('campaign.allDepartments') },
            ...campaign.departments.map((one) => ({ value: one.code, label: one.name })),
          ]}
        />
        {campaign.visits > 0 && <CsvButton path="visits" query={filter} />}
      </div>
      <Paged pages={pages} empty={t(isFiltered ? 'campaign.visitEmptyFiltered' : 'campaign.visitEmpty')}>
        {(visits) => (isPhone ? <VisitRows visits={visits} /> : <VisitTable visits={visits} />)}
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
          render: (_value, visit) => <ItemTags items={visit.items} />,
        },
        {
          title: t('campaign.inspectors'),
          render: (_value, visit) => (
            <div className="cell-wide small">
              <VisitTeams visit={visit} />
              <VisitGaps visit={visit} />
            </div>
          ),
        },
        { title: t('campaign.state'), render: (_value, visit) => <VisitState visit={visit} /> },
      ]}
    />
  );
}

function VisitRows({ visits }: { visits: Visit[] }) {
  return (
    <ul className="row-list">
      {visits.map((visit) => (
        <li key={visit.id} className="stack-tight">
          <div className="row-head">
            <strong>
              {visit.number}. <Link to={`/visits/${visit.id}`}>{visit.entity.name}</Link>
            </strong>
            <VisitState visit={visit} />
          </div>
          <div className="muted small">{visit.entity.address}</div>
          <ItemTags items={visit.items} />
          <div className="small">
            <VisitTeams visit={visit} />
            <VisitGaps visit={visit} />
          </div>
        </li>
      ))}
    </ul>
  );
}

/** A tick where nothing was found, a mark where something was: not by colour alone. */
function ItemTags({ items }: { items: VisitItem[] }) {
  const { t } = useTranslation();
  return (
    <div className="tags cell-wide">
      {items.map(({ item, resultCode }) =>
        resultCode === null ? (
          <Tag key={item.code}>{item.name}</Tag>
        ) : (
          <Tag
            key={item.code}
            color={isViolation(resultCode) ? 'gold' : 'green'}
            icon={
              isViolation(resultCode) ? <ExclamationOutlined aria-hidden /> : <CheckOutlined aria-hidden />
            }
            title={resultLabel(resultCode, t)}
          >
            {item.name}
          </Tag>
        ),
      )}
    </div>
  );
}
