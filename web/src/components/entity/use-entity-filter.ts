import type { paths } from '../../api/schema';
import { today } from '../../lib/format';
import { useSearchFilters } from '../../lib/use-search-filters';

const KEYS = [
  'q',
  'region',
  'status',
  'drawClass',
  'tag',
  'industry',
  'flag',
  'department',
  'on',
] as const satisfies FilterKey[];
type Query = NonNullable<paths['/api/v1/entities/count']['get']['parameters']['query']>;
export type FilterKey = keyof Query;
export type EntityFilterState = Query;

/** What the list is about, kept in the page's address: a link to it shows the same. */
export function useEntityFilter() {
  const { search, set, clear } = useSearchFilters();
  const asked: Partial<Record<FilterKey, string>> = {};
  for (const key of KEYS) {
    const value = search.get(key);
    if (value) asked[key] = value;
  }
  // Today is the registry as it stands.
  if (asked.on !== undefined && asked.on >= today()) delete asked.on;
  // What no filter allows, the API refuses in words.
  const filter = asked as EntityFilterState;
  return { filter, set: (key: FilterKey, value: string) => set(key, value), clear };
}
