import type { Exclusion, PoolInspector } from '../../domain/draw/frozen-files';
import type { Matching, VisitNeed } from '../../domain/matching/match';

export interface Instance {
  needs: VisitNeed[];
  pool: PoolInspector[];
  exclusions: Exclusion[];
}

/** The same instance as a flow solver wants it. */
export function asGraph({ needs, pool, exclusions }: Instance): string {
  const excluded = new Set(exclusions.map((one) => `${one.inspector} ${one.code}`));
  // The instances here have at most one county per inspector, and one qualification per visit.
  const cells = new Map<string, number[]>();
  pool.forEach((one, at) => {
    for (const name of one.qualifications) {
      const cell = `${one.regions[0] ?? ''} ${name}`;
      const known = cells.get(cell);
      if (known) known.push(at);
      else cells.set(cell, [at]);
    }
  });
  const eligible = needs.map(({ code, region, qualifications: [name] }) =>
    ['', region].flatMap((area) =>
      (cells.get(`${area} ${name ?? ''}`) ?? []).filter(
        (at) => !excluded.has(`${pool[at]?.inspector ?? ''} ${code}`),
      ),
    ),
  );
  return JSON.stringify({
    teams: needs.map((need) => need.teamSize),
    capacity: pool.map((one) => one.capacity ?? needs.length),
    eligible,
  });
}

export interface Quality {
  filled: number;
  largest: number;
}

export function qualityOf({ assignments }: Matching): Quality {
  const load = new Map<string, number>();
  for (const { inspector } of assignments) load.set(inspector, (load.get(inspector) ?? 0) + 1);
  return { filled: assignments.length, largest: Math.max(0, ...load.values()) };
}

/** A province's department: two inspectors per visit, each with a county and two of fifty qualifications. */
export function provinceInstance(visits: number): Instance {
  const pick = randomNumbers(1);
  const counties = Array.from({ length: Math.max(1, Math.round(visits / 500)) }, (_, at) =>
    String(610_101 + Math.floor(at / 20) * 100 + (at % 20)),
  );
  const countyOf = () => counties[pick(counties.length)] ?? '';
  const pool = Array.from({ length: visits * 2 }, (_, at) => ({
    inspector: `I-${String(at).padStart(7, '0')}`,
    department: 'SCJG',
    regions: [countyOf()],
    qualifications: [...new Set([`q-${pick(50)}`, `q-${pick(50)}`])],
    capacity: 10,
  }));
  const needs = Array.from({ length: visits }, (_, at) => ({
    ...need(at, 2),
    region: countyOf(),
    qualifications: [`q-${pick(50)}`],
  }));
  const exclusions = Array.from({ length: Math.round(visits * 0.4) }, () => ({
    inspector: pool[pick(pool.length)]?.inspector ?? '',
    code: needs[pick(needs.length)]?.code ?? '',
    reason: '亲属',
  }));
  return { needs, pool, exclusions };
}

/** Every inspector has to work to the limit: five eligible people a visit, as many places as slots. */
export function tightInstance(visits: number): Instance {
  const pick = randomNumbers(2);
  const people = Math.ceil(visits / 5);
  const held = Array.from({ length: people }, () => new Array<string>());
  const needs = Array.from({ length: visits }, (_, at) => {
    const eligible = new Set<number>();
    while (eligible.size < Math.min(5, people)) eligible.add(pick(people));
    for (const one of eligible) held[one]?.push(`q-${at}`);
    return { ...need(at, 2), qualifications: [`q-${at}`] };
  });
  const pool = held.map((qualifications, at) => ({
    inspector: `I-${String(at).padStart(7, '0')}`,
    department: 'SCJG',
    regions: [],
    qualifications,
    capacity: 10,
  }));
  return { needs, pool, exclusions: [] };
}

const need = (at: number, teamSize: number): VisitNeed => ({
  visit: at + 1,
  code: `C-${String(at).padStart(7, '0')}`,
  region: '610101',
  department: 'SCJG',
  teamSize,
  qualifications: [],
});

/** Whole numbers below a bound, the same in every run (mulberry32). */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
