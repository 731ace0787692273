import { groupBy } from '../group-by';
import { addCounts, dueOf, NO_TASKS, onTimeShare, type TaskCell, type TaskCounts } from './figures';

export interface RankedRow extends TaskCounts {
  code: string;
  due: number;
  /** null where nothing is done or past its date. */
  share: number | null;
  /** Equal shares have equal ranks, and the next one counts them all: 1, 1, 3. null without a share. */
  rank: number | null;
  /** Something was to be done, and nothing was. */
  didNothing: boolean;
}

/**
 * Whoever did most in time comes first; of equals, who had more to do. Who had nothing to be judged by has no rank and
 * comes last.
 */
export function ranked(cells: readonly TaskCell[], by: 'department' | 'region'): RankedRow[] {
  const rows = [...groupBy(cells, (cell) => cell[by])].map(([code, own]) => rowOf(code, own));
  rows.sort((a, b) => (b.share ?? -1) - (a.share ?? -1) || b.due - a.due || (a.code < b.code ? -1 : 1));
  return rows.map((row) => ({
    ...row,
    rank: row.share === null ? null : 1 + rows.filter((one) => (one.share ?? -1) > (row.share ?? -1)).length,
  }));
}

function rowOf(code: string, cells: readonly TaskCell[]): RankedRow {
  const counts = cells.reduce<TaskCounts>(addCounts, NO_TASKS);
  return {
    ...{ code, ...counts, due: dueOf(counts), share: onTimeShare(counts), rank: null },
    didNothing: counts.onTime + counts.late === 0 && counts.overdue > 0,
  };
}

export const totalOf = (cells: readonly TaskCounts[]): TaskCounts =>
  cells.reduce<TaskCounts>(
    (sum, { onTime, late, overdue, waiting }) => addCounts(sum, { onTime, late, overdue, waiting }),
    NO_TASKS,
  );
