import type { PlanLineRow } from '../../db/annual-plans';

/** A campaign carries it out, and was not cancelled. */
export const isLaunched = ({ campaign_stage: stage }: Pick<PlanLineRow, 'campaign_stage'>): boolean =>
  stage !== null && stage !== 'cancelled';

/** How far a line is, on a day; one whose campaign was cancelled is to be launched again. */
export function lineStatus(
  row: PlanLineRow,
  today: string,
): 'planned' | 'open' | 'late' | 'launched' | 'done' {
  if (row.campaign_stage === 'closed') return 'done';
  if (isLaunched(row)) return 'launched';
  if (row.window_to < today) return 'late';
  return row.window_from <= today ? 'open' : 'planned';
}
