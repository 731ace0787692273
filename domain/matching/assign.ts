import { inspectorTicket } from '../draw/tickets';
import { FreeInspectors } from './free-inspectors';
import { KindOrder } from './kind-order';
import { Search } from './search';
import type { Staffing } from './staffing';
import { Teams } from './teams';
import { ticketOrder } from './ticket-order';

/**
 * The teams of one department, in rounds (docs/matching.md): in round 1 everybody may take one visit, in round 2
 * a second one, and so on, each as far as capacity allows. A round fills as many slots as it can, so that nobody
 * takes another visit while someone else could have taken it instead.
 */
export function assign(staffing: Staffing, seed: string): Teams {
  const { visits, inspectors, capacity } = staffing;
  const teams = new Teams(staffing);
  const free = new FreeInspectors(staffing, teams);
  const kindOrder = new KindOrder(staffing);
  const search = new Search(staffing, teams, kindOrder);
  const isShort = (visit: number) => teams.missing(visit) > 0;
  let short = [...visits.keys()].filter(isShort);
  // Whom a search in vain has not reached can't help any visit that is still short: not in a later round either.
  let concerned = eligibleForAny(staffing);
  for (let round = 1; short.length > 0; round++) {
    const able = concerned.filter((one) => teams.load[one] === round - 1 && capacity[one]! >= round);
    if (able.length === 0) break;
    // Nobody serves a visit twice, so there are never more rounds than visits.
    const { code, department } = visits[round - 1]!;
    const ticketOf = (one: number) => inspectorTicket(seed, code, department, inspectors[one]!.inspector);
    const order = ticketOrder(able, ticketOf);
    free.beginRound(order);
    let at = 0;
    for (; at < short.length && free.count > 0; at++) seat(short[at]!, teams, free);
    short = short.slice(0, at).filter(isShort).concat(short.slice(at));
    if (short.length === 0 || free.count === 0) continue;

    kindOrder.beginRound(able.length === concerned.length ? order : ticketOrder(concerned, ticketOf));
    search.beginRound();
    for (const visit of short) {
      while (free.count > 0 && isShort(visit) && search.fill(visit, free));
    }
    short = short.filter(isShort);
    if (free.count > 0) concerned = search.inspectorsInVain();
  }
  return teams;
}

/** Those with the lowest tickets who are free. */
function seat(visit: number, teams: Teams, free: FreeInspectors): void {
  while (free.count > 0 && teams.missing(visit) > 0) {
    const inspector = free.first(visit);
    if (inspector < 0) return;
    free.take(inspector);
    teams.add(visit, inspector);
  }
}

function eligibleForAny({ inspectors, classOf, members, classesOf }: Staffing): number[] {
  const serving = new Uint8Array(members.start.length - 1);
  for (const one of classesOf.items) serving[one] = 1;
  return [...inspectors.keys()].filter((one) => serving[classOf[one]!] === 1);
}
