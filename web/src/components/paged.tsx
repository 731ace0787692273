import { Button, Empty, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { usePages } from '../lib/use-pages';
import { ProblemAlert } from './problem-alert';

interface Props<T> {
  pages: ReturnType<typeof usePages<T>>;
  /** Said where there is no row: what would bring one. */
  empty: string;
  children: (rows: T[]) => ReactNode;
}

/** A list with its loading, empty and failed states, and the way to more of it. */
export function Paged<T>({ pages: { query, rows }, empty, children }: Props<T>) {
  const { t } = useTranslation();
  if (rows === undefined) {
    return query.error ? (
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <Skeleton active paragraph={{ rows: 4 }} />
    );
  }
  return (
    <>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} className="gap-below" />
      {rows.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} />
      ) : (
        children(rows)
      )}
      {query.hasNextPage && (
        <Button
          block
          className="gap-above"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('actions.loadMore')}
        </Button>
      )}
    </>
  );
}
