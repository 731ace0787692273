import { useQuery } from '@tanstack/react-query';
import { Card, Empty } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../api/client';
import { DayPicker } from '../components/day-pickers';
import { Loaded } from '../components/loaded';
import { Numbers } from '../components/numbers';
import '../components/numbers.css';
import { formatYuan, today } from '../lib/format';
import { useSearchFilters } from '../lib/use-search-filters';
import { useTitle } from '../lib/use-title';

/** What a year's campaigns were to cost, and what they did. */
export function EffortsOfYear() {
  const { t } = useTranslation();
  useTitle(t('efforts.title'));
  const { search, set } = useSearchFilters();
  const year = search.get('year') ?? today().slice(0, 4);
  const query = useQuery({
    queryKey: ['year-efforts', year],
    queryFn: () => answerOf(api.GET('/api/v1/efforts', { params: { query: { year } } })),
  });
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('efforts.title')}</h1>
          <p className="muted">{t('efforts.lead')}</p>
        </div>
        <div className="filters">
          <DayPicker
            picker="year"
            aria-label={t('efforts.year')}
            allowClear={false}
            value={dayjs(`${year}-01-01`)}
            onChange={(value) => set('year', value?.format('YYYY') ?? '')}
          />
          <a href={`/api/v1/efforts.csv?year=${year}`} download>
            {t('efforts.csv')}
          </a>
        </div>
      </div>
      <Card>
        <Loaded query={query}>
          {({ rows, planned, spent }) =>
            rows.length === 0 ? (
              <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('efforts.yearEmpty', { year })} />
            ) : (
              <Numbers
                heads={[
                  t('efforts.campaign'),
                  t('efforts.department'),
                  t('efforts.plannedDays'),
                  t('efforts.spentDays'),
                  t('efforts.plannedCost'),
                  t('efforts.spentCost'),
                ]}
                rows={rows.map((row) => ({
                  key: `${row.campaign.code}/${row.department.code}`,
                  name: <Link to={`/campaigns/${row.campaign.code}?tab=efforts`}>{row.campaign.name}</Link>,
                  cells: [
                    row.department.name,
                    row.planned?.personDays ?? '—',
                    row.spent.personDays,
                    row.planned ? formatYuan(row.planned.cost) : '—',
                    formatYuan(row.spent.cost),
                  ],
                }))}
                total={{
                  key: 'total',
                  name: t('efforts.total'),
                  cells: [
                    '',
                    planned.personDays,
                    spent.personDays,
                    formatYuan(planned.cost),
                    formatYuan(spent.cost),
                  ],
                }}
              />
            )
          }
        </Loaded>
      </Card>
    </>
  );
}
