import { z } from 'zod';
import { calendarFeed } from '../schemas/calendar-feed';
import { endpoint } from './endpoint';

/** One's own due dates in a calendar program, by a secret address. */
export const calendarFeedContract = {
  readCalendarFeed: endpoint({
    id: 'readCalendarFeed',
    method: 'get',
    path: '/calendar-feed',
    tag: 'tasks',
    summary: '我的日历订阅',
    answer: calendarFeed,
  }),
  createCalendarFeed: endpoint({
    id: 'createCalendarFeed',
    method: 'post',
    path: '/calendar-feed',
    tag: 'tasks',
    summary: '开通日历订阅，或更换地址（原地址立即失效）',
    answer: calendarFeed,
    status: 201,
  }),
  revokeCalendarFeed: endpoint({
    id: 'revokeCalendarFeed',
    method: 'delete',
    path: '/calendar-feed',
    tag: 'tasks',
    summary: '停用日历订阅',
    answer: null,
    status: 204,
  }),
  readCalendar: endpoint({
    id: 'readCalendar',
    method: 'get',
    path: '/calendar/{token}/tasks.ics',
    tag: 'tasks',
    summary: '到期日历（iCalendar），凭秘密地址读取',
    params: z.object({ token: z.string().regex(/^[\w-]{20,100}$/, '地址不完整') }),
    answer: null,
    file: 'text/calendar; charset=utf-8',
  }),
};
