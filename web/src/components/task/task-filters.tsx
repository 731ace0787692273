import { Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { TASK_KINDS, type TaskFilterValues, type TaskKind } from '../../lib/task-kinds';
import { useDepartments } from '../../lib/use-organisation';
import { RangePicker } from '../day-pickers';

interface Props {
  value: TaskFilterValues;
  onChange: (change: TaskFilterValues) => void;
  withDepartment: boolean;
}

export function TaskFilters({ value, onChange, withDepartment }: Props) {
  const { t } = useTranslation();
  const departments = useDepartments();
  return (
    <div className="filters">
      <Select
        aria-label={t('task.kind')}
        allowClear
        placeholder={t('task.anyKind')}
        value={value.kind ?? null}
        onChange={(kind: TaskKind | null) => onChange({ kind: kind ?? undefined })}
        options={TASK_KINDS.map((kind) => ({ value: kind, label: t(`task.kinds.${kind}`) }))}
        popupMatchSelectWidth={false}
      />
      {withDepartment && (
        <Select
          aria-label={t('task.department')}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('task.anyDepartment')}
          value={value.department ?? null}
          onChange={(department: string | null) => onChange({ department: department ?? undefined })}
          options={(departments.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
          popupMatchSelectWidth={false}
        />
      )}
      <RangePicker
        aria-label={t('task.dueBetween')}
        allowEmpty={[true, true]}
        value={[value.dueFrom ? dayjs(value.dueFrom) : null, value.dueTo ? dayjs(value.dueTo) : null]}
        onChange={(days) =>
          onChange({
            dueFrom: days?.[0]?.format('YYYY-MM-DD'),
            dueTo: days?.[1]?.format('YYYY-MM-DD'),
          })
        }
      />
    </div>
  );
}
