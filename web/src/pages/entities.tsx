import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Space } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../api/client';
import type { Entity } from '../api/types';
import '../components/entity/entity.css';
import { DayCounts } from '../components/entity/day-counts';
import { EntityFilters } from '../components/entity/entity-filters';
import { EntityMarks } from '../components/entity/entity-marks';
import { EntitySearch } from '../components/entity/entity-search';
import { useEntityFilter, type EntityFilterState } from '../components/entity/use-entity-filter';
import { Paged } from '../components/paged';
import { useRegionName } from '../lib/use-organisation';
import { usePages } from '../lib/use-pages';
import { useTitle } from '../lib/use-title';
import { hasRole, useSession } from '../session/use-session';

/** Everybody who can be inspected, found while one types, now or on any day. */
export function Entities() {
  const { t } = useTranslation();
  useTitle(t('registry.title'));
  const { data: me } = useSession();
  const keepsRegions = hasRole(me, 'coordinator', 'admin');
  const { filter, set, clear } = useEntityFilter();
  // Its text is its own while somebody types; clearing begins anew.
  const [clears, setClears] = useState(0);
  const isFiltered = Object.keys(filter).length > 0;
  const search = useCallback((text: string) => set('q', text), [set]);
  const pages = usePages(
    ['entities', filter],
    (cursor) =>
      answerOf(api.GET('/api/v1/entities', { params: { query: { ...filter, limit: 50, cursor } } })),
    { keepsPrevious: true },
  );
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('registry.title')}</h1>
          <p className="muted">{t('registry.lead')}</p>
        </div>
        <Space wrap>
          <Link to="/tag-rules">{t('registry.tagRules')}</Link>
          {keepsRegions && <Link to="/region-codes">{t('regionCode.title')}</Link>}
        </Space>
      </div>
      <EntitySearch key={clears} value={filter.q ?? ''} onSearch={search} />
      <EntityFilters filter={filter} set={set}>
        {isFiltered && (
          <Button
            onClick={() => {
              clear();
              setClears(clears + 1);
            }}
          >
            {t('registry.clear')}
          </Button>
        )}
      </EntityFilters>
      {filter.on !== undefined && (
        <Alert
          type="info"
          className="gap-below"
          title={t('registry.pastDay', { day: filter.on })}
          action={<Button onClick={() => set('on', '')}>{t('registry.backToToday')}</Button>}
        />
      )}
      <DayCounts on={filter.on} />
      <Card>
        <ListHead filter={filter} />
        <Paged pages={pages} empty={isFiltered ? t('registry.empty') : t('registry.emptyRegistry')}>
          {(entities) => (
            <ul className="row-list">
              {entities.map((entity) => (
                <EntityLine key={entity.creditCode} entity={entity} on={filter.on} />
              ))}
            </ul>
          )}
        </Paged>
      </Card>
    </>
  );
}

function ListHead({ filter }: { filter: EntityFilterState }) {
  const { t } = useTranslation();
  const counted = useQuery({
    queryKey: ['entity-count', filter],
    queryFn: () => answerOf(api.GET('/api/v1/entities/count', { params: { query: filter } })),
  });
  const query = new URLSearchParams(filter).toString();
  const download = (ending: string) => `/api/v1/entities.${ending}${query === '' ? '' : `?${query}`}`;
  const { data } = counted;
  return (
    <div className="row-head gap-below">
      <span role="status">
        {counted.isPending && t('registry.counting')}
        {data &&
          t(data.isEstimate ? 'registry.countEstimate' : 'registry.count', {
            n: (data.isEstimate ? Number(data.count.toPrecision(2)) : data.count).toLocaleString('en'),
          })}
      </span>
      <span className="filters">
        <a href={download('csv')} download>
          {t('registry.csv')}
        </a>
        <a href={download('xlsx')} download>
          {t('registry.xlsx')}
        </a>
      </span>
    </div>
  );
}

function EntityLine({ entity, on }: { entity: Entity; on: string | undefined }) {
  const nameOfRegion = useRegionName();
  return (
    <li>
      <div className="row-head">
        <strong>
          <Link to={`/entities/${entity.creditCode}${on === undefined ? '' : `?on=${on}`}`}>
            {entity.name}
          </Link>
        </strong>
        <span className="mono">{entity.creditCode}</span>
      </div>
      <EntityMarks entity={entity} />
      <div className="muted small">
        {[nameOfRegion(entity.regionCode), entity.entityType, entity.industry, entity.address]
          .filter((text) => text !== '')
          .join(' · ')}
      </div>
    </li>
  );
}
