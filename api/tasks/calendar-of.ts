import ical, { ICalEventStatus, type ICalEventData } from 'ical-generator';
import type { FeedTask } from '../../db/calendar-feeds';
import type { TaskRow } from '../../db/task-views';
import { dayOf } from '../../domain/deadlines/working-days';
import { taskLabel } from '../../domain/notices/kinds';
import { isOpen, titleOf } from './task-of';

interface Known {
  row: TaskRow;
  feed: FeedTask;
  /** Whose it is, where the reader stands in for them. */
  onBehalfOf: string | null;
}

/**
 * Tasks as days in a calendar. The same tasks give the same bytes: times are those of the last change, and what ended
 * is cancelled under a higher number, so that programs take it away.
 */
export function calendarOf(owner: string, tasks: readonly Known[], publicUrl: string): string {
  const host = new URL(publicUrl).hostname;
  const calendar = ical({
    name: `一次查：${owner}的任务`,
    prodId: { company: 'OneVisit', product: 'tasks', language: 'ZH' },
    ttl: 3600,
  });
  for (const known of tasks) calendar.createEvent(eventOf(known, host, publicUrl));
  return calendar.toString();
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
