/** What is launched at once: a line, or the lines that were joined. */
import { commonWindow } from './adviser';

export interface UnitLine {
  id: number;
  department: string;
  joint_id: number | null;
  lead_department: string | null;
  window_from: string;
  window_to: string;
}

export interface LaunchUnit<L> {
  /** Who answers for it. */
  lead: string;
  /** The lead's first. */
  lines: [L, ...L[]];
  windowFrom: string;
  windowTo: string;
}

/** In the order in which the first of each comes. */
export function launchUnits<L extends UnitLine>(lines: readonly L[]): LaunchUnit<L>[] {
  const units = new Map<string, L[]>();
  for (const line of lines) {
    const key = line.joint_id === null ? `line/${line.id}` : `joint/${line.joint_id}`;
    units.set(key, [...(units.get(key) ?? []), line]);
  }
  return [...units.values()].flatMap((own) => {
    const lead = own[0]?.lead_department ?? own[0]?.department ?? '';
    const [first, ...others] = [
      ...own.filter((line) => line.department === lead),
      ...own.filter((line) => line.department !== lead),
    ];
    if (!first) return [];
    const windows = own.map((line) => ({ windowFrom: line.window_from, windowTo: line.window_to }));
    return [{ lead, lines: [first, ...others], ...commonWindow(windows) }];
  });
}
