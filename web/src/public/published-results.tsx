import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { answerOf, api } from '../api/client';
import type { PublishedResult } from '../api/types';
import { formatInstant } from '../lib/format';
import { isViolation, resultLabel } from '../lib/results';
import { useOpenPages } from '../lib/use-open-pages';
import { PagedList, Panel } from '../components/open-parts';
import { SearchForm } from './search-form';

export function PublishedResults({ code, hasAny }: { code: string; hasAny: boolean }) {
  const { t } = useTranslation();
  const q = useSearchParams()[0].get('q') ?? '';
  const pages = useOpenPages(
    'after',
    ['public-results', code, q],
    (cursor) =>
      answerOf(
        api.GET('/api/v1/public/campaigns/{code}/results', {
          params: { path: { code }, query: { q: q || undefined, cursor, limit: 50 } },
        }),
      ),
    { enabled: hasAny },
  );
  if (!hasAny) {
    return (
      <Panel title={t('open.results')}>
        <p className="muted">{t('open.resultsEmpty')}</p>
      </Panel>
    );
  }
  return (
    <Panel title={t('open.results')}>
      <SearchForm name="q" place="after" />
      <p>
        <a href={`/api/v1/public/campaigns/${encodeURIComponent(code)}/results.csv`} download>
          {t('open.csv')}
        </a>
      </p>
      <PagedList pages={pages} empty={q ? t('open.notFound', { q }) : t('open.resultsEmpty')}>
        {(rows) => <ResultTable rows={rows} />}
      </PagedList>
    </Panel>
  );
}

interface TableProps<T> {
  rows: readonly T[];
  /** Where results of several campaigns stand side by side. */
  campaignOf?: (row: T) => ReactNode;
}

export function ResultTable<T extends PublishedResult>({ rows, campaignOf }: TableProps<T>) {
  const { t } = useTranslation();
  return (
    <table className="cards">
      <thead>
        <tr>
          <th>{t('open.entity')}</th>
          <th>{t('open.item')}</th>
          <th>{t('open.result')}</th>
          <th>{t('open.visitOn')}</th>
          <th>{t('open.publishedAt')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.publishedAt}/${row.visitNumber}/${row.item.code}`}>
            <td data-label={t('open.entity')}>
              {row.entityName ?? <span className="muted">{t('open.withdrawnContent')}</span>}
              <div className="mono muted">{row.creditCode}</div>
            </td>
            <td data-label={t('open.item')}>
              {row.item.name}
              <div className="muted small">{row.department}</div>
              {campaignOf && <div className="small">{campaignOf(row)}</div>}
            </td>
            <td data-label={t('open.result')}>
              {row.resultCode !== null && (
                <span className={isViolation(row.resultCode) ? 'bad' : 'good'}>
                  {resultLabel(row.resultCode, t)}
                </span>
              )}
              {row.isDisputed && <div className="muted small">{t('objection.disputed')}</div>}
              <Changes row={row} />
            </td>
            <td data-label={t('open.visitOn')}>
              {row.visitOn ?? '—'}
              {row.method && <div className="muted small">{t(`open.methods.${row.method}`)}</div>}
            </td>
            <td data-label={t('open.publishedAt')}>{formatInstant(row.publishedAt).slice(0, 10)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What became of it since it was published: when, why, and what it said before. */
function Changes({ row }: { row: PublishedResult }) {
  const { t } = useTranslation();
  if (row.changes.length === 0) return null;
  return (
    <ul className="publication-changes small">
      {row.changes.map(({ version, status, at, reason, before }) => (
        <li key={version}>
          <strong>{t(status === 'withdrawn' ? 'open.withdrawn' : 'open.corrected')}</strong>
          {t('open.changedWhy', { day: formatInstant(at).slice(0, 10), reason })}
          {before && (
            <div className="muted">
              {t('open.before')}
              {[
                ...(before.resultCode === null ? [] : [resultLabel(before.resultCode, t)]),
                ...(before.method === null ? [] : [t(`open.methods.${before.method}`)]),
                ...(before.visitOn === null ? [] : [t('open.beforeDay', { day: before.visitOn })]),
                ...(before.renamed ? [t('open.beforeName')] : []),
              ].join(t('open.listComma'))}
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
