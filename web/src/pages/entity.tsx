import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Descriptions } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { answerOf, api } from '../api/client';
import type { Entity, EntityRecord } from '../api/types';
import '../components/entity/entity.css';
import { DayPicker } from '../components/day-pickers';
import { EntityHistory } from '../components/entity/entity-history';
import { EntityMarks } from '../components/entity/entity-marks';
import { EntityOrigins } from '../components/entity/entity-origins';
import { EntityRecusals, EntityVisits } from '../components/entity/entity-visits';
import { HandlingCases } from '../components/handling-cases';
import { Masked } from '../components/masked';
import { FrequencyNote } from '../components/visit/frequency-note';
import { Loaded } from '../components/loaded';
import { formatInstant, today } from '../lib/format';
import { useRegionName } from '../lib/use-organisation';
import { useTitle } from '../lib/use-title';
import { hasRole, useSession } from '../session/use-session';

/** One entity: what it is or was on a day, where that comes from, and what happened to it. */
export function EntityPage() {
  const { code = '' } = useParams();
  const [search] = useSearchParams();
  const on = search.get('on') ?? undefined;
  const query = useQuery({
    queryKey: ['entity', code, on],
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/entities/{creditCode}/record', {
          params: { path: { creditCode: code }, query: { on } },
        }),
      ),
  });
  useTitle(query.data?.entity?.name ?? code);
  return <Loaded query={query}>{(record) => <Content record={record} />}</Loaded>;
}

function Content({ record }: { record: EntityRecord }) {
  const { t } = useTranslation();
  const { data: me } = useSession();
  const [, setSearch] = useSearchParams();
  const { creditCode, entity, on, endedAt } = record;
  const knowsRecusals = hasRole(me, 'liaison', 'lead_officer', 'coordinator', 'supervisor', 'inspector');
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{entity?.name ?? creditCode}</h1>
          {entity && <EntityMarks entity={entity} />}
        </div>
        <DayPicker
          aria-label={t('registry.asOf')}
          placeholder={t('registry.asOf')}
          value={on === null ? null : dayjs(on)}
          maxDate={dayjs(today())}
          onChange={(value) => setSearch(value ? { on: value.format('YYYY-MM-DD') } : {}, { replace: true })}
        />
      </div>
      {on !== null && entity && (
        <Alert type="info" className="gap-below" title={t('registry.pastDay', { day: on })} />
      )}
      {on !== null && !entity && (
        <Alert type="warning" className="gap-below" title={t('registry.notThen', { day: on })} />
      )}
      {on === null && endedAt !== null && (
        <Alert
          type="warning"
          className="gap-below"
          title={t('registry.hasLeft', { at: formatInstant(endedAt) })}
        />
      )}
      {entity && <FrequencyNote warnings={record.frequency} planned={false} />}
      <div className="two-columns">
        <div className="stack">
          {entity && <Facts entity={entity} />}
          <EntityVisits code={creditCode} />
          <HandlingCases of={{ entity: creditCode }} empty={t('registry.casesEmpty')} />
          {knowsRecusals && <EntityRecusals code={creditCode} />}
          <Card title={t('registry.historyTitle')}>
            <EntityHistory changes={record.changes} />
          </Card>
        </div>
        {entity && <EntityOrigins record={record} />}
      </div>
    </>
  );
}

function Facts({ entity }: { entity: Entity }) {
  const { t } = useTranslation();
  const regionName = useRegionName();
  const facts: [label: string, shown: ReactNode][] = [
    [t('registry.code'), entity.creditCode],
    [t('registry.region'), `${regionName(entity.regionCode)} ${entity.regionCode}`],
    [t('registry.type'), entity.entityType],
    [t('registry.industry'), `${entity.industryCode} ${entity.industry}`.trim()],
    [t('registry.established'), entity.establishedOn ?? ''],
    [t('registry.address'), entity.address],
    [t('registry.contact'), contact(entity, 'contactName')],
    [t('registry.contactPhone'), contact(entity, 'contactPhone')],
    [t('registry.declaredClass'), entity.riskClass],
    [t('registry.scope'), entity.businessScope],
  ];
  return (
    <Card title={t('registry.facts')}>
      <Descriptions
        column={1}
        size="small"
        items={facts.map(([label, shown]) => ({
          key: label,
          label,
          children: <span className="long-text">{shown === '' ? t('states.unset') : shown}</span>,
        }))}
      />
    </Card>
  );
}

const contact = (entity: Entity, field: 'contactName' | 'contactPhone') => (
  <Masked
    {...{ record: 'entity', id: entity.creditCode, field }}
    {...{ value: entity[field], sight: entity.contactSight }}
  />
);
