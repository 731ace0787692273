import { Timeline } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { HandlingCaseDetail } from '../../api/types';
import { resultLabel } from '../../lib/results';
import { useDepartmentName } from '../../lib/use-organisation';
import { Instant } from '../instant';

type Event = HandlingCaseDetail['timeline'][number];

/** All that happened in a case, from the result to its end, in the order in which it happened. */
export function CaseTimeline({ case: one }: { case: HandlingCaseDetail }) {
  const { t } = useTranslation();
  const departmentName = useDepartmentName();
  return (
    <Timeline
      items={one.timeline.map((event, at) => ({
        key: at,
        color: colorOf(event.kind),
        content: (
          <div className="long-text">
            <div className="row-head">
              <strong>{titleOf(event, one, t)}</strong>
              <span className="muted small">
                {event.actor && `${event.actor} · `}
                <Instant at={event.at} />
              </span>
            </div>
            {event.facts.department && <div className="small">{departmentName(event.facts.department)}</div>}
            {factsOf(event, t).map(([label, text]) => (
              <div key={label} className="small">
                {label}：{text}
              </div>
            ))}
            {event.note && <p className="quote">{event.note}</p>}
          </div>
        ),
      }))}
    />
  );
}

function titleOf(event: Event, one: HandlingCaseDetail, t: TFunction): string {
  const kind = t(`handling.kinds.${event.kind as 'result'}`);
  return event.kind === 'result' ? `${kind}：${resultLabel(one.resultCode, t)}` : kind;
}

function colorOf(kind: string): string {
  if (['result', 'recheck-failed', 'penalty', 'serious', 'listing-approved'].includes(kind)) return 'red';
  return ['recheck-passed', 'repair-approved', 'joint-lifted', 'term-ended'].includes(kind)
    ? 'green'
    : 'blue';
}

function factsOf({ facts }: Event, t: TFunction): [label: string, text: string][] {
  const rows: [string, string | number | undefined][] = [
    [t('handling.fields.documentNumber'), facts.documentNumber],
    [t('handling.fields.days'), facts.days],
    [t('handling.fields.decidedOn'), facts.decidedOn],
    [t('handling.fields.legalBasis'), facts.legalBasis],
    [t('handling.fields.penaltyKind'), facts.penaltyKind && t(`handling.penaltyKinds.${facts.penaltyKind}`)],
    [t('handling.fields.amountYuan'), facts.amountYuan],
    [t('handling.fields.documentText'), facts.documentText],
    [t('handling.fields.facts'), facts.facts],
    [t('handling.fields.statement'), facts.statement],
    [t('handling.fields.ground'), facts.ground && t(`handling.grounds.${facts.ground}`)],
    [
      t('handling.fields.taken'),
      facts.taken === undefined ? undefined : t(facts.taken ? 'handling.yes' : 'handling.no'),
    ],
    [t('handling.fields.measure'), facts.measure],
    [t('handling.fields.actedOn'), facts.actedOn],
  ];
  return rows.flatMap(([label, value]): [string, string][] =>
    value === undefined || value === '' ? [] : [[label, String(value)]],
  );
}
