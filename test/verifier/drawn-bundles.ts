/**
 * Two campaigns of the tests' town, carried through void ceremonies, draw and changes by workflows and activities as at a
 * site.
 */
import { buffer } from 'node:stream/consumers';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Knex } from 'knex';
import { endedCeremonies } from '../../api/routes/ended-ceremonies';
import { insertAmendment, readRecord } from '../../db/amendments';
import { readBundle, readChunks, readFrozenArchive } from '../../db/archives';
import { readCampaign } from '../../db/campaigns';
import { readCeremonies, readLiveCeremony } from '../../db/ceremonies';
import type { Amendment } from '../../domain/amendments';
import type { Command } from '../../domain/campaigns';
import { sealOf } from '../../domain/draw/seed';
import { buildCampaign } from '../support/build-campaign';
import { buildCity, buildInspector, buildItem, type City } from '../support/build-city';
import { testDatabase } from '../support/database';
import { testSmtp } from '../support/smtp';
import { timeSkipping } from '../support/temporal';
import { runWorker, type RunningWorker } from '../support/worker';
import { amendDraw } from './amended-draw';

export type Mode = 'joint' | 'per_item';

/** What the system published, and what a citizen wrote down while it was drawn. */
export interface DrawnBundle {
  mode: Mode;
  bundle: Buffer;
  /** Changes after the draw. */
  record: Buffer;
  /** Two that are void and the one that drew. */
  ceremonies: Buffer;
  /** The frozen files of each ceremony. */
  frozen: Buffer[];
  sha256: string;
  commitment: string;
  seals: Map<string, string>;
  publicValue: string;
}

const DEPARTMENTS = ['SCJG', 'WJW', 'XFJ'];
const PUBLIC_VALUE = '3,1,4,1,5,2,6,5';
const secretOf = (department: string) => `the secret of ${department}, long enough`;

export async function drawnBundles(): Promise<Record<Mode, DrawnBundle>> {
  const [database, env, smtp] = await Promise.all([testDatabase(), timeSkipping(), testSmtp()]);
  try {
    const city = await buildTown(database.db);
    const worker = await runWorker(env, { db: database.db, smtpUrl: smtp.url });
    const draw = (mode: Mode) => drawCampaign({ db: database.db, env, worker, city }, mode);
    try {
      return { joint: await draw('joint'), per_item: await draw('per_item') };
    } finally {
      await worker.stop();
    }
  } finally {
    await env.teardown();
    await smtp.stop();
    await database.drop();
  }
}

/** Every rule of the matching bites somewhere: regions, qualifications, exclusions, capacities that are too small. */
async function buildTown(db: Knex): Promise<City> {
  const city = await buildCity(db, { entities: 160 });
  const regions = [[], ['691101'], ['691102'], ['691101', '691102']];
  for (const [department, count] of [
    ['SCJG', 9],
    ['WJW', 5],
    ['XFJ', 5],
  ] as const) {
    for (let number = 3; number <= count; number++) {
      await buildInspector(db, {
        code: `${department}-000${number}`,
        department,
        regions: department === 'SCJG' ? (regions[number % 4] ?? []) : [],
        qualifications: department === 'XFJ' && number > 3 ? [] : ['health', 'fire'],
      });
    }
  }
  await db('inspectors').where({ department_code: 'WJW' }).update({ capacity: 5 });
  await db('inspectors').where({ code: 'SCJG-0001' }).update({ capacity: 1 });
  await db('inspectors')
    .whereIn('code', ['XFJ-0001', 'XFJ-0002'])
    .update({ qualifications: ['fire'] });
  await db('item_versions')
    .where({ item_code: 'XFJ-001' })
    .update({ qualifications: ['fire'] });
  await db('item_versions').where({ item_code: 'WJW-001' }).update({ ratio_ppm: 60_000 });
  await buildItem(db, { code: 'SCJG-002', department: 'SCJG', tags: ['catering'] });
  await db('item_versions')
    .where({ item_code: 'SCJG-002' })
    .update({ ratio_ppm: 60_000, qualifications: ['health'] });
  await db.raw(
    `insert into exclusions (inspector_id, entity_id, reason)
     select i.id, e.id, '亲属任职, "本人"申报' from inspectors i, entities e
      where i.code = 'SCJG-0002' and e.draw_class = 'D'`,
  );
  return city;
}

interface Site {
  db: Knex;
  env: TestWorkflowEnvironment;
  worker: RunningWorker;
  city: City;
}

async function drawCampaign({ db, env, worker, city }: Site, mode: Mode): Promise<DrawnBundle> {
  const code = await buildCampaign(db, city, {
    mode,
    // The market office sends one team for two things to look at, of which the second asks for more.
    items: ['SCJG-001', ...(mode === 'per_item' ? ['SCJG-002'] : []), 'WJW-001', 'XFJ-001'],
    strata: [
      { stratum: 'A', ratio_ppm: 100_000, minimum: 1 },
      { stratum: 'B', ratio_ppm: 100_000, minimum: 1 },
      { stratum: 'C', ratio_ppm: 200_000, minimum: 2 },
      { stratum: 'D', ratio_ppm: 300_000, minimum: 2 },
    ],
    yearlyCap: { A: null, B: null, C: null, D: null },
  });
  let commands = 0;
  const as = async (user: string, command: Command, more: object = {}) =>
    worker.gateway.command(
      command,
      {
        campaign: code,
        key: `${mode}-${++commands}`,
        actorId: city.users[user] ?? 0,
        address: null,
        requestId: null,
        ...more,
      },
      (await readCampaign(db, code)).stage,
    );
  const { id } = await readCampaign(db, code);
  const commitmentOf = async () => (await readLiveCeremony(db, id))?.commitment ?? '';
  const liaison = (department: string) => `${department.toLowerCase()}-liaison`;
  const freeze = async (...sealing: string[]) => {
    await as('lead', 'freeze');
    const commitment = await commitmentOf();
    const seals = new Map(
      sealing.map((department) => [department, sealOf(commitment, department, secretOf(department))]),
    );
    for (const [department, seal] of seals) await as(liaison(department), 'seal', { department, seal });
    return seals;
  };
  const reveal = async (...departments: string[]) => {
    for (const department of departments) {
      await as(liaison(department), 'reveal', { department, value: secretOf(department) });
    }
  };
  await as('lead', 'submit');
  await as('approver', 'approve');
  await freeze('SCJG', 'WJW');
  await env.sleep('20 days');
  await freeze(...DEPARTMENTS);
  await reveal('SCJG', 'XFJ');
  await env.sleep('20 days');
  const seals = await freeze(...DEPARTMENTS);
  const commitment = await commitmentOf();
  await reveal(...DEPARTMENTS);
  await as('lead', 'recordPublicValue', {
    contributor: 'public:dice',
    value: PUBLIC_VALUE,
    source: '现场直播',
  });
  await as('lead', 'draw');
  const stored = await readBundle(db, id);
  if (!stored) throw new Error('a drawn campaign has its bundle');
  const bundle = await buffer(readChunks(db, stored));
  await as('lead', 'dispatch');
  const amend = async (amendment: Amendment) => {
    const asked = {
      campaignId: id,
      amendment,
      reason: '因公外出，\n见 "通知"',
      actorId: city.users['lead'] ?? 0,
    };
    const number = await insertAmendment(db, { ...asked, at: new Date() });
    await as('scjg-head', 'amend', { amendment: number, note: '' });
  };
  await amendDraw({ db, code, mode, amend });
  const campaign = await readCampaign(db, code);
  const ceremonies = await readCeremonies(db, id);
  const record = await readRecord(db, ceremonies.at(-1)?.id ?? 0);
  return {
    mode,
    bundle,
    record: Buffer.from(record.map(({ line }) => `${line}\n`).join('')),
    ceremonies: await endedCeremonies(db, campaign),
    frozen: await Promise.all(ceremonies.map(({ number }) => frozenFiles(db, id, number))),
    sha256: stored.sha256,
    commitment,
    seals,
    publicValue: PUBLIC_VALUE,
  };
}

async function frozenFiles(db: Knex, campaignId: number, number: number): Promise<Buffer> {
  const stored = await readFrozenArchive(db, campaignId, number);
  if (!stored) throw new Error(`ceremony ${number} has its frozen files`);
  return buffer(readChunks(db, stored));
}
