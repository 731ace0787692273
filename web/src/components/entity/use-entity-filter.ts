import { useSearchParams } from 'react-router';
import type { paths } from '../../api/schema';
import { today } from '../../lib/format';

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
  const [search, setSearch] = useSearchParams();
  const asked: Partial<Record<FilterKey, string>> = {};
  for (const key of KEYS) {
    const value = search.get(key);
    if (value) asked[key] = value;
  }
  // Today is the registry as it stands.
  if (asked.on !== undefined && asked.on >= today()) delete asked.on;
  // What no filter allows, the API refuses in words.
  const filter = asked as EntityFilterState;
  const set = (key: FilterKey, value: string) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === '') next.delete(key);
        else next.set(key, value);
        return next;
      },
      { replace: true },
    );
  return { filter, set, clear: () => setSearch({}, { replace: true }) };
}
