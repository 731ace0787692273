import { DownloadOutlined } from '@ant-design/icons';
import { Button, Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { FilterSelect } from '../components/filter-select';
import { HandlingCases, type CaseFilter } from '../components/handling-cases';
import { useDepartments, useRegions } from '../lib/use-organisation';
import { useSearchFilters } from '../lib/use-search-filters';
import { useTitle } from '../lib/use-title';

const TRACKS = ['rectification', 'penalty', 'abnormal-list', 'serious-list'] as const;
const STATES = [
  'open',
  'rectifying',
  'extension-requested',
  'awaiting-recheck',
  'hearing',
  'proposed',
  'listed',
  'repair-requested',
  'lifting',
  'closed',
] as const;

/** Violations of all campaigns, with filters and their export. */
export function Cases() {
  const { t } = useTranslation();
  useTitle(t('handling.title'));
  const { search, set } = useSearchFilters();
  const departments = useDepartments();
  const regions = useRegions();
  const filter: CaseFilter = {
    department: search.get('department') ?? undefined,
    region: search.get('region') ?? undefined,
    track: TRACKS.find((one) => one === search.get('track')),
    status: (['unsettled', ...STATES] as const).find((one) => one === search.get('status')),
    overdue: search.get('overdue') === 'true' ? 'true' : undefined,
  };
  const choice = (
    name: 'department' | 'region' | 'track' | 'status',
    label: string,
    all: string,
    options: { value: string; label: string }[],
  ) => (
    <FilterSelect
      label={label}
      any={all}
      isSearched
      value={filter[name]}
      onChange={(value) => set(name, value)}
      options={options}
    />
  );
  return (
    <>
      <div className="page-head">
        <h1>{t('handling.title')}</h1>
        <Button
          icon={<DownloadOutlined aria-hidden />}
          href={`/api/v1/handling-cases.csv?${search.toString()}`}
          download
        >
          {t('handling.export')}
        </Button>
      </div>
      <p className="muted">{t('handling.lead')}</p>
      <div className="filters gap-below">
        {choice(
          'department',
          t('handling.filters.department'),
          t('handling.filters.allDepartments'),
          (departments.data ?? [])
            .filter((one) => one.kind === 'inspecting')
            .map((one) => ({ value: one.code, label: one.name })),
        )}
        {choice(
          'region',
          t('handling.filters.region'),
          t('handling.filters.allRegions'),
          (regions.data ?? []).map((one) => ({ value: one.code, label: one.name })),
        )}
        {choice(
          'track',
          t('handling.filters.track'),
          t('handling.filters.allTracks'),
          TRACKS.map((value) => ({ value, label: t(`handling.tracks.${value}`) })),
        )}
        {choice('status', t('handling.filters.status'), t('handling.filters.allStatuses'), [
          { value: 'unsettled', label: t('handling.filters.unsettled') },
          ...STATES.map((value) => ({ value, label: t(`handling.states.${value}`) })),
        ])}
        <Checkbox
          checked={filter.overdue === 'true'}
          onChange={(event) => set('overdue', event.target.checked ? 'true' : '')}
        >
          {t('handling.filters.overdue')}
        </Checkbox>
      </div>
      <HandlingCases of={filter} empty={t('handling.noneFound')} />
    </>
  );
}
