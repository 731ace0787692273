import type { PlanLineRow } from '../../db/annual-plans';

/** How far a line is, on a day; one whose campaign was cancelled is to be launched again. */
export function lineStatus(
  row: PlanLineRow,
  today: string,
): 'planned' | 'open' | 'late' | 'launched' | 'done' {
  if (row.campaign_stage === 'closed') return 'done';
  if (row.campaign_stage !== null && row.campaign_stage !== 'cancelled') return 'launched';
  if (row.window_to < today) return 'late';
  return row.window_from <= today ? 'open' : 'planned';
}
