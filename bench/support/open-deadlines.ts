/** A campaign to which very many tasks are owed, a few of which have just reached a step of their deadline. */
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Knex } from 'knex';
import { connect } from '../../db/connect';
import { migrate } from '../../db/migrate';
import { passSteps } from '../../db/sweep';
import { readCampaign } from '../../db/campaigns';
import { stepTimes } from '../../domain/deadlines/due';
import { CITY_POLICY } from '../../domain/deadlines/policy';
import { calendarOf, instantOf, shift } from '../../domain/deadlines/working-days';
import { embeddedDatabaseUrl } from '../../server/connections';
import { ensureSecrets, homePaths } from '../../server/home';
import { startPostgres } from '../../server/services/postgres';
import { buildCampaign } from '../../test/support/build-campaign';
import { buildCity } from '../../test/support/build-city';
import { scratchConfig } from '../../test/integration/server/scratch-config';

export const DUE = 10_000;
/** People whose the due tasks are: each is told. */
const PEOPLE = 500;
const TODAY = '2026-04-15';

export interface OpenDeadlines {
  db: Knex;
  code: string;
  campaignId: number;
  now: Date;
  postmaster: number;
  /** As before the sweep. */
  reset: () => Promise<void>;
  countMoved: () => Promise<number>;
  planOf: (sql: string) => Promise<string>;
  plansOfOurs: string[];
  close: () => Promise<void>;
}

/** As many tasks as `size`, `DUE` a day over the days to come; those of the first day are due today. */
export async function startDeadlines(size: number): Promise<OpenDeadlines> {
  const config = await scratchConfig();
  // The server runs as another user where this runs as root.
  chmodSync(config.home, 0o755);
  const service = await startPostgres(config, () => undefined);
  const db = connect(embeddedDatabaseUrl(config, ensureSecrets(config.home), 'onevisit'));
  await migrate(db);
  const now = instantOf(TODAY, '08:21');
  const city = await buildCity(db, { entities: 1 });
  const code = await buildCampaign(db, city);
  const campaign = await readCampaign(db, code);
  await addPeople(db);
  await addTasks(db, campaign.id, size);
  await db.raw('vacuum analyze tasks');
  await db.raw('vacuum analyze deadlines');
  const pidFile = path.join(homePaths(config.home).postgres, 'postmaster.pid');
  const bindings = { campaign: campaign.id, now };
  const plans = await plansOfOurs(db, code, now);
  return {
    db,
    code,
    campaignId: campaign.id,
    now,
    postmaster: Number(readFileSync(pidFile, 'utf8').split('\n')[0]),
    reset: async () => {
      await db.raw('truncate notices, task_steps, urging_order_tasks cascade');
      await db.raw('update tasks set step_done = 1 where step_done = 2');
      await db.raw('vacuum tasks');
      await db.raw('checkpoint');
    },
    countMoved: async () => {
      const [row] = await db('tasks').where({ step_done: 2 }).count<{ n: number }[]>({ n: '*' });
      return row?.n ?? 0;
    },
    planOf: (sql) => explain(db, sql, bindings),
    plansOfOurs: plans,
    close: async () => {
      await db.destroy();
      await service.stop();
      rmSync(config.home, { recursive: true, force: true });
    },
  };
}

async function addPeople(db: Knex): Promise<void> {
  await db.raw(
    `insert into users (username, name, password_hash) select 'person-' || n, '人员' || n, '-'
       from generate_series(1, ?) n`,
    [PEOPLE],
  );
}

async function addTasks(db: Knex, campaignId: number, size: number): Promise<void> {
  const calendar = calendarOf([]);
  for (let at = 0, day = TODAY; at < size; at += DUE, day = shift(day, 1)) {
    const dueAt = instantOf(day, '23:59:59');
    const [deadline] = await db('deadlines')
      .insert({
        campaign_id: campaignId,
        due_at: dueAt,
        provisional: false,
        // A due date is computed again in each sweep: it comes to the same day.
        basis: JSON.stringify({ from: instantOf(day, '12:00').toISOString(), amount: 0 }),
      })
      .returning<{ id: number }[]>('id');
    await db('deadline_steps').insert(
      stepTimes(CITY_POLICY, calendar, dueAt).map((step) => ({ deadline_id: deadline?.id, ...step })),
    );
    await db.raw(
      `insert into tasks (key, kind, campaign_id, department_code, assignee_id, deadline_id, step_done)
       select 'bench/' || :at + n, 'results', :campaign, (array['SCJG', 'WJW', 'XFJ'])[1 + n % 3],
              (select min(id) from users where username like 'person-%') + n % :people, :deadline, 1
         from generate_series(1, :rows) n`,
      {
        at,
        campaign: campaignId,
        people: PEOPLE,
        deadline: deadline?.id ?? 0,
        rows: Math.min(DUE, size - at),
      },
    );
  }
}

/** Of the statements that touch tasks in the first sweep. */
async function plansOfOurs(db: Knex, code: string, now: Date): Promise<string[]> {
  const campaign = await readCampaign(db, code);
  const plans: string[] = [];
  const noted: { sql: string; bindings: unknown[] }[] = [];
  const note = (query: { sql: string; bindings: unknown[] }) => noted.push(query);
  await db
    .transaction(async (trx) => {
      trx.on('query', note);
      await passSteps(trx, campaign, now);
      throw new RolledBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof RolledBack)) throw error;
    });
  // Of its end nothing can be explained.
  for (const { sql, bindings } of noted.filter((one) => /\btasks\b/.test(one.sql))) {
    plans.push(await explain(db, sql, bindings));
  }
  return plans;
}

class RolledBack extends Error {}

/** Carried out, and taken back. */
async function explain(db: Knex, sql: string, bindings: unknown): Promise<string> {
  const lines: string[] = [];
  const { acquireConnection, releaseConnection } = db.client as {
    acquireConnection: () => Promise<Connection>;
    releaseConnection: (connection: Connection) => void;
  };
  const connection = await acquireConnection.call(db.client);
  try {
    const native = Array.isArray(bindings)
      ? { sql, bindings }
      : db
          .raw(sql, bindings as Record<string, Knex.Value>)
          .toSQL()
          .toNative();
    await connection.query('begin', []);
    const { rows } = await connection.query(
      `explain (analyze, timing off, summary off) ${native.sql}`,
      native.bindings as unknown[],
    );
    lines.push(...rows.map((row) => row['QUERY PLAN']));
    await connection.query('rollback', []);
  } finally {
    releaseConnection.call(db.client, connection);
  }
  return lines.join('\n');
}

interface Connection {
  query: (sql: string, values: unknown[]) => Promise<{ rows: { 'QUERY PLAN': string }[] }>;
}
