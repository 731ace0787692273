/** The figures as people read them: named, ranked, with shares, and with those who did nothing. */
import { taskLabel } from '../notices/kinds';
import {
  dueOf,
  onTimeShare,
  shareOf,
  type CoverageCell,
  type Figures,
  type OrderCell,
  type PlanCell,
  type TaskCounts,
  type WorkloadCell,
} from './figures';
import { ranked, totalOf, type RankedRow } from './ranking';

export interface Names {
  departments: Readonly<Record<string, string>>;
  regions: Readonly<Record<string, string>>;
}

export interface Judged extends TaskCounts {
  due: number;
  share: number | null;
}

type Named<T, K extends string> = Omit<T, K> & { code: string; name: string };

export interface Report extends Pick<Figures, 'period' | 'asOf' | 'trendBy'> {
  region: { code: string; name: string };
  total: Judged;
  departments: (RankedRow & { name: string })[];
  regions: (RankedRow & { name: string })[];
  kinds: (Judged & { code: string; name: string })[];
  trend: (Judged & { start: string })[];
  plan: (Named<PlanCell, 'department'> & { share: number | null })[];
  publication: (Judged & { code: string; name: string })[];
  coverage: (Named<CoverageCell, 'region'> & { share: number | null })[];
  workload: (Named<WorkloadCell, 'department'> & { perInspector: number | null })[];
  orders: Named<OrderCell, 'department'>[];
  /** Who had something to do and did none of it. */
  idle: { departments: string[]; regions: string[]; plan: string[] };
}

export function reportOf(figures: Figures, names: Names): Report {
  const department = (code: string) => ({ code, name: names.departments[code] ?? code });
  const region = (code: string) => ({ code, name: names.regions[code] ?? code });
  const named = <T extends { department: string }>({ department: code, ...cell }: T) => ({
    ...department(code),
    ...cell,
  });
  const departments = ranked(figures.tasks, 'department').map((row) => ({ ...row, ...department(row.code) }));
  const regions = ranked(figures.tasks, 'region').map((row) => ({ ...row, ...region(row.code) }));
  const plan = figures.plan.map((cell) => ({ ...named(cell), share: launchShare(cell) }));
  return {
    ...{ period: figures.period, asOf: figures.asOf, trendBy: figures.trendBy },
    region: region(figures.region),
    total: judged(totalOf(figures.tasks)),
    departments,
    regions,
    kinds: figures.kinds.map(({ kind, ...counts }) => ({
      ...{ code: kind, name: taskLabel(kind) },
      ...judged(counts),
    })),
    trend: figures.trend.map(({ start, ...counts }) => ({ start, ...judged(counts) })),
    plan,
    publication: figures.publication.map(({ department: code, ...counts }) => ({
      ...department(code),
      ...judged(counts),
    })),
    coverage: figures.coverage.map(({ region: code, ...cell }) => ({
      ...region(code),
      ...cell,
      share: shareOf(cell.visited, cell.entities),
    })),
    workload: figures.workload.map((cell) => ({
      ...named(cell),
      perInspector: shareOf(cell.attendances, cell.inspectors),
    })),
    orders: figures.orders.map(named),
    idle: {
      departments: departments.filter((row) => row.didNothing).map((row) => row.name),
      regions: regions.filter((row) => row.didNothing).map((row) => row.name),
      plan: plan.filter((row) => row.launched === 0 && row.missed > 0).map((row) => row.name),
    },
  };
}

const judged = (counts: TaskCounts): Judged => ({
  ...counts,
  due: dueOf(counts),
  share: onTimeShare(counts),
});

/** In time, of what was launched or is past its window. */
const launchShare = ({ launched, launchedLate, missed }: PlanCell): number | null =>
  shareOf(launched - launchedLate, launched + missed);
