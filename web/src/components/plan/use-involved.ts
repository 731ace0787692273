import { usePublishedItems } from './item-choice';

/** The departments of the chosen items. */
export function useInvolved(chosen: readonly string[]): string[] {
  const items = usePublishedItems();
  const own = (items.data ?? []).filter((item) => chosen.includes(item.code));
  return [...new Set(own.map((item) => item.departmentCode))].sort();
}
