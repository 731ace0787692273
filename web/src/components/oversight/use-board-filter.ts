import { today } from '../../lib/format';
import { useSearchFilters } from '../../lib/use-search-filters';

/** What the board is asked for, as it is in the page's address. */
export function useBoardFilter() {
  const { search, change } = useSearchFilters();
  const year = today().slice(0, 4);
  const given = (key: string) => search.get(key) ?? undefined;
  const isDay = (text: string | undefined) => text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text);
  const [from, to] = [given('from'), given('to')];
  const filter = {
    from: isDay(from) ? (from ?? '') : `${year}-01-01`,
    to: isDay(to) ? (to ?? '') : `${year}-12-31`,
    region: given('region'),
    department: given('department'),
    campaign: given('campaign'),
  };
  return {
    filter,
    by: search.get('by') === 'week' ? ('week' as const) : ('month' as const),
    search,
    set: change,
  };
}

export const queryText = (query: Record<string, string | undefined>): string =>
  new URLSearchParams(
    Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined),
  ).toString();
