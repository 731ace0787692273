import { DownloadOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Card, Checkbox, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';
import type { UrgingOrder } from '../api/types';
import { CampaignChoice } from '../components/campaign-choice';
import { FilterSelect } from '../components/filter-select';
import { Paged } from '../components/paged';
import { IssueDialog } from '../components/urging/issue-dialog';
import { OrderRow } from '../components/urging/urging-orders';
import { today } from '../lib/format';
import { useDepartments } from '../lib/use-organisation';
import { usePages } from '../lib/use-pages';
import { useSearchFilters } from '../lib/use-search-filters';
import { useTitle } from '../lib/use-title';
import { hasRole, useSession } from '../session/use-session';

const STATUSES = [
  'issued',
  'answered',
  'returned',
  'accepted',
  'withdrawn',
] as const satisfies UrgingOrder['status'][];
const ORIGINS = ['sweep', 'hand'] as const;
const YEARS = 5;

/** The register of urging orders. */
export function UrgingOrdersPage() {
  const { t } = useTranslation();
  useTitle(t('urging.title'));
  const { data: me } = useSession();
  const { search, set } = useSearchFilters();
  const [isIssuing, setIssuing] = useState(false);
  const departments = useDepartments();
  const year = Number(search.get('year') ?? '') || undefined;
  const filter = {
    status: STATUSES.find((one) => one === search.get('status')),
    origin: ORIGINS.find((one) => one === search.get('origin')),
    department: search.get('department') ?? undefined,
    campaign: search.get('campaign') ?? undefined,
    year,
    late: search.get('late') === 'true' ? ('true' as const) : undefined,
  };
  const pages = usePages(['urging-orders', filter], (cursor) =>
    answerOf(api.GET('/api/v1/urging-orders', { params: { query: { ...filter, cursor, limit: 30 } } })),
  );
  const query = search.toString();
  const newest = Number(today().slice(0, 4));
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('urging.title')}</h1>
          <p className="muted">{t('urging.lead')}</p>
        </div>
        <div className="filters">
          {(['csv', 'xlsx'] as const).map((format) => (
            <Button
              key={format}
              icon={<DownloadOutlined aria-hidden />}
              href={`/api/v1/urging-orders.${format}${query === '' ? '' : `?${query}`}`}
              download
            >
              {t(`urging.${format}`)}
            </Button>
          ))}
          {hasRole(me, 'supervisor') && (
            <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setIssuing(true)}>
              {t('urging.issue')}
            </Button>
          )}
        </div>
      </div>
      <div className="filters gap-below">
        <FilterSelect
          label={t('urging.filters.status')}
          any={t('urging.filters.anyStatus')}
          value={filter.status}
          onChange={(value) => set('status', value)}
          options={STATUSES.map((value) => ({ value, label: t(`urging.states.${value}`) }))}
        />
        <FilterSelect
          label={t('urging.origin')}
          any={t('urging.filters.anyOrigin')}
          value={filter.origin}
          onChange={(value) => set('origin', value)}
          options={ORIGINS.map((value) => ({ value, label: t(`urging.origins.${value}`) }))}
        />
        <FilterSelect
          label={t('urging.filters.department')}
          any={t('urging.filters.anyDepartment')}
          value={filter.department}
          onChange={(value) => set('department', value)}
          options={(departments.data ?? []).map((one) => ({ value: one.code, label: one.name }))}
          isSearched
        />
        <Select
          aria-label={t('urging.filters.year')}
          className="stage-filter"
          value={String(year ?? '')}
          onChange={(value) => set('year', value)}
          options={[
            { value: '', label: t('urging.filters.anyYear') },
            ...Array.from({ length: YEARS }, (_, at) => ({
              value: String(newest - at),
              label: t('urging.filters.yearOf', { year: newest - at }),
            })),
          ]}
        />
        <CampaignChoice value={filter.campaign} onChange={(code) => set('campaign', code)} />
        <Checkbox
          checked={filter.late === 'true'}
          onChange={({ target }) => set('late', target.checked ? 'true' : '')}
        >
          {t('urging.filters.late')}
        </Checkbox>
      </div>
      <Card>
        <Paged pages={pages} empty={t(query === '' ? 'urging.empty' : 'urging.emptyFiltered')}>
          {(orders) => (
            <ul className="row-list">
              {orders.map((order) => (
                <OrderRow key={order.number} order={order} />
              ))}
            </ul>
          )}
        </Paged>
      </Card>
      {isIssuing && <IssueDialog onClose={() => setIssuing(false)} />}
    </>
  );
}
