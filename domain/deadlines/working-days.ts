/**
 * Chinese working days: the State Council's arrangement with its make-up days (package `chinese-days`), corrected by
 * what a city adds. All days are those of Asia/Shanghai, which has had no summer time since 1991.
 */
import chineseDays from 'chinese-days';

export interface CalendarCorrection {
  /** YYYY-MM-DD */
  date: string;
  kind: 'holiday' | 'workday';
}

export interface Calendar {
  isWorkingDay(day: string): boolean;
  /** Whether the arrangement of the year is known; before, its days are provisional. */
  isAnnounced(year: number): boolean;
}

const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;
/** Of 全国年节及纪念日放假办法: days off in every year, whatever the arrangement says around them. */
const FIXED_DAYS_OFF = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'];

export function calendarOf(corrections: readonly CalendarCorrection[]): Calendar {
  const corrected = new Map(corrections.map(({ date, kind }) => [date, kind === 'workday']));
  const announced = new Map<number, boolean>();
  const isAnnounced = (year: number): boolean => {
    let known = announced.get(year);
    if (known === undefined) {
      known = chineseDays.getHolidaysInRange(`${year}-01-01`, `${year}-12-31`, false).length > 0;
      announced.set(year, known);
    }
    return known;
  };
  return {
    isAnnounced,
    isWorkingDay: (day) => {
      const byCity = corrected.get(day);
      if (byCity !== undefined) return byCity;
      if (isAnnounced(Number(day.slice(0, 4)))) return chineseDays.isWorkday(day);
      return (
        !FIXED_DAYS_OFF.includes(day.slice(5)) && ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
      );
    },
  };
}

/**
 * The n-th working day after a day (before it where n is negative; the day itself where n is 0). `provisional` where
 * the count passed through a year that is not announced yet.
 */
export function addWorkingDays(
  calendar: Calendar,
  day: string,
  n: number,
): { day: string; provisional: boolean } {
  const direction = Math.sign(n);
  let at = day;
  let provisional = !calendar.isAnnounced(Number(day.slice(0, 4)));
  for (let left = Math.abs(n); left > 0;) {
    at = shift(at, direction);
    provisional ||= !calendar.isAnnounced(Number(at.slice(0, 4)));
    if (calendar.isWorkingDay(at)) left -= 1;
  }
  return { day: at, provisional };
}

/** Working days from one day to another: after the first, the second included; negative where it is before. */
export function workingDaysBetween(calendar: Calendar, from: string, to: string): number {
  if (to < from) return -workingDaysBetween(calendar, to, from) || 0;
  let count = 0;
  for (let day = shift(from, 1); day <= to; day = shift(day, 1)) if (calendar.isWorkingDay(day)) count += 1;
  return count;
}

/** The city's day of an instant. */
export const dayOf = (instant: Date): string =>
  new Date(instant.getTime() + SHANGHAI_MS).toISOString().slice(0, 10);

/** The instant of a local time `HH:MM` or `HH:MM:SS` on a day. */
export const instantOf = (day: string, time: string): Date => new Date(`${day}T${time}+08:00`);

/** The day after, or before. */
export const shift = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** When a day is over: what happened before this is of the day or of one before it. */
export const endOf = (day: string): Date => instantOf(shift(day, 1), '00:00');
