/** What changed from one version of an item to another. */
import { isDeepStrictEqual } from 'node:util';

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
    .filter((field) => !isDeepStrictEqual(before[field], after[field]))
    .map((field) => ({ field, before: before[field], after: after[field] }));
