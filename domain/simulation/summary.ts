/** What the runs of a simulation show together: numbers that the rules give exactly, and the spread of the others. */
import type { PoolInspector } from '../draw/frozen-files';
import { linesApart, sizeOf, type Cell, type SampledLine } from '../draw/sampled-lines';
import { shortageWords } from '../matching/shortage-words';
import type { StarvingRule } from '../matching/starving-rules';
import { capacityOf, inspectorClasses, type InspectorClass, type Workload } from './workload';

export interface Spread {
  average: number;
  min: number;
  max: number;
}

/** Visits of one dry run. */
export interface RunCounts {
  visits: number;
  strata: ReadonlyMap<string, number>;
  /** By `stratum/item`. */
  items: ReadonlyMap<string, number>;
  departments: ReadonlyMap<string, number>;
  /** null: this run's inspectors were not matched. */
  workload: Workload | null;
}

export interface SimulatedPlan {
  mode: 'joint' | 'per_item';
  items: readonly { code: string; department: string }[];
  teams: readonly { department: string; size: number }[];
  cells: readonly Cell[];
  lines: readonly SampledLine[];
  capped: number;
  pool: readonly PoolInspector[];
  /** What one inspector does on a day. */
  visitsPerDay: number;
}

export interface SimulationLine {
  /** `*`: the stratum as a whole. */
  item: string;
  stratum: string;
  population: number;
  /** null where the line has no sample of its own. */
  ratioPpm: number | null;
  sample: number | null;
  /** Exact where the rules give it, else the average of the runs. */
  expected: number;
  min: number;
  max: number;
}

export interface SimulationResult {
  population: number;
  capped: number;
  runs: number;
  matchedRuns: number;
  visits: Spread;
  visitsApart: Spread;
  saved: Spread;
  personVisits: Spread;
  personDays: number;
  lines: SimulationLine[];
  departments: {
    code: string;
    teamSize: number;
    visits: Spread;
    visitsApart: Spread;
    personVisits: Spread;
    personDays: number;
    inspectors: number;
    capacity: number | null;
    largestWorkload: Spread;
    unfilled: Spread;
  }[];
  classes: (InspectorClass & { personVisits: Spread })[];
  starving: { department: string; rule: StarvingRule; label: string; missing: Spread }[];
}

export function spread(values: readonly number[]): Spread {
  if (values.length === 0) return { average: 0, min: 0, max: 0 };
  const total = values.reduce((sum, value) => sum + value, 0);
  return {
    average: tenths(total / values.length),
    min: values.reduce((least, value) => Math.min(least, value)),
    max: values.reduce((most, value) => Math.max(most, value)),
  };
}

export function summarise(plan: SimulatedPlan, runs: readonly RunCounts[]): SimulationResult {
  const workloads = runs.flatMap((run) => run.workload ?? []);
  const apart = visitsApart(plan, runs);
  const apartOfRun = runs.map((_, at) =>
    [...apart.values()].reduce((sum, visits) => sum + (visits[at] ?? 0), 0),
  );
  const people = runs.map((run) =>
    plan.teams.reduce((sum, { department, size }) => sum + size * (run.departments.get(department) ?? 0), 0),
  );
  return {
    population: plan.cells.reduce((sum, cell) => sum + cell.size, 0),
    capped: plan.capped,
    runs: runs.length,
    matchedRuns: workloads.length,
    visits: spread(runs.map((run) => run.visits)),
    visitsApart: spread(apartOfRun),
    saved: spread(runs.map((run, at) => (apartOfRun[at] ?? 0) - run.visits)),
    personVisits: spread(people),
    personDays: daysOf(people, plan.visitsPerDay),
    lines: linesOf(plan, runs),
    departments: plan.teams.map((team) =>
      departmentOf(plan, team, apart.get(team.department) ?? [], runs, workloads),
    ),
    classes: inspectorClasses(plan.pool).map((one, at) => ({
      ...one,
      personVisits: spread(workloads.map((workload) => workload.classes[at] ?? 0)),
    })),
    starving: starvingOf(workloads),
  };
}

/**
 * Visits of the departments if each drew for itself. In mode per_item a department's own samples are the same whether or
 * not others draw with the same tickets; in mode joint their size follows from the strata of its own entities.
 */
function visitsApart(plan: SimulatedPlan, runs: readonly RunCounts[]): Map<string, number[]> {
  return new Map(
    plan.teams.map(({ department }) => {
      if (plan.mode === 'per_item') {
        return [department, runs.map((run) => run.departments.get(department) ?? 0)];
      }
      const own = plan.items.filter((item) => item.department === department).map((item) => item.code);
      const due = linesApart(plan.lines, plan.cells, own).reduce((sum, line) => sum + line.sample, 0);
      return [department, runs.map(() => due)];
    }),
  );
}

function departmentOf(
  plan: SimulatedPlan,
  { department, size }: { department: string; size: number },
  apart: readonly number[],
  runs: readonly RunCounts[],
  workloads: readonly Workload[],
): SimulationResult['departments'][number] {
  const visits = runs.map((run) => run.departments.get(department) ?? 0);
  const people = visits.map((count) => count * size);
  const members = plan.pool.filter((one) => one.department === department);
  return {
    code: department,
    teamSize: size,
    visits: spread(visits),
    visitsApart: spread(apart),
    personVisits: spread(people),
    personDays: daysOf(people, plan.visitsPerDay),
    inspectors: members.length,
    capacity: capacityOf(members),
    largestWorkload: spread(workloads.map((workload) => workload.largest.get(department) ?? 0)),
    unfilled: spread(
      workloads.map((workload) => missing(workload, (slot) => slot.department === department)),
    ),
  };
}

function linesOf(plan: SimulatedPlan, runs: readonly RunCounts[]): SimulationLine[] {
  return [...new Set(plan.lines.map((line) => line.stratum))].flatMap((stratum) => {
    const whole = plan.lines.find((line) => line.item === '*' && line.stratum === stratum);
    const drawn = spread(runs.map((run) => run.strata.get(stratum) ?? 0));
    const population = sizeOf(plan.cells, stratum);
    const all: SimulationLine = {
      ...{ item: '*', stratum, population },
      ratioPpm: whole?.ratio_ppm ?? null,
      sample: whole?.sample ?? null,
      expected: whole?.sample ?? drawn.average,
      min: drawn.min,
      max: drawn.max,
    };
    const items = plan.items.map((item): SimulationLine => {
      const own = plan.lines.find((line) => line.item === item.code && line.stratum === stratum);
      const size = sizeOf(plan.cells, stratum, [item.code]);
      const { min, max } = spread(runs.map((run) => run.items.get(`${stratum}/${item.code}`) ?? 0));
      // A simple random sample of the stratum holds the item's entities in their proportion.
      const share = whole && population > 0 ? tenths((whole.sample * size) / population) : 0;
      return {
        ...{ item: item.code, stratum, population: size },
        ratioPpm: own?.ratio_ppm ?? null,
        sample: own?.sample ?? null,
        expected: own?.sample ?? share,
        ...{ min, max },
      };
    });
    return [all, ...items];
  });
}

function starvingOf(workloads: readonly Workload[]): SimulationResult['starving'] {
  const kinds = new Map(
    workloads.flatMap(({ unfilled }) =>
      unfilled.map(({ department, rule }) => [`${department}/${rule}`, { department, rule }] as const),
    ),
  );
  return [...kinds.values()].map(({ department, rule }) => ({
    ...{ department, rule, label: shortageWords(rule, null) },
    missing: spread(
      workloads.map((workload) =>
        missing(workload, (slot) => slot.department === department && slot.rule === rule),
      ),
    ),
  }));
}

const missing = ({ unfilled }: Workload, counts: (slot: Workload['unfilled'][number]) => boolean): number =>
  unfilled.filter(counts).reduce((sum, slot) => sum + slot.missing, 0);

const daysOf = (people: readonly number[], visitsPerDay: number): number =>
  tenths(spread(people).average / visitsPerDay);

const tenths = (value: number): number => Math.round(value * 10) / 10;
