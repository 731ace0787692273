/**
 * The figures of oversight (plan 4.2, 4.4): counted for a period, an area and an instant. The board shows them as of now,
 * a bulletin freezes them; what every figure counts is said in docs/oversight.md.
 */
export interface Period {
  /** Days, both included. */
  from: string;
  to: string;
}

/** Tasks whose due date lies in the period. */
export interface TaskCounts {
  onTime: number;
  late: number;
  /** Not done though the due date is past. */
  overdue: number;
  /** Not done, and not due yet. */
  waiting: number;
}

export interface TaskCell extends TaskCounts {
  department: string;
  region: string;
}

export interface TrendCell extends TaskCounts {
  /** The first day of the week (Monday) or month. */
  start: string;
}

export interface KindCell extends TaskCounts {
  kind: string;
}

/** Lines of published annual plans whose window touches the period. */
export interface PlanCell {
  department: string;
  lines: number;
  launched: number;
  launchedLate: number;
  /** Not launched, and the window is over. */
  missed: number;
  /** Not launched, in its window or before it. */
  pending: number;
}

/** Visits whose results were to be published in the period, by the department that leads. */
export interface PublicationCell extends TaskCounts {
  department: string;
}

export interface CoverageCell {
  region: string;
  /** Entities in operation. */
  entities: number;
  /** Of whom at least one visit was finished in the period. */
  visited: number;
}

/** Visits finished in the period, by the department that was there. */
export interface WorkloadCell {
  department: string;
  visits: number;
  inspectors: number;
  /** Inspectors times visits. */
  attendances: number;
}

/** Urging orders issued in the period. */
export interface OrderCell {
  department: string;
  issued: number;
  answered: number;
  answeredLate: number;
  withdrawn: number;
}

export interface Figures {
  period: Period;
  /** The area asked about. */
  region: string;
  /** ISO instant: what happened after it does not count. */
  asOf: string;
  tasks: TaskCell[];
  kinds: KindCell[];
  trend: TrendCell[];
  trendBy: TrendUnit;
  plan: PlanCell[];
  publication: PublicationCell[];
  coverage: CoverageCell[];
  workload: WorkloadCell[];
  orders: OrderCell[];
}

export const TREND_UNITS = ['week', 'month'] as const;
export type TrendUnit = (typeof TREND_UNITS)[number];

export const NO_TASKS: TaskCounts = { onTime: 0, late: 0, overdue: 0, waiting: 0 };

export const addCounts = (a: TaskCounts, b: TaskCounts): TaskCounts => ({
  onTime: a.onTime + b.onTime,
  late: a.late + b.late,
  overdue: a.overdue + b.overdue,
  waiting: a.waiting + b.waiting,
});

export const dueOf = ({ onTime, late, overdue, waiting }: TaskCounts): number =>
  onTime + late + overdue + waiting;

/** Of what is done or past its date, how much was done in time; null where there is nothing to judge. */
export const onTimeShare = ({ onTime, late, overdue }: TaskCounts): number | null =>
  shareOf(onTime, onTime + late + overdue);

/** A part of a whole; null, and not 0, of nothing. */
export const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** As people read it: `87.5%`, or a dash where there is nothing to judge. Never rounded up to all or down to nothing. */
export function shareText(share: number | null): string {
  if (share === null) return '—';
  const tenths = Math.round(share * 1000);
  const shown = share < 1 ? Math.min(tenths, 999) : tenths;
  return `${((share > 0 ? Math.max(shown, 1) : shown) / 10).toFixed(1)}%`;
}
