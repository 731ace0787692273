import type { InspectorVersionRow } from '../../db/inspectors';
import { shownAs, type Field, type Relation } from '../../domain/privacy/fields';
import { changesBetween } from '../../domain/items/compare';

/** What each version changed, the newest first; the first one's facts are all new, and not told again. */
export const versionsOf = (rows: readonly InspectorVersionRow[], relations: readonly Relation[]) =>
  rows.map((row, at) => {
    const before = rows[at + 1];
    return {
      at: row.at.toISOString(),
      by: row.by,
      reason: row.reason,
      import: row.import_id,
      ended: row.state.ended_at !== undefined,
      changes: before
        ? maskedChanges(changesBetween(fieldsOf(before.state), fieldsOf(row.state), NAMES), relations)
        : [],
    };
  });

const PERSONAL: Readonly<Record<string, Field>> = {
  phone: 'inspectorPhone',
  email: 'inspectorMail',
  certificateNumber: 'certificate',
};

const maskedChanges = (
  changes: ReturnType<typeof changesBetween>,
  relations: readonly Relation[],
): ReturnType<typeof changesBetween> =>
  changes.map((change) => {
    const field = PERSONAL[change.field];
    const shown = (value: unknown) => (field ? shownAs(field, String(value), relations) : value);
    return { ...change, before: shown(change.before), after: shown(change.after) };
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
