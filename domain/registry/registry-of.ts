/**
 * Whether and why an entity is in a department's registry (plan 3.2): it has a tag that an item of the department
 * inspects, or the department listed it. `byTag`: null where an item inspects everybody, undefined where it has no items.
 */
export function inRegistryOf(
  department: string,
  byTag: readonly string[] | null | undefined,
  entity: { tags: readonly string[]; listed_by: readonly string[] },
): 'tag' | 'listed' | null {
  if (byTag === null || byTag?.some((tag) => entity.tags.includes(tag))) return 'tag';
  return entity.listed_by.includes(department) ? 'listed' : null;
}
