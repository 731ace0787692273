/** What the tests read of the reports. */
export interface Coverage {
  draws: number;
  cells: {
    region: { code: string };
    drawClass: string;
    entities: number;
    populations: number;
    drawn: number;
    visited: number;
    neverDrawn: number;
  }[];
  items: { item: { code: string }; entities: number; populations: number; drawn: number }[];
  departments: { department: { code: string }; entities: number; populations: number; drawn: number }[];
  neverDrawn: { creditCode: string; establishedOn: string }[];
}
export interface Chance {
  draws: { campaign: { code: string }; sample: number }[];
  entities: number;
  groups: {
    kind: string;
    group: { code: string; name: string };
    chances: number;
    observed: number;
    expected: number;
    tail: number | null;
    isBroken: boolean;
  }[];
  times: { times: number; observed: number; expected: number }[];
}
export interface Inspectors {
  rows: { inspector: string; observed: number; expected: number; low: number; high: number }[];
}
interface Compared {
  observed: number;
  usual: number;
  days: number;
  isFlagged: boolean;
}
export interface Grooming {
  freezes: { campaign: { code: string }; measures: Record<string, Compared>; isOpen: boolean }[];
  absences: {
    campaign: { code: string };
    creditCode: string;
    reachBefore: number;
    reachDuring: number;
    during: { presence: string; drawClass: string };
  }[];
  absencesLeftOut: number;
}
