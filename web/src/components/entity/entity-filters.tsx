import { Select } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DayPicker } from '../day-pickers';
import { today } from '../../lib/format';
import { useDepartments, useIndustries, useRegions, useTags } from '../../lib/use-organisation';
import type { EntityFilterState, FilterKey } from './use-entity-filter';

const STATUSES = ['active', 'revoked', 'cancelled', 'moved'] as const;
const FLAGS = [
  'abnormal-operations',
  'serious-violation',
  'dishonesty',
  'good-credit',
  'complaints',
] as const;

interface Props {
  filter: EntityFilterState;
  set: (key: FilterKey, value: string) => void;
  children: ReactNode;
}

export function EntityFilters({ filter, set, children }: Props) {
  const { t } = useTranslation();
  const regions = useRegions();
  const tags = useTags();
  const industries = useIndustries();
  const departments = useDepartments();
  const choice = (
    key: FilterKey,
    label: string,
    all: string,
    options: { value: string; label: string }[],
  ) => (
    <Select
      aria-label={label}
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      value={filter[key] ?? ''}
      onChange={(value) => set(key, value)}
      options={[{ value: '', label: all }, ...options]}
    />
  );
  return (
    <div className="entity-filters gap-below">
      {choice(
        'region',
        t('registry.region'),
        t('registry.allRegions'),
        (regions.data ?? []).map((one) => ({ value: one.code, label: `${one.name} ${one.code}` })),
      )}
      {choice(
        'department',
        t('registry.department'),
        t('registry.allDepartments'),
        (departments.data ?? [])
          .filter((one) => one.kind === 'inspecting')
          .map((one) => ({ value: one.code, label: t('registry.departmentOf', { name: one.shortName }) })),
      )}
      {choice(
        'tag',
        t('registry.tag'),
        t('registry.allTags'),
        (tags.data ?? []).map((one) => ({ value: one.tag, label: one.label })),
      )}
      {choice(
        'industry',
        t('registry.industry'),
        t('registry.allIndustries'),
        (industries.data ?? []).map((one) => ({ value: one.code, label: `${one.code} ${one.name}` })),
      )}
      {choice(
        'status',
        t('registry.status'),
        t('registry.allStatuses'),
        STATUSES.map((value) => ({ value, label: t(`registry.statuses.${value}`) })),
      )}
      {choice(
        'drawClass',
        t('registry.drawClass'),
        t('registry.allClasses'),
        ['A', 'B', 'C', 'D'].map((value) => ({ value, label: t('registry.classOf', { letter: value }) })),
      )}
      {choice(
        'flag',
        t('registry.flag'),
        t('registry.allFlags'),
        FLAGS.map((value) => ({ value, label: t(`registry.flags.${value}`) })),
      )}
      <DayPicker
        aria-label={t('registry.on')}
        placeholder={t('registry.on')}
        value={filter.on === undefined ? null : dayjs(filter.on)}
        maxDate={dayjs(today())}
        onChange={(value) => set('on', value?.format('YYYY-MM-DD') ?? '')}
      />
      {children}
    </div>
  );
}
