import { csvText } from '../../domain/draw/csv';
import { byBytes } from '../../domain/draw/manifest';
import { match, type VisitNeed } from '../../domain/matching/match';
import { CSV_COLUMNS, type Pool } from './frozen-lists';
import type { Add } from './report';
import { mustBe } from './texts';

/** The assignment is a function of the frozen files and the seed: it is computed again. */
export function checkMatching(
  needs: readonly VisitNeed[],
  pool: Pool,
  seed: string,
  files: ReadonlyMap<string, Buffer>,
  add: Add,
): void {
  const { assignments } = match(needs, pool.inspectors, pool.exclusions, seed);
  const rows = assignments
    .toSorted(
      (a, b) => a.visit - b.visit || byBytes(a.department, b.department) || byBytes(a.inspector, b.inspector),
    )
    .map(({ visit, department, inspector }) => [visit, department, inspector]);
  mustBe(files, 'assignments.csv', csvText(CSV_COLUMNS['assignments.csv'], rows), add);
}
