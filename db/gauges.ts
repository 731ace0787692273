/** What the database says of how far the system is behind, for those who watch it. */
import type { Knex } from 'knex';

export interface Gauges {
  /** By channel and status: what waits, and what came to nothing. */
  mails: { channel: string; status: string; count: number }[];
  noticesWaiting: number;
  /** Since the oldest notice was due that is in no digest yet; 0 where none is. */
  noticeDelaySeconds: number;
  tasksOverdue: number;
  /** Since the oldest reminder, overdue notice or urging order was due that no sweep has dealt with. */
  sweepDelaySeconds: number;
  auditHead: number;
  /** Since the oldest entry that has no place in the chain yet. */
  auditDelaySeconds: number;
  /** Since the audit log was gone through, and what was wrong then; null: never yet. */
  auditCheckSeconds: number | null;
  auditProblems: number | null;
  /** The archiver of PostgreSQL failed, and has not archived since. */
  archiveFailing: boolean;
}

/** Only indexes of what is open are read, however much there was before. */
export async function readGauges(db: Knex): Promise<Gauges> {
  const { rows } = await db.raw<{ rows: Gauges[] }>(`
    select
      (select coalesce(jsonb_agg(m), '[]') from (
         select channel, status, count(*)::int as count from mails where status in ('created', 'sending') group by 1, 2
         union all
         select channel, status, count(*)::int from mails
          where status in ('temporary-failure', 'permanent-failure', 'technical-failure') group by 1, 2) m) as mails,
      (select count(*)::int from notices where mail_id is null and not unmailable) as "noticesWaiting",
      coalesce((select extract(epoch from now() - min(not_before))::float8 from notices
                 where mail_id is null and not unmailable and not_before <= now()), 0) as "noticeDelaySeconds",
      (select count(*)::int from tasks t join deadlines d on d.id = t.deadline_id
        where t.done_at is null and t.cancelled_at is null and d.due_at < now()) as "tasksOverdue",
      coalesce((select extract(epoch from now() - min(s.at))::float8 from deadline_steps s
                 where s.at <= now() and exists (
                   select from tasks t where t.deadline_id = s.deadline_id and t.step_done < s.step
                                         and t.done_at is null and t.cancelled_at is null)), 0) as "sweepDelaySeconds",
      coalesce((select max(seq) from audit_log), 0)::float8 as "auditHead",
      coalesce((select extract(epoch from now() - a.at)::float8 from audit_log a
                 where a.seq = (select min(seq) from audit_pending)), 0) as "auditDelaySeconds",
      (select extract(epoch from now() - at)::float8 from audit_checks order by id desc limit 1) as "auditCheckSeconds",
      (select jsonb_array_length(problems) from audit_checks order by id desc limit 1) as "auditProblems",
      (select coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false)
         from pg_stat_archiver) as "archiveFailing"`);
  const [gauges] = rows;
  if (!gauges) throw new Error('the gauges gave no row');
  return gauges;
}
