/**
 * The demo's campaign on a real system whose parts are killed at every boundary between stages and in the middle of
 * commands; twice all of it, or its supervisor, is killed and started again.
 */
import type { Knex } from 'knex';
import { connect } from '../../db/connect';
import { resolveConnections } from '../../server/connections';
import { DEMO_DEPARTMENTS } from '../../server/demo/demo-plan';
import { Officials } from '../../server/demo/officials';
import { DEMO_STAGES, type DemoStage } from '../../server/demo/steps';
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
import { meddlingProxy, type Harm, type MeddlingProxy } from './support/meddling-proxy';
import { RunningSystem } from './support/running-system';

let system: RunningSystem;
let proxy: MeddlingProxy;
let db: Knex;
let outcome: Disturbed;

/** What dies when a stage is about to begin. */
const AT_BOUNDARY: Record<DemoStage, () => Promise<void>> = {
  import: () => system.kill('postgres'),
  items: () => system.kill('api'),
  plan: () => system.kill('temporal'),
  submit: () => system.kill('worker'),
  approve: () => system.kill('postgres'),
  freeze: () => system.kill('temporal'),
  seal: () => system.kill('api'),
  reveal: () => system.kill('worker'),
  draw: () => system.kill('postgres'),
  dispatch: () => system.kill('temporal'),
  results: () => system.kill('api'),
  overdue: async () => {
    await system.killEverything();
    await system.start();
  },
  urging: () => system.kill('worker'),
  late: () => system.kill('postgres'),
  handling: () => system.kill('temporal'),
  publish: async () => {
    await system.killSupervisor();
    await system.start();
  },
  close: () => system.kill('api'),
  bulletin: () => system.kill('temporal'),
  mails: () => system.kill('worker'),
};

const HARMS: Harm[] = [
  {
    method: 'POST',
    path: /^\/registries\/\w+\/imports/,
    nth: 1,
    when: 'sent',
    act: () => system.kill('api'),
  },
  { method: 'POST', path: /^\/campaigns$/, nth: 1, when: 'lost', act: () => system.kill('api') },
  { method: 'POST', path: /\/freeze$/, nth: 1, when: 'sent', act: () => system.kill('worker') },
  { method: 'POST', path: /\/seal$/, nth: 2, when: 'lost', act: () => system.kill('api') },
  { method: 'POST', path: /\/seal$/, nth: 4, when: 'sent', act: () => system.kill('temporal') },
  { method: 'POST', path: /\/draw$/, nth: 1, when: 'sent', act: () => system.kill('worker') },
  {
    ...{ method: 'POST', path: /\/dispatch$/, nth: 1, when: 'sent' },
    act: async () => {
      system.killWorkerAtNextMail();
      await system.kill('postgres');
    },
  },
  { method: 'PUT', path: /\/results$/, nth: 30, when: 'sent', act: () => system.kill('postgres') },
  { method: 'PUT', path: /\/results$/, nth: 200, when: 'lost', act: () => system.kill('api') },
  { method: 'POST', path: /\/answer$/, nth: 1, when: 'lost', act: () => system.kill('api') },
  { method: 'POST', path: /^\/handling-cases/, nth: 5, when: 'sent', act: () => system.kill('worker') },
  { method: 'POST', path: /\/publish$/, nth: 2, when: 'sent', act: () => system.kill('worker') },
  { method: 'POST', path: /\/close$/, nth: 1, when: 'lost', act: () => system.kill('api') },
];

beforeAll(async () => {
  system = await RunningSystem.create();
  await system.start();
  const { config } = system;
  proxy = await meddlingProxy(config.ports.web, HARMS);
  db = connect(resolveConnections(config).ownerUrl, {
    poolMax: 2,
    applicationName: 'onevisit-fault-test',
  });
  outcome = await carryDisturbed(system, db, {
    officials: new Officials(db, proxy.url),
    resultsSeconds: 90,
    atStage: (stage) => AT_BOUNDARY[stage](),
  });
}, 600_000);

afterAll(async () => {
  await db.destroy();
  await proxy.stop();
  await system.remove();
}, 60_000);

test('every boundary was hit, and every chosen command in its middle', () => {
  expect(outcome.stages).toEqual(DEMO_STAGES);
  expect(proxy.done).toHaveLength(HARMS.length);
});

test('the campaign ended, nothing was lost and nothing happened twice', async () => {
  expect(await db('campaigns').pluck('code')).toEqual([outcome.code]);
  await expectAllSettled(db, outcome.code, outcome.lateDepartment);
  await expectStepsOnce(db, outcome.code, DEMO_DEPARTMENTS.length);
  await expectOneVisitPerEntity(db, outcome.code);
});

test('the visits are those of the draw, and those that anyone recomputes from the public files', async () => {
  const { drawn } = outcome;
  expect(drawn.length).toBeGreaterThan(0);
  expect(await readVisits(db, outcome.code)).toEqual(drawn);
  await expectRecomputed(new Officials(db, proxy.url), outcome.code, drawn);
});

test(
  'everybody was told of everything, and of nothing again that was recorded as sent',
  async () => {
    await expectAllTold(db, outcome.code);
    const { repeated } = await expectMailsOnce(db, system.mailHome);
    // The worker was killed while it was sending: what it could not record was sent again.
    expect(repeated).toBeGreaterThan(0);
  },
  2 * OUTBOX_EMPTIES_MS,
);

test('the audit log is whole', async () => {
  await expectAuditIntact(db);
});
