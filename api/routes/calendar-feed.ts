import { createHash } from 'node:crypto';
import { appendAudit } from '../../db/audit';
import { dropFeed, ownerOfFeed, readFeed, readFeedTasks, storeFeed } from '../../db/calendar-feeds';
import { listStoodInFor } from '../../db/delegations';
import { listTasks } from '../../db/task-views';
import { listPlannedVisits } from '../../db/visit-days';
import { dayOf, shift } from '../../domain/deadlines/working-days';
import { notFound } from '../../domain/errors';
import { calendarFeedContract as contract } from '../contract/calendar-feed';
import { FileAnswer, implement } from '../implement';
import { hashToken, newToken } from '../middleware/session-cookie';
import { calendarOf } from '../tasks/calendar-of';

const MOST_TASKS = 1000;
const KEPT_DAYS = 30;
const COMING_DAYS = 366;

export const calendarFeedRoutes = [
  implement(contract.readCalendarFeed, async ({ actor }, { db }) => ({
    since: (await readFeed(db, actor.id))?.toISOString() ?? null,
    url: null,
  })),

  implement(contract.createCalendarFeed, async ({ actor, address, requestId }, { db, now, settings }) => {
    const token = newToken();
    const at = now();
    await db.transaction(async (trx) => {
      await storeFeed(trx, { userId: actor.id, tokenHash: hashToken(token), at });
      await appendAudit(trx, {
        ...{ actorId: actor.id, action: 'calendar-feed.create', subject: `user/${actor.username}` },
        ...{ address, requestId },
      });
    });
    return { since: at.toISOString(), url: `${settings.publicUrl}/api/v1/calendar/${token}/tasks.ics` };
  }),

  implement(contract.revokeCalendarFeed, async ({ actor, address, requestId }, { db }) => {
    await db.transaction(async (trx) => {
      await dropFeed(trx, actor.id);
      await appendAudit(trx, {
        ...{ actorId: actor.id, action: 'calendar-feed.revoke', subject: `user/${actor.username}` },
        ...{ address, requestId },
      });
    });
    return undefined;
  }),

  implement(contract.readCalendar, async ({ params }, { db, now, settings }) => {
    const owner = await ownerOfFeed(db, hashToken(params.token));
    if (!owner) throw notFound('calendar-not-found', '这个日历地址不存在或已停用：请登录后重新开通。');
    const standsInFor = await listStoodInFor(db, owner.id, dayOf(now()));
    const since = new Date(now().getTime() - KEPT_DAYS * 86_400_000);
    const people = [owner.id, ...standsInFor];
    const tasks = [];
    for (const feed of await readFeedTasks(db, people, since, MOST_TASKS)) {
      const [row] = await listTasks(db, {
        ...{ id: feed.id, state: 'any', limit: 1, now: now() },
        own: { userId: owner.id, standsInFor },
      });
      if (row) tasks.push({ row, feed, onBehalfOf: row.assignee_id === owner.id ? null : row.assignee });
    }
    const today = dayOf(now());
    const visits = await listPlannedVisits(
      db,
      { userId: owner.id, departments: [], areas: [] },
      { from: shift(today, -KEPT_DAYS), to: shift(today, COMING_DAYS), limit: MOST_TASKS },
    );
    const content = Buffer.from(calendarOf(owner.name, tasks, visits, settings.publicUrl));
    const sha256 = createHash('sha256').update(content).digest('hex');
    return new FileAnswer(content, 'tasks.ics', { sha256, size: content.length, mayChange: true });
  }),
];
