/** What the invented city's departments mean to check in a year: some of it about the same entities. */
export interface PlanLineSketch {
  item: string;
  /** Months of the window. */
  from: number;
  to: number;
  note?: string;
}

export const EXAMPLE_PLAN: readonly PlanLineSketch[] = [
  { item: 'SCJG-004', from: 3, to: 6 },
  { item: 'WJW-004', from: 4, to: 7 },
  { item: 'XFJ-001', from: 4, to: 6, note: '夏季用火用电高峰前完成' },
  { item: 'STJ-003', from: 5, to: 9 },
  { item: 'WLJ-001', from: 3, to: 5 },
  { item: 'WJW-001', from: 9, to: 11 },
  { item: 'WJW-003', from: 9, to: 11 },
  { item: 'XFJ-003', from: 9, to: 12 },
  { item: 'JTJ-003', from: 2, to: 4 },
  { item: 'SCJG-002', from: 5, to: 9 },
];
