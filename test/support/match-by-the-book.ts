/**
 * The steps of docs/matching.md word for word, without any of the shortcuts of domain/matching: every pair of
 * visit and inspector is asked, every search starts afresh. Only for small cases.
 */
import type { Exclusion, PoolInspector } from '../../domain/draw/frozen-files';
import { inspectorTicket } from '../../domain/draw/tickets';
import type { Assignment, VisitNeed } from '../../domain/matching/match';
import { covers } from '../../domain/regions/covers';

export function matchByTheBook(
  needs: readonly VisitNeed[],
  pool: readonly PoolInspector[],
  exclusions: readonly Exclusion[],
  seed: string,
): Assignment[] {
  const departments = [...new Set(needs.map((need) => need.department))];
  return departments
    .flatMap((department) =>
      department_(
        needs.filter((need) => need.department === department).sort((a, b) => a.visit - b.visit),
        pool.filter((one) => one.department === department),
        exclusions,
        seed,
      ),
    )
    .sort(
      (a, b) =>
        a.visit - b.visit ||
        (a.department < b.department ? -1 : a.department > b.department ? 1 : 0) ||
        (a.inspector < b.inspector ? -1 : 1),
    );
}

/** Whether the rules let an inspector go to a visit, teams and capacity aside. */
export function eligible(need: VisitNeed, one: PoolInspector, exclusions: readonly Exclusion[]): boolean {
  return (
    one.department === need.department &&
    (one.regions.length === 0 || one.regions.some((area) => covers(area, need.region))) &&
    need.qualifications.every((name) => one.qualifications.includes(name)) &&
    !exclusions.some((pair) => pair.inspector === one.inspector && pair.code === need.code)
  );
}

function department_(
  visits: readonly VisitNeed[],
  people: readonly PoolInspector[],
  exclusions: readonly Exclusion[],
  seed: string,
): Assignment[] {
  const teams = new Map<VisitNeed, PoolInspector[]>(visits.map((visit) => [visit, []]));
  const teamOf = (visit: VisitNeed) => teams.get(visit) ?? [];
  const visitsOf = (one: PoolInspector) => visits.filter((visit) => teamOf(visit).includes(one));
  const isShort = (visit: VisitNeed) => teamOf(visit).length < visit.teamSize;

  for (const [at, { code, department }] of visits.entries()) {
    const round = at + 1;
    if (!visits.some(isShort)) break;
    const order = people
      .map((one) => ({ one, ticket: inspectorTicket(seed, code, department, one.inspector) }))
      .sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
      .map(({ one }) => one);
    const isFree = (one: PoolInspector) => visitsOf(one).length < Math.min(round, one.capacity ?? Infinity);
    const candidates = (visit: VisitNeed) =>
      order.filter((one) => eligible(visit, one, exclusions) && !teamOf(visit).includes(one));
    let placed = 0;

    for (const visit of visits) {
      while (isShort(visit)) {
        const one = candidates(visit).find(isFree);
        if (!one) break;
        teamOf(visit).push(one);
        placed++;
      }
    }
    for (const visit of visits) {
      while (isShort(visit) && search(visit)) placed++;
    }
    if (placed === 0) break;

    function search(start: VisitNeed): boolean {
      const reachedBy = new Map<VisitNeed, PoolInspector | null>([[start, null]]);
      const reachedFrom = new Map<PoolInspector, VisitNeed>();
      const queue = [start];
      for (const visit of queue) {
        const fresh = candidates(visit).filter((one) => !reachedFrom.has(one));
        const found = fresh.find(isFree);
        if (found) {
          let [joining, to] = [found, visit];
          for (let leaving = reachedBy.get(to); leaving; leaving = reachedBy.get(to)) {
            const team = teamOf(to);
            team[team.indexOf(leaving)] = joining;
            [joining, to] = [leaving, reachedFrom.get(leaving) ?? start];
          }
          teamOf(to).push(joining);
          return true;
        }
        for (const one of fresh) reachedFrom.set(one, visit);
        for (const one of fresh) {
          for (const next of visitsOf(one)) {
            if (reachedBy.has(next)) continue;
            reachedBy.set(next, one);
            queue.push(next);
          }
        }
      }
      return false;
    }
  }
  return visits.flatMap((visit) =>
    teamOf(visit).map(({ inspector }) => ({ visit: visit.visit, department: visit.department, inspector })),
  );
}
