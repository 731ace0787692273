/**
 * Campaigns on a site that has no rest: parts are killed every few seconds, stopped for a minute, cut off, left without room,
 * and mails suffer what mail servers do. Each campaign ends as if nothing had been. `npm run test:faults`; killed-parts.test.ts is
 * its short form.
 */
import { writeFileSync } from 'node:fs';
import type { Knex } from 'knex';
import { connect } from '../../db/connect';
import { DEMO_DEPARTMENTS } from '../../server/demo/demo-plan';
import { Officials } from '../../server/demo/officials';
import { DEMO_STAGES } from '../../server/demo/steps';
import { expectAuditIntact } from '../support/audit-chain';
import {
  expectAllSettled,
  expectAllTold,
  expectMailsOnce,
  expectOneVisitPerEntity,
  expectRecomputed,
  expectStepsOnce,
  readVisits,
} from './support/aftermath';
import { carryDisturbed, type Disturbed } from './support/carry-campaign';
import { drawsOf } from './support/draws';
import { FaultLog } from './support/fault-log';
import { OTHERS } from './support/faults';
import { expectEvidenceKept, photoOnFullDisk } from './support/full-evidence';
import { MAIL_FAULTS } from './support/mail-line';
import { meddlingProxy } from './support/meddling-proxy';
import { replayAll } from './support/replay-all';
import { Site } from './support/site';
import { Trouble } from './support/trouble';

const KILLS = Number(process.env['ONEVISIT_FAULTS_KILLS']);
const SEED = Number(process.env['ONEVISIT_FAULTS_SEED']);
const REPORT = process.env['ONEVISIT_FAULTS_REPORT'] ?? '';

const HOURS_MS = 3 * 3_600_000;
/** A mail whose sender died over and over waits longer each time. */
const OUTBOX_EMPTIES_MS = 1_800_000;
/** More than the results take where the system is away half of the time. */
const RESULTS_SECONDS = 100;
const OTHERS_PER_CAMPAIGN = 4;

let site: Site;
let db: Knex;
let officials: Officials;
const log = new FaultLog();
const campaigns: Disturbed[] = [];
let photos = 0;
/** What the tests counted, for the report. */
const seen = { visits: 0, results: 0, mails: 0, mailsRepeated: 0, mailsRefused: 0, histories: 0 };

const say = (text: string) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);

beforeAll(async () => {
  site = await Site.atSite();
  await site.start();
  db = connect(site.databaseUrl, { poolMax: 3, applicationName: 'onevisit-fault-test' });
  officials = new Officials(db, site.config.publicUrl);
  const { shuffled } = drawsOf(SEED);
  const others = shuffled(OTHERS);
  while (log.kills < KILLS) {
    const at = campaigns.length;
    const some = Array.from(
      { length: OTHERS_PER_CAMPAIGN },
      (_, n) => others[(at * OTHERS_PER_CAMPAIGN + n) % others.length],
    );
    campaigns.push(
      await carryOne(
        at,
        some.flatMap((fault) => fault ?? []),
      ),
    );
    say(`campaign ${at + 1} is closed; ${log.kills} of ${KILLS} kills`);
  }
}, HOURS_MS);

async function carryOne(at: number, others: readonly (typeof OTHERS)[number][]): Promise<Disturbed> {
  const draws = drawsOf(SEED + 1 + at);
  const stages = draws.shuffled(DEMO_STAGES);
  const trouble = new Trouble({
    ...{ site, log, draws },
    others: others.map((fault, n) => ({ fault, stage: stages[n] ?? 'results' })),
  });
  const proxy = await meddlingProxy(site.config.ports.web, trouble.harms());
  trouble.begin();
  try {
    return await carryDisturbed(site, db, {
      officials: new Officials(db, proxy.url),
      resultsSeconds: RESULTS_SECONDS,
      atStage: async (stage) => {
        say(`campaign ${at + 1}: ${stage}`);
        await trouble.atStage(stage);
        if (stage === 'results') await photo(proxy.url);
      },
    });
  } finally {
    await trouble.end();
    await proxy.stop();
  }
}

async function photo(url: string): Promise<void> {
  const began = performance.now();
  await photoOnFullDisk(site, db, new Officials(db, url));
  log.add({ name: 'disk of evidence full for a photo', kills: 0 }, (performance.now() - began) / 1000);
  photos += 1;
}

afterAll(async () => {
  const facts = { seed: SEED, kills: log.kills, campaigns: campaigns.length, ...seen };
  writeFileSync(REPORT, JSON.stringify({ facts, lines: log.lines() }));
  await db.destroy();
  await site.remove();
}, 120_000);

test('so many parts were killed', () => {
  expect(log.kills).toBeGreaterThanOrEqual(KILLS);
  for (const { stages } of campaigns) expect(stages).toEqual(DEMO_STAGES);
});

test('every campaign ended, nothing was lost and nothing happened twice', async () => {
  expect(await db('campaigns').orderBy('id').pluck('code')).toEqual(campaigns.map(({ code }) => code));
  for (const { code, lateDepartment } of campaigns) {
    await expectAllSettled(db, code, lateDepartment);
    await expectStepsOnce(db, code, DEMO_DEPARTMENTS.length);
    await expectOneVisitPerEntity(db, code);
  }
  seen.results = (await db('published_results')).length;
});

test('the visits are those of the draws, and those that anyone recomputes from the public files', async () => {
  for (const { code, drawn } of campaigns) {
    expect(drawn.length).toBeGreaterThan(0);
    expect(await readVisits(db, code)).toEqual(drawn);
    await expectRecomputed(officials, code, drawn);
    seen.visits += drawn.length;
  }
});

test(
  'everybody was told of everything, and of nothing again that was recorded as sent',
  async () => {
    const { suffered } = site.lines.mail;
    const refused = suffered('refused');
    const { sent, repeated } = await expectMailsOnce(db, site.mailHome, {
      refused,
      patienceMs: OUTBOX_EMPTIES_MS,
    });
    for (const { code } of campaigns) await expectAllTold(db, code);
    for (const fault of MAIL_FAULTS) {
      expect([fault, suffered(fault).length]).not.toEqual([fault, 0]);
      for (const _ of suffered(fault)) log.add({ name: `mail ${fault}`, kills: 0 }, null);
    }
    Object.assign(seen, { mails: sent, mailsRepeated: repeated, mailsRefused: refused.length });
  },
  2 * OUTBOX_EMPTIES_MS,
);

test('what was photographed is kept, and nothing beside it', async () => {
  await expectEvidenceKept(site, db, photos);
});

test('the audit log is whole', async () => {
  await expectAuditIntact(db);
});

test(
  'all histories replay',
  async () => {
    const { replayed, failed } = await replayAll(site.temporalAddress);
    expect(failed).toEqual([]);
    seen.histories = replayed;
  },
  HOURS_MS,
);
