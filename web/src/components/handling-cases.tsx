import { Card, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../api/client';
import type { HandlingCase } from '../api/types';
import { resultLabel } from '../lib/results';
import { usePages } from '../lib/use-pages';
import { OwedLine } from './handling/owed-line';
import { Paged } from './paged';

export interface CaseFilter {
  campaign?: string | undefined;
  entity?: string | undefined;
  visit?: number | undefined;
  department?: string | undefined;
  region?: string | undefined;
  track?: HandlingCase['track'] | undefined;
  status?: HandlingCase['status'] | 'unsettled' | undefined;
  overdue?: 'true' | undefined;
}

interface Props {
  of: CaseFilter;
  empty?: string;
  title?: string;
}

/** Violations and what has become of each: the way to their pages. */
export function HandlingCases({ of, empty, title }: Props) {
  const { t } = useTranslation();
  const pages = usePages(
    ['handling-cases', of],
    (cursor) =>
      answerOf(api.GET('/api/v1/handling-cases', { params: { query: { ...of, cursor, limit: 20 } } })),
    { refetchInterval: 10_000 },
  );
  return (
    <Card title={title ?? t('handling.title')}>
      <Paged pages={pages} empty={empty ?? t('handling.empty')}>
        {(cases) => (
          <ul className="row-list">
            {cases.map((one) => (
              <CaseRow key={one.id} case={one} />
            ))}
          </ul>
        )}
      </Paged>
    </Card>
  );
}

function CaseRow({ case: one }: { case: HandlingCase }) {
  const { t } = useTranslation();
  return (
    <li>
      <div className="row-head">
        <strong>
          <Link to={`/cases/${one.id}`}>
            {one.entityName} · {resultLabel(one.resultCode, t)}
          </Link>
        </strong>
        <Tag color={one.status === 'closed' ? 'green' : one.status === 'listed' ? 'red' : 'gold'}>
          {t(`handling.states.${one.status}`)}
        </Tag>
      </div>
      <div className="muted small">
        {t(`handling.tracks.${one.track}`)} · {one.department.name} · {one.item.name}
        {one.outcome && ` · ${t('handling.outcome', { text: one.outcome })}`}
      </div>
      {one.next && <OwedLine owed={one.next} />}
    </li>
  );
}
