import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';
import type { OpenVisitNotice } from '../api/types';
import { Panel } from '../components/open-parts';
import { formatInstant } from '../lib/format';
import { problemText } from '../lib/problem-text';
import { OwnResults } from './own-results';
import { RatingForm } from './rating-form';
import { RecusalForm } from './recusal-form';

interface Props {
  code: string;
  notice: OpenVisitNotice;
  onChange: (notice: OpenVisitNotice) => void;
}

/** Who comes, when, for what and how often; what the entity may do, in the order in which it comes up. */
export function NoticePanels(props: Props) {
  const { t } = useTranslation();
  const { notice } = props;
  const { day, part, window: period, visitsOfYear } = notice;
  return (
    <>
      <h1>{notice.entity.name}</h1>
      <p className="muted">{notice.campaign.name}</p>
      <Arrival {...props} />
      {notice.mayRate && <RatingForm {...props} />}
      {notice.rating && <p className="note">{t('openNotice.rated', { stars: notice.rating.stars })}</p>}
      <OwnResults {...props} />
      <Panel title={t('openNotice.who')}>
        <ul className="row-list">
          {notice.departments.flatMap(({ department, inspectors }) =>
            inspectors.map((one) => (
              <li key={one.code}>
                <div className="row-head">
                  <strong>{one.name}</strong>
                  {one.recusal && (
                    <span className="chip">{t(`openNotice.recusalStates.${one.recusal}`)}</span>
                  )}
                </div>
                <div className="muted">
                  {department.name} · {t('noticeSheet.certificate')} {one.certificate}
                </div>
                {notice.mayAskRecusal && one.recusal === null && <RecusalForm {...props} inspector={one} />}
              </li>
            )),
          )}
        </ul>
        {notice.mayAskRecusal && <p className="small muted">{t('openNotice.askHint')}</p>}
      </Panel>
      <Panel title={t('openNotice.when')}>
        {day ? `${day} ${part ? t(`visitDay.parts.${part}`) : ''}` : t('openNotice.dayOpen', period)}
      </Panel>
      <Panel title={t('openNotice.what')}>
        <ul className="row-list">
          {notice.departments.flatMap(({ department, items }) =>
            items.map((item) => (
              <li key={item.code}>
                <strong>{item.name}</strong>
                <div className="muted">{department.name}</div>
                {item.content && <p className="small">{item.content}</p>}
                <div className="small">{item.bases.join('、')}</div>
              </li>
            )),
          )}
        </ul>
      </Panel>
      <Panel title={t('openNotice.count')}>
        {visitsOfYear.cap === null
          ? t('noticeSheet.countOpen', { year: visitsOfYear.year, visits: visitsOfYear.visits })
          : t('noticeSheet.countText', { ...visitsOfYear, cap: visitsOfYear.cap })}
      </Panel>
    </>
  );
}

function Arrival({ code, notice, onChange }: Props) {
  const { t } = useTranslation();
  const team = notice.departments.flatMap((one) => one.inspectors);
  const [people, setPeople] = useState(team.map((one) => one.code));
  const arrive = useMutation({
    mutationFn: () => answerOf(api.POST('/api/v1/public/visit-notice/arrival', { body: { code, people } })),
    onSuccess: onChange,
  });
  const leave = useMutation({
    mutationFn: () => answerOf(api.POST('/api/v1/public/visit-notice/leaving', { body: { code } })),
    onSuccess: onChange,
  });
  const { trace } = notice;
  if (!trace && !notice.mayConfirmArrival) return null;
  return (
    <Panel title={t('openNotice.arrival')}>
      {notice.mayConfirmArrival && (
        <>
          <p>{t('openNotice.arrivalHint')}</p>
          {team.map((one) => (
            <p key={one.code}>
              <label>
                <input
                  type="checkbox"
                  checked={people.includes(one.code)}
                  onChange={(event) =>
                    setPeople((before) =>
                      event.target.checked
                        ? [...before, one.code]
                        : before.filter((inspector) => inspector !== one.code),
                    )
                  }
                />{' '}
                {one.name} <span className="muted">{one.certificate}</span>
              </label>
            </p>
          ))}
          <Send request={arrive} disabled={people.length === 0}>
            {t('openNotice.confirmArrival')}
          </Send>
        </>
      )}
      {trace && (
        <p>
          {t('openNotice.arrivedAt', {
            at: formatInstant(trace.arrivedAt),
            people: trace.people.map((one) => one.name).join('、'),
          })}
          {trace.leftAt && <br />}
          {trace.leftAt && t('openNotice.leftAt', { at: formatInstant(trace.leftAt) })}
        </p>
      )}
      {notice.mayConfirmLeaving && <Send request={leave}>{t('openNotice.confirmLeaving')}</Send>}
    </Panel>
  );
}

/** One press, its progress and its refusal. */
function Send({
  request,
  disabled = false,
  children,
}: {
  request: { isPending: boolean; error: unknown; mutate: () => void };
  disabled?: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <>
      {request.error !== null && (
        <p className="bad" role="alert">
          {problemText(request.error, t)}
        </p>
      )}
      <button
        type="button"
        className="button"
        disabled={disabled || request.isPending}
        onClick={() => request.mutate()}
      >
        {children}
      </button>
    </>
  );
}
