import { WarningOutlined } from '@ant-design/icons';
import { Empty, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PlannedVisit, VisitCalendar } from '../../api/types';
import { today } from '../../lib/format';
import './calendar-days.css';

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

interface Props {
  calendar: VisitCalendar;
  days: string[];
}

/** Day below day; without visits a day is left out, but in a week that is shown in full. */
export function DayList({ calendar, days, isFull }: Props & { isFull: boolean }) {
  const { t } = useTranslation();
  const shown = isFull ? days : days.filter((day) => visitsOn(calendar, day).length > 0);
  if (shown.length === 0) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('visitCalendar.empty')} />;
  }
  return (
    <ul className="row-list">
      {shown.map((day) => (
        <li key={day} className="calendar-row">
          <DayHead calendar={calendar} day={day} />
          <ul className="plain-list stack-tight">
            {visitsOn(calendar, day).map((visit) => (
              <li key={visit.id}>
                <VisitLine visit={visit} />
                <div className="muted small">
                  {visit.entity.address} {visit.inspectors.map((one) => one.name).join('、')}
                </div>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

export function MonthGrid({ calendar, days, month }: Props & { month: string }) {
  const { t } = useTranslation();
  const weeks = Array.from({ length: days.length / 7 }, (_, at) => days.slice(at * 7, at * 7 + 7));
  return (
    <table className="calendar-month">
      <thead>
        <tr>
          {WEEKDAYS.map((weekday) => (
            <th key={weekday} scope="col">
              {t(`visitCalendar.weekdays.${weekday}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((day) => (
              <td key={day} className={cellClass(calendar, day, month)}>
                <div className="calendar-number">
                  <span aria-label={day}>{Number(day.slice(8))}</span>
                  {calendar.daysOff.includes(day) && (
                    <span className="muted small">{t('visitCalendar.off')}</span>
                  )}
                </div>
                {visitsOn(calendar, day).map((visit) => (
                  <VisitLine key={visit.id} visit={visit} isShort />
                ))}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DayHead({ calendar, day }: { calendar: VisitCalendar; day: string }) {
  const { t } = useTranslation();
  const weekday = WEEKDAYS[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7] ?? 'mon';
  return (
    <div className={day === today() ? 'calendar-head calendar-today' : 'calendar-head'}>
      {day.slice(5)} {t(`visitCalendar.weekdays.${weekday}`)}
      {calendar.daysOff.includes(day) && <span className="muted small"> {t('visitCalendar.off')}</span>}
    </div>
  );
}

/** One visit: when, whom, and what stands against it. */
export function VisitLine({ visit, isShort = false }: { visit: PlannedVisit; isShort?: boolean }) {
  const { t } = useTranslation();
  const conflicts = visit.inspectors.flatMap((one) =>
    one.conflicts.map((kind) => `${one.name}：${t(`visitCalendar.conflictKinds.${kind}`)}`),
  );
  const when = visit.part ? t(`visitDay.parts.${visit.part}`) : '';
  return (
    <div className={isShort ? 'calendar-visit calendar-short' : 'calendar-visit'}>
      {when && <span className="muted">{when}</span>}{' '}
      <Link to={`/visits/${visit.id}`} title={`${visit.campaign.name} · ${visit.entity.name}`}>
        {visit.entity.name}
      </Link>{' '}
      {visit.isFinished ? (
        <Tag color="blue">{t('visitCalendar.done')}</Tag>
      ) : (
        visit.day && !visit.isFixed && <Tag color="gold">{t('visitCalendar.open')}</Tag>
      )}
      {conflicts.length > 0 && (
        <Tag color="red" icon={<WarningOutlined aria-hidden />} title={conflicts.join('；')}>
          {t('visitCalendar.conflict')}
        </Tag>
      )}
      {!isShort && conflicts.length > 0 && <div className="bad small">{conflicts.join('；')}</div>}
    </div>
  );
}

const visitsOn = (calendar: VisitCalendar, day: string): PlannedVisit[] =>
  calendar.rows.filter((visit) => visit.day === day);

const cellClass = (calendar: VisitCalendar, day: string, month: string): string =>
  [
    day.startsWith(month) ? '' : 'calendar-other',
    calendar.daysOff.includes(day) ? 'calendar-off' : '',
    day === today() ? 'calendar-today' : '',
  ]
    .filter(Boolean)
    .join(' ');
