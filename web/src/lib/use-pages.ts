import { useInfiniteQuery, type QueryKey } from '@tanstack/react-query';

interface Page<T> {
  rows: T[];
  nextCursor: string | null;
}

/** A list that is read page by page; `refetchInterval` reads all shown pages again. */
export function usePages<T>(
  queryKey: QueryKey,
  load: (cursor: string | undefined) => Promise<Page<T>>,
  options: { refetchInterval?: number | false; enabled?: boolean } = {},
) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    ...options,
  });
  return { query, rows: query.data?.pages.flatMap((page) => page.rows) };
}
