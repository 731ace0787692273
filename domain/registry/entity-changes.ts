/** What became different from one kept state of an entity to the next. */

/** Columns of `entities` as they are kept in `entity_versions`. */
export const STATE_FIELDS = [
  'name',
  'status',
  'region_code',
  'entity_type',
  'business_scope',
  'address',
  'established_on',
  'tags',
  'declared_tags',
  'risk_class',
  'draw_class',
  'flags',
  'complaints',
  'industry_code',
  'contact_name',
  'contact_phone',
  'listed_by',
  'ended_at',
] as const;

export type StateField = (typeof STATE_FIELDS)[number];
export type EntityState = Partial<Record<StateField, string | number | string[] | null>>;

export interface FieldChange {
  field: StateField;
  before: string[];
  after: string[];
}

export function entityChanges(before: EntityState, after: EntityState): FieldChange[] {
  return STATE_FIELDS.map((field) => ({
    field,
    before: valuesOf(before[field]),
    after: valuesOf(after[field]),
  })).filter(
    (change) =>
      change.before.join('\n') !== change.after.join('\n') &&
      // Before it was kept apart, nobody knew what was declared.
      (change.field !== 'declared_tags' || before.declared_tags !== undefined),
  );
}

/** States from before a column was there don't have it, which is as much as empty. */
function valuesOf(value: EntityState[StateField]): string[] {
  if (value === undefined || value === null || value === '' || value === 0) return [];
  return Array.isArray(value) ? value : [String(value)];
}
