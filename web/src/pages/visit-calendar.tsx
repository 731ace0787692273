import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Empty, Segmented, Space } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { answerOf, api } from '../api/client';
import type { VisitCalendar } from '../api/types';
import { DayList, MonthGrid, VisitLine } from '../components/visit/calendar-days';
import { Loaded } from '../components/loaded';
import { today } from '../lib/format';
import { usePhone } from '../lib/use-media';
import { useTitle } from '../lib/use-title';

const VIEWS = ['week', 'month'] as const;

/** One's visits by day: a week or a month, on a phone as a list; beside them those that have no day yet. */
export function VisitCalendarPage() {
  const { t } = useTranslation();
  useTitle(t('visitCalendar.title'));
  const isPhone = usePhone();
  const [search, setSearch] = useSearchParams();
  const view = VIEWS.find((one) => one === search.get('view')) ?? (isPhone ? 'week' : 'month');
  const at = dayjs(search.get('day') ?? today());
  const [from, to] = periodOf(at.isValid() ? at : dayjs(today()), view);
  const go = (change: Record<string, string>) =>
    setSearch((before) => ({ ...Object.fromEntries(before), ...change }), { replace: true });
  const move = (by: number) => go({ day: at.add(by, view).format('YYYY-MM-DD') });
  const period = { from: from.format('YYYY-MM-DD'), to: to.format('YYYY-MM-DD') };
  const query = useQuery({
    queryKey: ['visit-calendar', period],
    queryFn: () => answerOf(api.GET('/api/v1/visit-calendar', { params: { query: period } })),
    placeholderData: keepPreviousData,
  });
  const heading = view === 'month' ? at.format('YYYY-MM') : `${period.from} — ${period.to.slice(5)}`;
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('visitCalendar.title')}</h1>
          <p className="muted">{t('visitCalendar.lead')}</p>
        </div>
        <Segmented
          aria-label={t('visitCalendar.view')}
          value={view}
          onChange={(value) => go({ view: value })}
          options={VIEWS.map((value) => ({ value, label: t(`visitCalendar.views.${value}`) }))}
        />
      </div>
      <div className="calendar-layout">
        <Card
          title={<span aria-live="polite">{heading}</span>}
          extra={
            <Space.Compact>
              <Button
                icon={<LeftOutlined aria-hidden />}
                aria-label={t('visitCalendar.before')}
                onClick={() => move(-1)}
              />
              <Button onClick={() => go({ day: today() })}>{t('visitCalendar.today')}</Button>
              <Button
                icon={<RightOutlined aria-hidden />}
                aria-label={t('visitCalendar.after')}
                onClick={() => move(1)}
              />
            </Space.Compact>
          }
        >
          <Loaded query={query}>
            {(calendar) => (
              <>
                {calendar.isCut && (
                  <Alert type="warning" title={t('visitCalendar.cut')} className="gap-below" />
                )}
                {isPhone || view === 'week' ? (
                  <DayList calendar={calendar} days={daysOf(from, to)} isFull={view === 'week' && !isPhone} />
                ) : (
                  <MonthGrid calendar={calendar} days={daysOf(from, to)} month={at.format('YYYY-MM')} />
                )}
              </>
            )}
          </Loaded>
        </Card>
        {query.data && <Undated rows={query.data.undated} />}
      </div>
    </>
  );
}

function Undated({ rows }: { rows: VisitCalendar['undated'] }) {
  const { t } = useTranslation();
  return (
    <Card title={t('visitCalendar.undated', { n: rows.length })}>
      {rows.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={null} />
      ) : (
        <ul className="row-list">
          {rows.map((visit) => (
            <li key={visit.id}>
              <VisitLine visit={visit} />
              <div className="muted small">{t('visitCalendar.undatedHint', { to: visit.window.to })}</div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** Weeks begin on Monday; a month is shown in whole weeks. */
function periodOf(at: Dayjs, view: (typeof VIEWS)[number]): [Dayjs, Dayjs] {
  const monday = (day: Dayjs) => day.subtract((day.day() + 6) % 7, 'day');
  if (view === 'week') return [monday(at), monday(at).add(6, 'day')];
  return [monday(at.startOf('month')), monday(at.endOf('month')).add(6, 'day')];
}

const daysOf = (from: Dayjs, to: Dayjs): string[] =>
  Array.from({ length: to.diff(from, 'day') + 1 }, (_, at) => from.add(at, 'day').format('YYYY-MM-DD'));
