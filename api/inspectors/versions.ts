import type { InspectorVersionRow } from '../../db/inspectors';
import { changesBetween } from '../../domain/items/compare';

/** What each version changed, the newest first; the first one's facts are all new, and not told again. */
export const versionsOf = (rows: readonly InspectorVersionRow[]) =>
  rows.map((row, at) => {
    const before = rows[at + 1];
    return {
      at: row.at.toISOString(),
      by: row.by,
      reason: row.reason,
      import: row.import_id,
      ended: row.state.ended_at !== undefined,
      changes: before ? changesBetween(fieldsOf(before.state), fieldsOf(row.state), NAMES) : [],
    };
  });

const NAMES = [
  ...(['name', 'departmentCode', 'certificateNumber', 'certificateValidUntil', 'regions'] as const),
  ...(['qualifications', 'capacity', 'status', 'email', 'phone'] as const),
];

/** Versions of before a field was known have nothing in it. */
const fieldsOf = (state: InspectorVersionRow['state']) => ({
  name: state.name ?? '',
  departmentCode: state.department_code ?? '',
  certificateNumber: state.certificate_number ?? '',
  certificateValidUntil: state.certificate_valid_until ?? '',
  regions: state.regions ?? [],
  qualifications: state.qualifications ?? [],
  capacity: state.capacity ?? null,
  status: state.status ?? 'active',
  email: state.email ?? '',
  phone: state.phone ?? '',
});
