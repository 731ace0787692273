/**
 * Who goes in place of an inspector who can't (domain guide, section 3, "Plans"): of those who may go under the same
 * rules, the one with the next ticket; never a choice.
 */
import type { Exclusion, PoolInspector } from '../draw/frozen-files';
import { inspectorTicket } from '../draw/tickets';
import type { VisitNeed } from './match';
import { holdsAll, servesRegion } from './may-go';
import type { StarvingRule } from './starving-rules';

/** A place in a team that somebody has to give up. */
export interface Vacancy extends VisitNeed {
  /** Those who are of the team or have left it, whoever leaves it now among them. */
  team: readonly string[];
  leaving: string;
}

export interface Replacement {
  visit: number;
  department: string;
  leaving: string;
  /** null: nobody else may go, because of `rule`. */
  by: string | null;
  rule: StarvingRule | null;
}

/** What is fixed or on record when a place becomes vacant. */
export interface Standing {
  pool: readonly PoolInspector[];
  exclusions: readonly Exclusion[];
  /** Inspectors whom the public record has taken out before, and whoever leaves now for all of their visits. */
  unavailable: ReadonlySet<string>;
  /** Visits per inspector as they stand. */
  load: ReadonlyMap<string, number>;
  seed: string;
}

/** Fills the vacancies in the order of their visits; each sees the workloads that those before it have led to. */
export function replace(vacancies: readonly Vacancy[], standing: Standing): Replacement[] {
  const { pool, exclusions, unavailable, seed } = standing;
  const excluded = new Set(exclusions.map((one) => `${one.inspector}\n${one.code}`));
  const load = new Map(standing.load);
  const inOrder = [...vacancies].sort(
    (a, b) => a.visit - b.visit || order(a.department, b.department) || order(a.leaving, b.leaving),
  );
  const joined = new Map<string, string[]>();
  return inOrder.map((vacancy) => {
    const { visit, department, code, leaving } = vacancy;
    const place = `${visit}\n${department}`;
    const taken = new Set([...vacancy.team, ...(joined.get(place) ?? [])]);
    const rules: [StarvingRule, (one: PoolInspector) => boolean][] = [
      [
        'department',
        ({ inspector, department: of }) =>
          of === department && !taken.has(inspector) && !unavailable.has(inspector),
      ],
      ['region', (one) => servesRegion(one, vacancy.region)],
      ['qualifications', (one) => holdsAll(one, vacancy.qualifications)],
      ['exclusion', ({ inspector }) => !excluded.has(`${inspector}\n${code}`)],
      ['capacity', ({ inspector, capacity }) => capacity === null || (load.get(inspector) ?? 0) < capacity],
    ];
    let allowed = [...pool];
    let starving: StarvingRule | null = null;
    for (const [rule, holds] of rules) {
      allowed = allowed.filter(holds);
      if (allowed.length === 0) starving ??= rule;
    }
    const [next] = allowed
      .map(({ inspector }) => ({ inspector, ticket: inspectorTicket(seed, code, department, inspector) }))
      .sort((a, b) => order(a.ticket, b.ticket));
    load.set(leaving, (load.get(leaving) ?? 0) - 1);
    if (next) {
      load.set(next.inspector, (load.get(next.inspector) ?? 0) + 1);
      joined.set(place, [...(joined.get(place) ?? []), next.inspector]);
    }
    return { visit, department, leaving, by: next?.inspector ?? null, rule: starving };
  });
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
