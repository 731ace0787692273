/** What the audit log costs who hands in results: the same transaction with its entry and without. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Knex } from 'knex';
import { appendAudit } from '../db/audit';
import { readPending, sealAudit } from '../db/audit-chain';
import { connect } from '../db/connect';
import { migrate } from '../db/migrate';
import { dropDrafts } from '../db/result-drafts';
import { lockVisit, readTeamMember, readVisitItems, setVisitDay, storeResults } from '../db/results';
import { finishTask } from '../db/tasks';
import { keepSealing } from '../server/audit-signing';
import { testSigner } from '../test/support/audit-signing';
import type { Bench, Contender } from './support/bench';
import { drawnCampaign, drawnCity } from './support/drawn-campaign';
import { metered } from './support/processor-time';
import { scratchServer } from './support/scratch-server';

/** Inspectors at work at the same time. */
const AT_ONCE = 8;
const VISIT_ON = '2026-11-28';

export const bench: Bench = {
  about:
    'results of visits handed in, each with its entry in the audit log, beside the same transactions without',
  sizeOf: 'visits',
  defaultSize: 5000,
  async prepare(size) {
    const server = await scratchServer();
    const db = connect(await server.create('bench'), { poolMax: AT_ONCE + 2 });
    await migrate(db);
    const city = await drawnCity(db, size);
    const campaign = await drawnCampaign(db, city, size);
    await db('campaigns').where({ code: campaign }).update({ stage: 'under_way' });
    await addTasks(db);
    const actor = city.users['lead'] ?? 0;
    const visits = await db('visits').orderBy('id').pluck<number[]>('id');
    const signing = { signer: testSigner(), folder: mkdtempSync(path.join(os.tmpdir(), 'onevisit-bench-')) };

    /** All visits once, and for ours until the last entry has its place in the chain. */
    const contender = (name: string, hasEntries: boolean): Contender => ({
      name,
      run: async () => {
        await reset(db);
        const measured = await metered(server.postmaster, async () => {
          const endSealing = hasEntries ? keepSealing(db, signing, console.error) : null;
          const queue = [...visits];
          const work = async () => {
            for (let id = queue.pop(); id !== undefined; id = queue.pop())
              await handIn(db, id, actor, hasEntries);
          };
          await Promise.all(Array.from({ length: AT_ONCE }, work));
          await endSealing?.();
          if (hasEntries) await sealAudit(db);
        });
        return { ...measured, outcome: await finishedVisits(db) };
      },
    });
    return {
      ours: contender('OneVisit, with entry, sealed and signed', true),
      peers: [contender('the same without', false)],
      check: (outcomes) => {
        for (const [name, finished] of outcomes) {
          if (finished !== size)
            throw new Error(`${name}: ${String(finished)} of ${size} visits are finished`);
        }
        return `${AT_ONCE} at once; every visit finished each time`;
      },
      close: async () => {
        const { count } = await readPending(db);
        await db.destroy();
        await server.close();
        rmSync(signing.folder, { recursive: true });
        if (count > 0) throw new Error(`${count} entries were left without a place`);
      },
    };
  },
};

/** As `PUT /visits/{id}/results` has it, without what only reads forms. */
async function handIn(db: Knex, visitId: number, actorId: number, hasEntry: boolean): Promise<void> {
  await db.transaction(async (trx) => {
    const visit = await lockVisit(trx, visitId);
    const items = await readVisitItems(trx, visitId);
    await readTeamMember(trx, visitId, actorId);
    const at = new Date();
    const results = items.map(({ item_code: item }) => ({
      ...{ item, resultCode: 1, opinion: '', answers: { 'license-shown': true, note: '符合要求' } },
    }));
    await storeResults(trx, visitId, results, actorId, at);
    await dropDrafts(
      trx,
      visitId,
      results.map(({ item }) => item),
    );
    await readVisitItems(trx, visitId);
    await setVisitDay(trx, visitId, VISIT_ON, at);
    for (const department of new Set(items.map((item) => item.department_code)))
      await finishTask(trx, `results/${visitId}/${department}`, { at, by: actorId });
    if (!hasEntry) return;
    await appendAudit(trx, {
      ...{ actorId, action: 'visit.results', subject: `visit/${visitId}` },
      ...{ address: '192.0.2.7', requestId: `bench-${visit?.number ?? 0}` },
      after: {
        visitOn: VISIT_ON,
        results: results.map(({ item, resultCode }) => ({ item, resultCode })),
      },
    });
  });
}

async function addTasks(db: Knex): Promise<void> {
  await db.raw(
    `with due as (
       insert into deadlines (campaign_id, due_at, provisional, basis)
       select id, '2099-12-31', false, '{"from": "2026-11-28T00:00:00.000Z", "amount": 0}' from campaigns returning id, campaign_id
     )
     insert into tasks (key, kind, campaign_id, department_code, deadline_id)
     select distinct 'results/' || v.id || '/' || vi.department_code, 'results', v.campaign_id, vi.department_code, due.id
       from visits v join visit_items vi on vi.visit_id = v.id join due using (campaign_id)`,
  );
}

/** As before anybody handed anything in. */
async function reset(db: Knex): Promise<void> {
  await db.raw(
    `update visit_items set result_code = null, opinion = '', answers = '{}', submitted_by = null, submitted_at = null`,
  );
  await db.raw('update visits set visit_on = null, finished_at = null');
  await db.raw('update tasks set done_at = null, done_by = null');
  await db.raw('vacuum analyze visit_items, visits, tasks');
  await db.raw('checkpoint');
}

async function finishedVisits(db: Knex): Promise<number> {
  const row = await db('visits').whereNotNull('finished_at').count<{ count: number }[]>().first();
  return row?.count ?? 0;
}
