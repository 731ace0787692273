import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Card, Checkbox, Select, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../../../api/client';
import type { Campaign, Inspection, InspectionPage } from '../../../api/types';
import { formatInstant } from '../../../lib/format';
import { useSearchFilters } from '../../../lib/use-search-filters';
import { usePages } from '../../../lib/use-pages';
import { Paged } from '../../paged';
import { FrequencyNote } from '../../visit/frequency-note';
import { DecideInspections } from './decide-inspections';

const COLOURS = { waiting: 'gold', approved: 'green', returned: 'red' };

/** Each inspection before it starts: departments' heads approve theirs, all at once or one by one. */
export function Inspections({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { search, set } = useSearchFilters();
  const department = search.get('department');
  const [chosen, setChosen] = useState<string[]>([]);
  const query = { department: department ?? undefined, limit: 100 };
  const pages = usePages(['inspections', campaign.code, query], (cursor) =>
    answerOf(
      api.GET('/api/v1/campaigns/{code}/inspections', {
        params: { path: { code: campaign.code }, query: { ...query, cursor } },
      }),
    ),
  );
  const counts = useQuery({
    queryKey: ['inspections', campaign.code, 'counts'],
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/campaigns/{code}/inspections', {
          params: { path: { code: campaign.code }, query: { limit: 1 } },
        }),
      ),
  });
  const departments = counts.data?.departments ?? [];
  const choose = (code: string) => {
    set('department', code);
    setChosen([]);
  };
  const shown = departments.find((one) => one.department.code === department);
  const mine = shown ? [shown] : departments.filter((one) => one.mayDecide);
  const decided = async () => {
    setChosen([]);
    await client.invalidateQueries({ queryKey: ['inspections'] });
    await client.invalidateQueries({ queryKey: ['campaign', campaign.code] });
    await client.invalidateQueries({ queryKey: ['tasks'] });
  };
  return (
    <Card>
      <p className="muted">{t('inspections.lead')}</p>
      <div className="filters gap-below">
        <Select
          aria-label={t('inspections.department')}
          className="stage-filter"
          value={department ?? ''}
          onChange={choose}
          options={[
            { value: '', label: t('inspections.all') },
            ...departments.map((one) => ({ value: one.department.code, label: labelOf(one) })),
          ]}
        />
      </div>
      {mine
        .filter((one) => one.mayDecide && one.waiting > 0)
        .map((one) => (
          <DecideInspections
            key={one.department.code}
            code={campaign.code}
            summary={one}
            chosen={(pages.rows ?? [])
              .filter((row) => row.department.code === one.department.code && chosen.includes(keyOf(row)))
              .map((row) => row.visit.id)}
            onDecided={decided}
          />
        ))}
      <Paged pages={pages} empty={t('inspections.empty')}>
        {(rows) => (
          <ul className="row-list">
            {rows.map((row) => (
              <Row
                key={keyOf(row)}
                row={row}
                isChosen={chosen.includes(keyOf(row))}
                onChoose={(is) =>
                  setChosen((before) =>
                    is ? [...before, keyOf(row)] : before.filter((one) => one !== keyOf(row)),
                  )
                }
              />
            ))}
          </ul>
        )}
      </Paged>
    </Card>
  );

  function labelOf({ department: { name }, waiting }: InspectionPage['departments'][number]): string {
    return waiting === 0 ? `${name} ✓` : `${name} ${waiting}`;
  }
}

const keyOf = (row: Inspection): string => `${row.visit.id}/${row.department.code}`;

function Row({
  row,
  isChosen,
  onChoose,
}: {
  row: Inspection;
  isChosen: boolean;
  onChoose: (is: boolean) => void;
}) {
  const { t } = useTranslation();
  const title = (
    <>
      {row.visit.number}. <Link to={`/visits/${row.visit.id}`}>{row.visit.entity}</Link> ·{' '}
      {row.department.name}
    </>
  );
  return (
    <li className="stack-tight">
      <div className="row-head">
        {row.mayDecide ? (
          <Checkbox
            checked={isChosen}
            onChange={(event) => onChoose(event.target.checked)}
            aria-label={t('inspections.choose', { number: row.visit.number, name: row.department.name })}
          >
            {title}
          </Checkbox>
        ) : (
          <span>{title}</span>
        )}
        <Tag color={COLOURS[row.state]}>{t(`inspections.states.${row.state}`)}</Tag>
      </div>
      <div className="muted small">
        {row.items.map((one) => one.name).join('、')} · {row.inspectors.map((one) => one.name).join('、')}
      </div>
      {row.concerns.length > 0 && <Alert type="warning" title={row.concerns.join('；')} />}
      <FrequencyNote warnings={row.frequency} planned />
      {row.decidedAt && (
        <div className="muted small">
          {t('inspections.decided', { by: row.decidedBy, at: formatInstant(row.decidedAt) })}
          {row.note && `：${row.note}`}
        </div>
      )}
      {row.answer && (
        <div className="quote small">
          {t('inspections.answered', { by: row.answeredBy, text: row.answer })}
        </div>
      )}
    </li>
  );
}
