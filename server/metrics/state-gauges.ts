/** What the database and the backups say, asked for when a scraper comes, and not more often than it makes sense. */
import type { Knex } from 'knex';
import { Gauge, type Registry } from 'prom-client';
import { readGauges, type Gauges } from '../../db/gauges';

/** Two scrapers, or an impatient one, cost the database no more than one. */
const FRESH_MS = 10_000;
const PATIENCE_MS = 5000;

export function stateGauges(registry: Registry, db: Knex, backedUpAt: () => Date | null): void {
  const registers = [registry];
  const ask = keptFor(FRESH_MS, () => readWithin(PATIENCE_MS, db));
  const up = new Gauge({
    name: 'onevisit_database_up',
    help: '1 where the database answered',
    registers,
    collect: async () => {
      up.set((await ask()) === null ? 0 : 1);
    },
  });
  const single = (name: string, help: string, read: (gauges: Gauges) => number | null) => {
    const gauge = new Gauge({
      name,
      help,
      registers,
      collect: async () => {
        const gauges = await ask();
        const value = gauges && read(gauges);
        // No figure is better than an old one.
        if (value === null) gauge.reset();
        else gauge.set(value);
      },
    });
  };
  const mails = new Gauge({
    name: 'onevisit_mails',
    help: 'Digests that wait or came to nothing, by channel and status',
    labelNames: ['channel', 'status'],
    registers,
    collect: async () => {
      mails.reset();
      for (const { count, ...labels } of (await ask())?.mails ?? []) mails.set(labels, count);
    },
  });
  single('onevisit_notices_waiting', 'Notices that are in no digest yet', (all) => all.noticesWaiting);
  single(
    'onevisit_notice_delay_seconds',
    'Since the oldest due notice should be in a digest',
    (all) => all.noticeDelaySeconds,
  );
  single('onevisit_tasks_overdue', 'Open tasks past their deadline', (all) => all.tasksOverdue);
  single(
    'onevisit_sweep_delay_seconds',
    'Since the oldest due step of a deadline should be swept',
    (all) => all.sweepDelaySeconds,
  );
  single('onevisit_audit_head', 'Number of the newest entry of the audit log', (all) => all.auditHead);
  single(
    'onevisit_audit_delay_seconds',
    'Since the oldest entry that has no place in the chain yet',
    (all) => all.auditDelaySeconds,
  );
  single(
    'onevisit_audit_check_age_seconds',
    'Since the whole audit log was checked',
    (all) => all.auditCheckSeconds,
  );
  single('onevisit_audit_problems', 'Of the last check of the audit log', (all) => all.auditProblems);
  single('onevisit_wal_archive_failing', '1 where PostgreSQL cannot archive its log', (all) =>
    all.archiveFailing ? 1 : 0,
  );
  const backup = new Gauge({
    name: 'onevisit_backup_age_seconds',
    help: 'Since the newest complete backup; absent where there is none',
    // A label that is never set: without one, a gauge that is not set would show as 0.
    labelNames: ['kind'],
    registers,
    collect: () => {
      const at = backedUpAt();
      backup.reset();
      if (at) backup.set({ kind: 'base' }, (Date.now() - at.getTime()) / 1000);
    },
  });
}

/** null where the database does not answer in time. */
async function readWithin(ms: number, db: Knex): Promise<Gauges | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => {
      resolve(null);
    }, ms);
  });
  try {
    return await Promise.race([readGauges(db).catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}

function keptFor<T>(ms: number, read: () => Promise<T>): () => Promise<T> {
  let last: { at: number; value: Promise<T> } | null = null;
  return () => {
    if (!last || Date.now() - last.at > ms) last = { at: Date.now(), value: read() };
    return last.value;
  };
}
