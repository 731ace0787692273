/** On which day the departments of a visit go together (plan 3.6; domain guide, section 3, "Visits and results"). */
import type { FieldProblem } from '../errors';

export const DAY_PARTS = ['morning', 'afternoon', 'day'] as const;

export type DayPart = (typeof DAY_PARTS)[number];

export const DAY_PART_LABELS: Record<DayPart, string> = { morning: '上午', afternoon: '下午', day: '全天' };

/** Local times, for calendars. */
export const DAY_PART_HOURS: Record<DayPart, [from: string, until: string]> = {
  morning: ['08:30', '12:00'],
  afternoon: ['14:00', '18:00'],
  day: ['08:30', '18:00'],
};

export const isSameTime = (one: DayPart, other: DayPart): boolean =>
  one === other || one === 'day' || other === 'day';

/** `第 3 户` says nothing of when: `2026-03-02 上午` does. */
export const dayText = (day: string, part: DayPart): string => `${day} ${DAY_PART_LABELS[part]}`;

interface Wish {
  day: string;
  reason: string;
  today: string;
  visitFrom: string;
  visitTo: string;
  isWorkingDay: (day: string) => boolean;
  /** Another day stands already, proposed by somebody. */
  replaces: boolean;
}

/** What keeps a day from being proposed; a day off and another day than the one that stands have a reason. */
export function dayProblem(wish: Wish): FieldProblem | null {
  const { day, today, visitFrom, visitTo } = wish;
  const off = (message: string): FieldProblem => ({ field: 'day', message });
  if (day < today) return off(`${day} 已过。`);
  if (day < visitFrom || day > visitTo)
    return off(`检查应在任务规定的 ${visitFrom} 至 ${visitTo} 之间进行，${day} 不在其中。`);
  if (wish.reason !== '') return null;
  if (!wish.isWorkingDay(day))
    return { field: 'reason', message: `${day} 不是工作日：确需当日上门的，请写明理由。` };
  return wish.replaces ? { field: 'reason', message: '另提日期的，请写明理由。' } : null;
}

/** The lead department proposes first; where it has no item at the entity, the first of those that have. */
export const firstProposer = (departments: readonly string[], lead: string): string | null =>
  departments.includes(lead) ? lead : ([...departments].sort()[0] ?? null);

/** Whose agreement is still awaited; a day is fixed when nobody's is. */
export const awaitedDepartments = (departments: readonly string[], agreed: readonly string[]): string[] =>
  departments.filter((department) => !agreed.includes(department));

export interface InspectorDay {
  code: string;
  name: string;
  department: string;
  certificateValidUntil: string;
  status: string;
  /** A delegation covers the day: somebody stands in at the desk, nobody at an entity's door. */
  isAway: boolean;
  others: readonly { visit: number; campaign: string; entity: string; part: DayPart }[];
}

export const CONFLICT_KINDS = ['other-visit', 'away', 'certificate'] as const;

export interface DayConflict {
  kind: (typeof CONFLICT_KINDS)[number];
  inspector: string;
  name: string;
  department: string;
  text: string;
}

/** Why somebody of the team can't come at that time. They are shown and don't forbid: a replacement may be on its way. */
export function conflictsOf(day: string, part: DayPart, team: readonly InspectorDay[]): DayConflict[] {
  return team.flatMap((one) => {
    const as = (kind: DayConflict['kind'], text: string): DayConflict => ({
      ...{ kind, inspector: one.code, name: one.name, department: one.department, text },
    });
    return [
      ...one.others
        .filter((other) => isSameTime(part, other.part))
        .map((other) =>
          as(
            'other-visit',
            `${one.name}当日${DAY_PART_LABELS[other.part]}已定去“${other.entity}”（${other.campaign} 第 ${other.visit} 户）。`,
          ),
        ),
      ...(one.isAway || one.status !== 'active' ? [as('away', `${one.name}当日请假或不在岗。`)] : []),
      ...(one.certificateValidUntil < day
        ? [as('certificate', `${one.name}的执法证件于 ${one.certificateValidUntil} 到期，当日不能参加检查。`)]
        : []),
    ];
  });
}
