/** What changed from one version of an item to another. */
import canonicalize from 'canonicalize';

export interface Change {
  field: string;
  before: unknown;
  after: unknown;
}

/** Fields that differ, in the order of `fields`. */
export const changesBetween = <T extends object>(
  before: T,
  after: T,
  fields: readonly (keyof T & string)[],
): Change[] =>
  fields
    .filter((field) => canonicalize(before[field]) !== canonicalize(after[field]))
    .map((field) => ({ field, before: before[field], after: after[field] }));
