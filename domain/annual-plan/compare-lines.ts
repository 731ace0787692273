/** What an amendment changes of the lines of a plan (plan 3.4). */

export interface ComparableLine {
  /** The same in every version. */
  origin: number;
  item: string;
  region_codes: readonly string[];
  ratio_ppm: number | null;
  window_from: string;
  window_to: string;
  note: string;
  joint_id: number | null;
  lead_department: string | null;
}

export const PLAN_FIELDS = ['item', 'regions', 'ratio', 'window', 'joint', 'note'] as const;
export type PlanField = (typeof PLAN_FIELDS)[number];

export interface LineChanges<L> {
  added: L[];
  changed: { before: L; after: L; fields: PlanField[] }[];
  withdrawn: L[];
}

export function compareLines<L extends ComparableLine>(
  before: readonly L[],
  after: readonly L[],
  about: readonly PlanField[] = PLAN_FIELDS,
): LineChanges<L> {
  const then = new Map(before.map((line) => [line.origin, line]));
  const now = new Set(after.map((line) => line.origin));
  return {
    added: after.filter((line) => !then.has(line.origin)),
    changed: after.flatMap((line) => {
      const was = then.get(line.origin);
      if (!was) return [];
      const old = textOf(was, before);
      const fresh = textOf(line, after);
      const fields = about.filter((field) => old[field] !== fresh[field]);
      return fields.length === 0 ? [] : [{ before: was, after: line, fields }];
    }),
    withdrawn: before.filter((line) => !now.has(line.origin)),
  };
}

const textOf = (line: ComparableLine, all: readonly ComparableLine[]): Record<PlanField, string> => ({
  item: line.item,
  regions: [...line.region_codes].sort().join(),
  ratio: String(line.ratio_ppm),
  window: `${line.window_from}/${line.window_to}`,
  // Who goes together, whatever number that has.
  joint:
    line.joint_id === null
      ? ''
      : [
          line.lead_department,
          ...all
            .filter((one) => one.joint_id === line.joint_id)
            .map((one) => one.origin)
            .sort((a, b) => a - b),
        ].join(),
  note: line.note,
});
