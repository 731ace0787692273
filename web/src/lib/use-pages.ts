import { keepPreviousData, useInfiniteQuery, type QueryKey } from '@tanstack/react-query';

export interface Page<T> {
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
    enabled = true,
    refetchInterval = false,
    startAt,
  }: {
    refetchInterval?: number | false | ((rows: T[] | undefined) => number | false);
    enabled?: boolean;
    keepsPrevious?: boolean;
    /** The cursor of the first page that is read. */
    startAt?: string | undefined;
  } = {},
) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: startAt,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    ...(keepsPrevious ? { placeholderData: keepPreviousData } : {}),
    enabled,
    refetchInterval:
      typeof refetchInterval === 'function'
        ? ({ state }) => refetchInterval(rowsOf(state.data))
        : refetchInterval,
  });
  return { query, rows: rowsOf(query.data) };
}

const rowsOf = <T>(data: { pages: Page<T>[] } | undefined): T[] | undefined =>
  data?.pages.flatMap((page) => page.rows);
