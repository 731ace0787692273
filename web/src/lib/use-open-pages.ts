import type { QueryKey } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { usePages, type Page } from './use-pages';

/**
 * A public list, whose place is in the address too, as `place`: without JavaScript, and for search engines, a link leads on
 * to its next part.
 */
export function useOpenPages<T>(
  place: string,
  queryKey: QueryKey,
  load: (cursor: string | undefined) => Promise<Page<T>>,
  options: { enabled?: boolean } = {},
) {
  const [search] = useSearchParams();
  const startAt = search.get(place) ?? undefined;
  const pages = usePages([...queryKey, startAt], load, { ...options, startAt });
  const next = pages.query.data?.pages.at(-1)?.nextCursor ?? null;
  const at = (cursor: string | null) => {
    const params = new URLSearchParams(search);
    if (cursor === null) params.delete(place);
    else params.set(place, cursor);
    return `?${params}`;
  };
  return {
    ...pages,
    next: next === null ? null : at(next),
    first: startAt === undefined ? null : at(null),
  };
}
