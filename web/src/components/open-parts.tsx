import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemText } from '../lib/problem-text';
import type { useOpenPages } from '../lib/use-open-pages';

/** What the public pages need of a component library, in plain HTML. */
export function Panel({ title, id, children }: { title: ReactNode; id?: string; children: ReactNode }) {
  return (
    <section className="panel" id={id}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

export function Loading() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('states.loading')}>
      <div className="bone" />
      <div className="bone" />
      <div className="bone short" />
    </div>
  );
}

export function Failure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="note-bad" role="alert">
      <strong>{t('problem.title')}</strong>
      <p>{problemText(error, t)}</p>
      <button type="button" className="plain-button" onClick={onRetry}>
        {t('actions.retry')}
      </button>
    </div>
  );
}

interface ListProps<T> {
  pages: ReturnType<typeof useOpenPages<T>>;
  empty: string;
  children: (rows: T[]) => ReactNode;
}

export function PagedList<T>({ pages: { query, rows, next, first }, empty, children }: ListProps<T>) {
  const { t } = useTranslation();
  if (rows === undefined) {
    return query.error ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : <Loading />;
  }
  return (
    <>
      {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {first !== null && (
        <p>
          <Link to={first}>{t('openPages.fromStart')}</Link>
        </p>
      )}
      {rows.length === 0 ? <p className="muted">{empty}</p> : children(rows)}
      {next !== null && (
        <Link
          to={next}
          className="plain-button wide"
          aria-busy={query.isFetchingNextPage}
          onClick={(event) => {
            event.preventDefault();
            void query.fetchNextPage();
          }}
        >
          {query.isFetchingNextPage ? t('states.loading') : t('actions.loadMore')}
        </Link>
      )}
    </>
  );
}

export function Facts({ rows }: { rows: [string, ReactNode][] }) {
  return (
    <dl className="facts">
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
