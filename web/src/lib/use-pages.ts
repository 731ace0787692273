import { keepPreviousData, useInfiniteQuery, type QueryKey } from '@tanstack/react-query';

interface Page<T> {
  rows: T[];
  nextCursor: string | null;
}

/**
 * A list that is read page by page; `refetchInterval` reads all shown pages again, `keepsPrevious` shows the last answer
 * while the next is on its way.
 */
export function usePages<T>(
  queryKey: QueryKey,
  load: (cursor: string | undefined) => Promise<Page<T>>,
  {
    keepsPrevious = false,
    ...options
  }: { refetchInterval?: number | false; enabled?: boolean; keepsPrevious?: boolean } = {},
) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    ...(keepsPrevious ? { placeholderData: keepPreviousData } : {}),
    ...options,
  });
  return { query, rows: query.data?.pages.flatMap((page) => page.rows) };
}
