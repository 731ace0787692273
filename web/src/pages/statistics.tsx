import { Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { CampaignChoice } from '../components/campaign-choice';
import { ChancePart } from '../components/statistics/chance-part';
import { CoveragePart } from '../components/statistics/coverage-part';
import { GroomingPart } from '../components/statistics/grooming-part';
import { InspectorsPart } from '../components/statistics/inspectors-part';
import { today } from '../lib/format';
import { useRegions } from '../lib/use-organisation';
import { useSearchFilters } from '../lib/use-search-filters';
import { useTitle } from '../lib/use-title';

const PARTS = ['coverage', 'chance', 'inspectors', 'grooming'] as const;
const WINDOWS = [7, 15, 30, 60, 90];
const DEFAULT_WINDOW = 30;
const YEARS = 6;

/** All draws together: whom they reached, whether they look random, and what moved in the registry around them. */
export function StatisticsPage() {
  const { t } = useTranslation();
  useTitle(t('statistics.title'));
  const { search, set } = useSearchFilters();
  const part = PARTS.find((one) => one === search.get('part')) ?? 'coverage';
  const year = Number(search.get('year') ?? '') || undefined;
  const days = Number(search.get('days') ?? '') || DEFAULT_WINDOW;
  const filter = {
    year,
    campaign: search.get('campaign') ?? undefined,
    region: search.get('region') ?? undefined,
  };
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('statistics.title')}</h1>
          <p className="muted">{t('statistics.lead')}</p>
        </div>
      </div>
      <div className="filters statistics-filters gap-below">
        <Segmented
          aria-label={t('statistics.part')}
          value={part}
          onChange={(value) => set('part', value)}
          options={PARTS.map((value) => ({ value, label: t(`statistics.parts.${value}`) }))}
        />
        <YearChoice value={year} onChange={(value) => set('year', value)} />
        <RegionChoice value={filter.region} onChange={(value) => set('region', value)} />
        <CampaignChoice value={filter.campaign} onChange={(value) => set('campaign', value)} />
        {part === 'grooming' && (
          <Select
            aria-label={t('statistics.grooming.days')}
            value={days}
            onChange={(value: number) => set('days', value === DEFAULT_WINDOW ? '' : String(value))}
            options={WINDOWS.map((n) => ({
              value: n,
              label: `${t('statistics.grooming.days')} ${t('statistics.grooming.daysOf', { n })}`,
            }))}
          />
        )}
      </div>
      {part === 'coverage' && <CoveragePart filter={filter} />}
      {part === 'chance' && <ChancePart filter={filter} />}
      {part === 'inspectors' && <InspectorsPart filter={filter} />}
      {part === 'grooming' && <GroomingPart filter={filter} days={days} />}
    </>
  );
}

function YearChoice({ value, onChange }: { value: number | undefined; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  const newest = Number(today().slice(0, 4));
  return (
    <Select
      aria-label={t('statistics.year')}
      value={String(value ?? '')}
      onChange={onChange}
      options={[
        { value: '', label: t('statistics.allYears') },
        ...Array.from({ length: YEARS }, (_, at) => ({
          value: String(newest - at),
          label: t('statistics.yearOf', { year: newest - at }),
        })),
      ]}
    />
  );
}

function RegionChoice({ value, onChange }: { value: string | undefined; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  const regions = useRegions();
  return (
    <Select
      aria-label={t('statistics.region')}
      value={value ?? ''}
      onChange={onChange}
      loading={regions.isPending}
      options={[
        { value: '', label: t('statistics.allRegions') },
        ...(regions.data ?? [])
          .filter((one) => !one.code.endsWith('00'))
          .map((one) => ({ value: one.code, label: one.name })),
      ]}
    />
  );
}
