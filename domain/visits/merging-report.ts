/** What one visit for all saved against every department drawing for itself, in numbers and in a sentence (plan 3.6). */
import { apartSeed } from '../draw/apart';

/** What was counted of the draw and of the departments' draws apart. */
export interface MergingCounts {
  visits: number;
  /** Entities that the departments would have visited, and how many of them as often as that. */
  timesApart: { times: number; entities: number }[];
  departments: { code: string; teamSize: number; visits: number; visitsApart: number }[];
  lines: {
    item: string;
    stratum: string;
    size: number;
    ratio_ppm: number;
    minimum: number;
    sample: number;
    drawn: number;
  }[];
}

export function mergingReport(counts: MergingCounts, seed: string) {
  const departments = counts.departments.map(({ code, teamSize, visits, visitsApart }) => ({
    ...{ code, teamSize, visits, visitsApart },
    personVisits: visits * teamSize,
    personVisitsApart: visitsApart * teamSize,
    seedApart: apartSeed(seed, code),
  }));
  const total = (of: (one: (typeof departments)[number]) => number) =>
    departments.reduce((sum, one) => sum + of(one), 0);
  const visitsApart = total((one) => one.visitsApart);
  return {
    seed,
    visits: counts.visits,
    visitsApart,
    saved: visitsApart - counts.visits,
    entitiesApart: counts.timesApart.reduce((sum, one) => sum + one.entities, 0),
    timesApart: counts.timesApart,
    personVisits: total((one) => one.personVisits),
    personVisitsApart: total((one) => one.personVisitsApart),
    departments,
    lines: counts.lines.map(({ ratio_ppm, ...line }) => ({
      ...line,
      ratioPpm: ratio_ppm,
      met: line.drawn === line.sample,
    })),
    sentence: sentenceOf(counts, visitsApart),
  };
}

function sentenceOf({ visits, timesApart, departments }: MergingCounts, visitsApart: number): string {
  const often = timesApart.filter((one) => one.times > 1).reduce((sum, one) => sum + one.entities, 0);
  const saved = visitsApart - visits;
  const apart =
    `若 ${departments.length} 个部门按同样的比例各抽各的、各去各的，要上门 ${visitsApart} 次` +
    (often > 0 ? `，其中 ${often} 户会被查两次以上` : '');
  const merged = `现在合并为 ${visits} 户、每户一次`;
  if (saved <= 0) return `${apart}；${merged}。`;
  const share = Math.round((saved / visitsApart) * 100);
  return `${apart}；${merged}，少上门 ${saved} 次（${share}%）。`;
}
