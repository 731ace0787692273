/**
 * A campaign that was begun under the version before ends under this one: its visits are out and their results come in when the
 * system is stopped, its database migrated and the new version started. Part of `npm run test:faults`: it needs the history of
 * the repository, which a clone for `npm test` may lack.
 */
import type { Knex } from 'knex';
import { connect } from '../../db/connect';
import { resolveConnections } from '../../server/connections';
import { DEMO_DEPARTMENTS } from '../../server/demo/demo-plan';
import { Officials } from '../../server/demo/officials';
import { expectAuditIntact } from '../support/audit-chain';
import {
  expectAllSettled,
  expectAllTold,
  expectMailsOnce,
  expectOneVisitPerEntity,
  expectRecomputed,
  expectStepsOnce,
  OUTBOX_EMPTIES_MS,
  readVisits,
} from './support/aftermath';
import { carryDisturbed, type Disturbed } from './support/carry-campaign';
import { meddlingProxy, type MeddlingProxy } from './support/meddling-proxy';
import { checkOut, type Released } from './support/released';
import { replayAll } from './support/replay-all';
import { RunningSystem } from './support/running-system';

/** The version before; the commit of the last release, as soon as there is one. */
const BEFORE = '0886996';
const PATIENCE_MS = 1_200_000;

let before: Released;
let system: RunningSystem;
let db: Knex;
let proxy: MeddlingProxy;
let campaign: Disturbed;
let stopped: number | string;
/** Results that were in when the new version had started. */
let resultsBefore: number;

beforeAll(async () => {
  before = checkOut(BEFORE);
  system = await RunningSystem.create();
  await system.start(before.run);
  db = connect(resolveConnections(system.config).ownerUrl, { poolMax: 2 });
  proxy = await meddlingProxy(system.config.ports.web, [
    { method: 'PUT', path: /\/results$/, nth: 60, when: 'sent', act: upgrade },
  ]);
  campaign = await carryDisturbed(system, db, {
    officials: new Officials(db, proxy.url, storeAsBefore),
    resultsSeconds: 90,
    atStage: () => Promise.resolve(),
  });
}, PATIENCE_MS);

/** Sessions as the version before knows them; what this one adds has its defaults. */
async function storeAsBefore(
  trx: Knex,
  { tokenHash, userId, expiresAt }: { tokenHash: string; userId: number; expiresAt: Date },
): Promise<void> {
  await trx('sessions').insert({ token_hash: tokenHash, user_id: userId, expires_at: expiresAt });
}

async function upgrade(): Promise<void> {
  stopped = await system.interrupt();
  await system.start();
  [{ count: resultsBefore }] = (await db('visit_items')
    .whereNotNull('result_code')
    .count({ count: '*' })) as [{ count: number }];
}

afterAll(async () => {
  await db.destroy();
  await proxy.stop();
  await system.remove();
  before.remove();
}, 60_000);

test('the old version stopped cleanly while results came in', () => {
  expect(proxy.done).toHaveLength(1);
  expect(stopped).toBe(0);
  expect(resultsBefore).toBeGreaterThan(0);
});

test('the campaign ended under the new version with everything published', async () => {
  const { code, drawn, lateDepartment } = campaign;
  await expectAllSettled(db, code, lateDepartment);
  await expectStepsOnce(db, code, DEMO_DEPARTMENTS.length);
  await expectOneVisitPerEntity(db, code);
  expect(drawn.length).toBeGreaterThan(0);
  expect(await readVisits(db, code)).toEqual(drawn);
  await expectRecomputed(new Officials(db, proxy.url), code, drawn);
});

test(
  'everybody was told of everything, once',
  async () => {
    await expectAllTold(db, campaign.code);
    await expectMailsOnce(db, system.mailHome);
  },
  2 * OUTBOX_EMPTIES_MS,
);

test(
  'the audit log is whole, and all histories replay',
  async () => {
    await expectAuditIntact(db);
    expect(await replayAll(system.temporalAddress)).toMatchObject({ failed: [] });
  },
  PATIENCE_MS,
);
