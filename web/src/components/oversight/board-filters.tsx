import { Segmented, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { RangePicker } from '../day-pickers';
import { today } from '../../lib/format';
import { useDepartments, useRegions } from '../../lib/use-organisation';
import { CampaignChoice } from '../campaign-choice';
import type { useBoardFilter } from './use-board-filter';

/** Period, area, department and campaign that the figures are about. */
export function BoardFilters({
  board: { filter, by, set },
  withTrend = true,
}: {
  board: ReturnType<typeof useBoardFilter>;
  withTrend?: boolean;
}) {
  const { t } = useTranslation();
  const regions = useRegions();
  const departments = useDepartments();
  return (
    <div className="filters gap-below">
      <RangePicker
        aria-label={t('board.period')}
        allowClear={false}
        value={[dayjs(filter.from), dayjs(filter.to)]}
        presets={usePresets()}
        onChange={(days) => {
          const [from, to] = days ?? [];
          if (from && to) set({ from: from.format('YYYY-MM-DD'), to: to.format('YYYY-MM-DD') });
        }}
      />
      <Select
        aria-label={t('board.region')}
        className="stage-filter"
        value={filter.region ?? ''}
        onChange={(region) => set({ region })}
        options={[
          { value: '', label: t('board.allRegions') },
          ...(regions.data ?? []).map((one) => ({ value: one.code, label: one.name })),
        ]}
      />
      <Select
        aria-label={t('board.department')}
        className="stage-filter"
        showSearch={{ optionFilterProp: 'label' }}
        value={filter.department ?? ''}
        onChange={(department) => set({ department })}
        options={[
          { value: '', label: t('board.allDepartments') },
          ...(departments.data ?? []).map((one) => ({ value: one.code, label: one.name })),
        ]}
      />
      <CampaignChoice value={filter.campaign} onChange={(campaign) => set({ campaign })} />
      {withTrend && (
        <Segmented
          aria-label={t('board.by')}
          value={by}
          onChange={(value) => set({ by: value === 'month' ? '' : value })}
          options={(['month', 'week'] as const).map((value) => ({
            value,
            label: t(`board.byUnit.${value}`),
          }))}
        />
      )}
    </div>
  );
}

function usePresets(): { label: string; value: [Dayjs, Dayjs] }[] {
  const { t } = useTranslation();
  const now = dayjs(today());
  const last = now.subtract(1, 'month');
  const quarter = now.subtract(now.month() % 3, 'month');
  const year = now.subtract(1, 'year');
  return [
    { label: t('board.presets.month'), value: [now.startOf('month'), now.endOf('month')] },
    { label: t('board.presets.lastMonth'), value: [last.startOf('month'), last.endOf('month')] },
    {
      label: t('board.presets.quarter'),
      value: [quarter.startOf('month'), quarter.add(2, 'month').endOf('month')],
    },
    { label: t('board.presets.year'), value: [now.startOf('year'), now.endOf('year')] },
    { label: t('board.presets.lastYear'), value: [year.startOf('year'), year.endOf('year')] },
  ];
}
