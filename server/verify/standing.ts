/** Samples, visits, teams and workloads, as the draw and the lines of the record so far have made them. */
import { standingStrata, type DrawnStratum } from '../../domain/amendments';
import type { Manifest } from '../../domain/draw/manifest';
import type { VisitNeed } from '../../domain/matching/match';
import { replace, type Replacement, type Vacancy } from '../../domain/matching/replace';
import type { MergedVisit } from '../../domain/visits/merge';
import { needsOf, type Team } from './assignments';
import type { Pool, Populations } from './frozen-lists';

export interface Draw {
  manifest: Manifest;
  populations: Populations;
  seed: string;
  visits: readonly MergedVisit[];
  regions: ReadonlyMap<string, string>;
  pool: Pool;
  teams: readonly Team[];
}

export class Standing {
  strata: DrawnStratum[];
  visits: MergedVisit[];
  needs: VisitNeed[];
  readonly teams = new Map<string, string[]>();
  /** Whoever is out for the rest of the campaign. */
  readonly out = new Set<string>();
  /** By place: whoever has left it. */
  private readonly left = new Map<string, string[]>();
  /** Lines of the record by the visit that they touch. */
  readonly touched = new Map<number, number[]>();

  constructor(readonly draw: Draw) {
    this.strata = standingStrata(draw.manifest, []);
    this.visits = [...draw.visits];
    this.needs = draw.teams.map((team) => team.need);
    for (const { need, inspectors } of draw.teams) {
      this.teams.set(placeOf(need.visit, need.department), [...inspectors].sort());
    }
  }

  teamOf(visit: number, department: string): string[] | undefined {
    return this.teams.get(placeOf(visit, department));
  }

  load(): Map<string, number> {
    const load = new Map<string, number>();
    for (const team of this.teams.values()) {
      for (const one of team) load.set(one, (load.get(one) ?? 0) + 1);
    }
    return load;
  }

  /** Fills the places by the rule, and puts whom it gives into the teams. */
  replace(vacancies: readonly Vacancy[]): Replacement[] {
    const { pool, seed } = this.draw;
    const closed = vacancies.map((vacancy) => ({
      ...vacancy,
      team: [...vacancy.team, ...(this.left.get(placeOf(vacancy.visit, vacancy.department)) ?? [])],
    }));
    const replacements = replace(closed, {
      pool: pool.inspectors,
      exclusions: pool.exclusions,
      unavailable: this.out,
      load: this.load(),
      seed,
    });
    for (const { visit, department, leaving, by } of replacements) {
      const team = this.teamOf(visit, department)?.filter((one) => one !== leaving) ?? [];
      const place = placeOf(visit, department);
      this.teams.set(place, [...team, ...(by === null ? [] : [by])].sort());
      this.left.set(place, [...(this.left.get(place) ?? []), leaving]);
    }
    return replacements;
  }

  /** The needs of the visits as they are now; returns those that nobody had before. */
  renewNeeds(): VisitNeed[] {
    const { manifest, regions } = this.draw;
    this.needs = needsOf(manifest, this.visits, regions);
    return this.needs.filter((need) => !this.teams.has(placeOf(need.visit, need.department)));
  }

  touch(seq: number, visits: readonly number[]): void {
    for (const visit of new Set(visits)) {
      this.touched.set(visit, [...(this.touched.get(visit) ?? []), seq]);
    }
  }
}

export const placeOf = (visit: number, department: string): string => `${visit}\n${department}`;
