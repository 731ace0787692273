import type { InspectorRow } from '../../db/inspectors';
import { INSPECTOR_COLUMNS } from '../../domain/registry/inspector-row';
import type { TableColumn } from '../tables';

const STATUS_NAMES: Record<InspectorRow['status'], string> = {
  active: '在岗',
  leave: '请假',
  suspended: '暂停',
  left: '离岗',
};

const VALUES: Record<keyof typeof INSPECTOR_COLUMNS, (row: InspectorRow) => string | number | null> = {
  code: (row) => row.code,
  name: (row) => row.name,
  department: (row) => row.department_code,
  certificateNumber: (row) => row.certificate_number,
  certificateValidUntil: (row) => row.certificate_valid_until,
  regions: (row) => row.regions.join(';'),
  qualifications: (row) => row.qualifications.join(';'),
  capacity: (row) => row.capacity,
  status: (row) => STATUS_NAMES[row.status],
  email: (row) => row.email,
  phone: (row) => row.phone,
};

/** The columns of an import, so that what was exported can be mended and imported again. */
export const INSPECTOR_TABLE: readonly TableColumn<InspectorRow>[] = (
  Object.keys(VALUES) as (keyof typeof VALUES)[]
).map((key) => ({ header: INSPECTOR_COLUMNS[key].names[0], value: VALUES[key] }));
