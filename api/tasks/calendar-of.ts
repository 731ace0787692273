import ical, { ICalAlarmType, ICalEventStatus, type ICalEventData } from 'ical-generator';
import type { FeedTask } from '../../db/calendar-feeds';
import type { TaskRow } from '../../db/task-views';
import type { PlannedVisitRow } from '../../db/visit-days';
import { dayOf, instantOf } from '../../domain/deadlines/working-days';
import { taskLabel } from '../../domain/notices/kinds';
import { DAY_PART_HOURS } from '../../domain/visits/visit-days';
import { isOpen, titleOf } from './task-of';

interface Known {
  row: TaskRow;
  feed: FeedTask;
  /** Whose it is, where the reader stands in for them. */
  onBehalfOf: string | null;
}

/**
 * Tasks as days in a calendar, visits as the hours that are set for them. The same tasks give the same bytes: times are those of the last change, and what ended
 * is cancelled under a higher number, so that programs take it away.
 */
export function calendarOf(
  owner: string,
  tasks: readonly Known[],
  visits: readonly PlannedVisitRow[],
  publicUrl: string,
): string {
  const host = new URL(publicUrl).hostname;
  const calendar = ical({
    // The library folds the name of a calendar and does not escape it.
    name: `一次查：${owner.replace(/\p{Cc}+/gu, ' ')}的任务`,
    prodId: { company: 'OneVisit', product: 'tasks', language: 'ZH' },
    ttl: 3600,
  });
  for (const known of tasks) calendar.createEvent(eventOf(known, host, publicUrl));
  for (const visit of visits) {
    const event = visitEventOf(visit, host, publicUrl);
    if (event) calendar.createEvent(event);
  }
  // The last line ends as the others do (RFC 5545, 3.1), which the library leaves out.
  return `${calendar.toString()}\r\n`;
}

function eventOf({ row, feed, onBehalfOf }: Known, host: string, publicUrl: string): ICalEventData {
  const open = isOpen(row);
  const day = new Date(`${dayOf(row.due_at)}T00:00:00Z`);
  return {
    id: `task-${row.id}@${host}`,
    sequence: feed.moves * 2 + (open ? 0 : 1),
    stamp: feed.changed_at,
    lastModified: feed.changed_at,
    created: row.created_at,
    ...(row.unit === 'working-days' ? { start: day, allDay: true } : { start: row.due_at, end: row.due_at }),
    summary: `${onBehalfOf === null ? '' : `（代${onBehalfOf}）`}${titleOf(row)}`,
    description: [
      `${taskLabel(row.kind)}，${row.department_name}`,
      row.campaign_name ?? `${row.plan_year ?? ''} 年度抽查计划`,
      ...(row.provisional ? ['到期日涉及尚未公布的节假日安排，公布后自动重算。'] : []),
    ].join('\n'),
    url: `${publicUrl}/tasks/${row.id}`,
    status: open ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
  };
}

/** A day that is only proposed is tentative; the reminder comes a day before. */
function visitEventOf(visit: PlannedVisitRow, host: string, publicUrl: string): ICalEventData | null {
  const { id, number, day, part, changed_at: changedAt } = visit;
  if (day === null || part === null || changedAt === null) return null;
  const [from, until] = DAY_PART_HOURS[part];
  return {
    id: `visit-${id}@${host}`,
    sequence: visit.proposals * 2 + (visit.fixed ? 1 : 0),
    stamp: changedAt,
    lastModified: changedAt,
    start: instantOf(day, from),
    end: instantOf(day, until),
    summary: `${visit.fixed ? '' : '（待定）'}上门检查：${visit.entity_name}`,
    location: visit.address,
    description: [
      `${visit.campaign_name}，第 ${number} 户`,
      visit.inspectors.map((one) => one.name).join('、'),
    ].join('\n'),
    url: `${publicUrl}/visits/${id}`,
    status: visit.fixed ? ICalEventStatus.CONFIRMED : ICalEventStatus.TENTATIVE,
    ...(visit.finished_at === null
      ? { alarms: [{ type: ICalAlarmType.display, trigger: 86_400, description: '明日上门检查' }] }
      : {}),
  };
}
