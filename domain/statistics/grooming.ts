/** Whether a registry was groomed: what moved in it around the days on which populations were frozen. */
import { standOut } from './many-tests';
import { compareDays, DAY_MS, type Compared, type Counted, type OtherDays } from './other-days';
import { reachOf, type DrawTraits, type Freeze } from './reach';

/** `before` is null for what was never in the registry until then. */
export interface RegistryChange {
  at: Date;
  before: DrawTraits | null;
  after: DrawTraits;
}

/** The changes of entities that changed alike at the same moments. */
export interface History {
  changes: readonly RegistryChange[];
  entities: number;
  /** Some of them, by id. */
  ids: readonly number[];
}

export interface Moment {
  at: Date;
  entities: number;
}

export interface Registry {
  /** Since when it is known what changed. */
  entitiesSince: Date | null;
  inspectorsSince: Date | null;
  /** Each change with the moments at which it was made, and by how many entities. */
  changes: readonly (Omit<RegistryChange, 'at'> & { moments: readonly Moment[] })[];
  /** Of entities with changes near each other. */
  histories: readonly History[];
  inspectors: readonly { at: Date; department: string; joined: boolean }[];
  exclusions: readonly { at: Date; department: string }[];
}

export const MEASURES = [
  'absences',
  'departures',
  'additions',
  'inspectorsJoined',
  'inspectorsLeft',
  'exclusions',
] as const;
export type Measure = (typeof MEASURES)[number];

export interface FreezeReport {
  freeze: Freeze;
  /** The days after it, in which those who left may come back, are not over. */
  isOpen: boolean;
  measures: Record<Measure, Compared & { isFlagged: boolean }>;
  absences: Absence[];
}

/** Out of the draw's reach, or in a class drawn less often, when the freeze came; and back soon after. */
export interface Absence {
  left: Date;
  back: Date;
  before: DrawTraits;
  during: DrawTraits;
  reachBefore: number;
  reachDuring: number;
  entities: number;
  ids: readonly number[];
}

export interface GroomingQuestion {
  freezes: readonly (Freeze & { departments: readonly string[] })[];
  /** Also of campaigns that are not asked about. */
  allFreezes: readonly Date[];
  windowDays: number;
  now: Date;
  /** Entities of these areas only. */
  isInArea: (region: string) => boolean;
}

/** Besides being rare, a number must be so many times what is usual before anybody is asked about it. */
const TIMES_USUAL = 2;

export function groomingReport(registry: Registry, question: GroomingQuestion): FreezeReport[] {
  const reports = question.freezes.map((freeze) => reportOf(registry, freeze, question));
  for (const measure of MEASURES) {
    const compared = reports.map((report) => report.measures[measure]);
    const flags = standOut(compared.map((one) => one.tail));
    for (const [at, one] of compared.entries()) {
      one.isFlagged = (flags[at] ?? false) && one.observed >= TIMES_USUAL * one.usual;
    }
  }
  return reports;
}

function reportOf(
  registry: Registry,
  freeze: Freeze & { departments: readonly string[] },
  { allFreezes, windowDays, now, isInArea }: GroomingQuestion,
): FreezeReport {
  const window = windowDays * DAY_MS;
  const at = freeze.at.getTime();
  const reach = reachOf(freeze);
  const found = registry.histories.flatMap((history) =>
    absencesOf(history, reach).filter(({ before }) => isInArea(before.region)),
  );
  const near = found.filter(({ left, back }) => back.getTime() - left.getTime() < 2 * window);
  const moved = registry.changes.map((change) => ({
    ...change,
    from: reach(change.before),
    to: reach(change.after),
  }));
  const own = (department: string) => freeze.departments.includes(department);
  const inArea = (traits: DrawTraits | null) => traits !== null && isInArea(traits.region);
  const counted: Record<Measure, Counted[]> = {
    // A day counts those who left within the window before it and came back within the window after it.
    absences: near.map(({ left, back, entities }) => ({
      from: Math.max(left.getTime(), back.getTime() - window),
      to: Math.min(back.getTime(), left.getTime() + window),
      count: entities,
    })),
    departures: moved
      .filter((change) => change.from > 0 && change.to < change.from && inArea(change.before))
      .flatMap(momentsOf),
    additions: moved
      .filter((change) => change.before === null && change.to > 0 && inArea(change.after))
      .flatMap(momentsOf),
    inspectorsJoined: registry.inspectors
      .filter((one) => one.joined && own(one.department))
      .map((one) => within(one.at, 1)),
    inspectorsLeft: registry.inspectors
      .filter((one) => !one.joined && own(one.department))
      .map((one) => within(one.at, 1)),
    exclusions: registry.exclusions.filter((one) => own(one.department)).map((one) => within(one.at, 1)),
  };
  const measures = Object.fromEntries(
    MEASURES.map((measure) => [
      measure,
      { ...compareDays(at, counted[measure], otherDays(measure)), isFlagged: false },
    ]),
  ) as FreezeReport['measures'];
  return {
    freeze,
    isOpen: now.getTime() < at + window,
    measures,
    absences: near.filter(({ left, back }) => {
      const [gone, again] = [left.getTime(), back.getTime()];
      return gone <= at && gone > at - window && again > at && again <= at + window;
    }),
  };

  /** What happens at a moment counts for the days whose window before them holds it. */
  function within(moment: Date, count: number): Counted {
    return { from: moment.getTime(), to: moment.getTime() + window, count };
  }

  function momentsOf({ moments }: { moments: readonly Moment[] }): Counted[] {
    return moments.map((one) => within(one.at, one.entities));
  }

  function otherDays(measure: Measure): OtherDays {
    const since = measure.startsWith('inspectors') ? registry.inspectorsSince : registry.entitiesSince;
    return {
      from: (since ?? now).getTime() + window,
      to: now.getTime() - (measure === 'absences' ? window : 0),
      freezes: allFreezes.map((one) => one.getTime()),
      apart: window,
    };
  }
}

type Gone = Omit<Absence, 'back' | 'entities' | 'ids'>;

/** Each time that the chance to be drawn fell, until it was again what it had been. */
function absencesOf(
  { changes, entities, ids }: History,
  reach: (traits: DrawTraits | null) => number,
): Absence[] {
  const found: Absence[] = [];
  let gone: Gone | null = null;
  for (const change of changes) {
    const reachAfter = reach(change.after);
    if (gone !== null && reachAfter >= gone.reachBefore) {
      found.push({ ...gone, back: change.at, entities, ids });
      gone = null;
    } else {
      gone = goingOn(gone, change, reach(change.before), reachAfter);
    }
  }
  return found;
}

function goingOn(
  gone: Gone | null,
  { at, before, after }: RegistryChange,
  reachBefore: number,
  reachDuring: number,
): Gone | null {
  if (gone !== null) {
    return reachDuring < gone.reachDuring ? { ...gone, during: after, reachDuring } : gone;
  }
  if (before === null || reachDuring >= reachBefore) return null;
  return { left: at, before, during: after, reachBefore, reachDuring };
}
