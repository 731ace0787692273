import { useSearchParams } from 'react-router';

/** The filters of a page as they are in its address; the empty text takes one away. */
export function useSearchFilters() {
  const [search, setSearch] = useSearchParams();
  const change = (filters: Readonly<Record<string, string>>) => {
    // The address itself: what was changed just before is not in what the page has shown last.
    const next = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(filters)) {
      if (value === '') next.delete(name);
      else next.set(name, value);
    }
    setSearch(next, { replace: true });
  };
  const set = (name: string, value: string) => change({ [name]: value });
  const clear = () => setSearch({}, { replace: true });
  return { search, change, set, clear };
}
