import { Button, Tag } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import '../numbers.css';
import './statistics.css';

export interface StatisticsFilter {
  year: number | undefined;
  campaign: string | undefined;
  region: string | undefined;
}

type Report = 'coverage' | 'chance' | 'inspectors' | 'grooming';

/** What a part says in a sentence, with its table for programs. */
export function PartHead({
  report,
  filter,
  children,
}: {
  report: Report;
  filter: Record<string, string | number | undefined>;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const query = new URLSearchParams(
    Object.entries(filter).flatMap(([key, value]): [string, string][] =>
      value === undefined ? [] : [[key, String(value)]],
    ),
  ).toString();
  return (
    <div className="head-row">
      <span>{children}</span>
      <a href={`/api/v1/statistics/${report}.csv${query === '' ? '' : `?${query}`}`} download>
        {t('statistics.csv')}
      </a>
    </div>
  );
}

export function Meaning({ children }: { children: string }) {
  const { t } = useTranslation();
  return (
    <details className="meaning">
      <summary>{t('statistics.means')}</summary>
      <p>{children}</p>
    </details>
  );
}

export function Flag({ isFlagged, isBroken = false }: { isFlagged: boolean; isBroken?: boolean }) {
  const { t } = useTranslation();
  if (isBroken) return <Tag color="red">{t('statistics.broken')}</Tag>;
  return isFlagged ? <Tag color="gold">{t('statistics.flagged')}</Tag> : null;
}

/** A probability to three digits. */
export function useTail(): (tail: number | null) => string {
  const { t } = useTranslation();
  return (tail) => {
    if (tail === null) return t('states.unset');
    return tail < 0.001 ? t('statistics.lessThan', { n: '0.001' }) : tail.toFixed(3);
  };
}

export const tenths = (value: number): string => (Math.round(value * 10) / 10).toFixed(1);

export const percent = (part: number, whole: number): string =>
  whole === 0 ? '—' : `${((part / whole) * 100).toFixed(1)}%`;

export interface Column<T> {
  title: string;
  of: (row: T) => ReactNode;
  isWords?: boolean;
}

/** A plain table of numbers; the first column names the row. */
export function Numbers<T>({
  rows,
  columns,
  keyOf,
  shown = Infinity,
}: {
  rows: readonly T[];
  columns: readonly Column<T>[];
  keyOf: (row: T) => string;
  /** Of a long table, until somebody asks for all of it. */
  shown?: number;
}) {
  const { t } = useTranslation();
  const [isWhole, setWhole] = useState(false);
  const visible = isWhole ? rows : rows.slice(0, shown);
  return (
    <div className="scroll-x" tabIndex={0}>
      <table className="numbers">
        <thead>
          <tr>
            {columns.map(({ title, isWords }) => (
              <th key={title} className={isWords ? 'words' : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {visible.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ title, of, isWords }, at) =>
                at === 0 ? (
                  <th key={title} scope="row">
                    {of(row)}
                  </th>
                ) : (
                  <td key={title} className={isWords ? 'words' : undefined}>
                    {of(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {visible.length < rows.length && (
        <Button type="link" onClick={() => setWhole(true)}>
          {t('statistics.showAll', { n: rows.length })}
        </Button>
      )}
    </div>
  );
}
