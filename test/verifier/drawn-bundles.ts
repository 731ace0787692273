/** Two campaigns of the tests' town, carried through their ceremonies by workflows and activities as at a site. */
import { buffer } from 'node:stream/consumers';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Knex } from 'knex';
import { readBundle, readChunks } from '../../db/archives';
import { readCampaign } from '../../db/campaigns';
import { readLiveCeremony } from '../../db/ceremonies';
import type { Command } from '../../domain/campaigns';
import { sealOf } from '../../domain/draw/seed';
import { buildCampaign } from '../support/build-campaign';
import { buildCity, buildInspector, type City } from '../support/build-city';
import { testDatabase } from '../support/database';
import { testSmtp } from '../support/smtp';
import { timeSkipping } from '../support/temporal';
import { runWorker, type RunningWorker } from '../support/worker';

export type Mode = 'joint' | 'per_item';

/** A bundle as the system published it, and what a citizen wrote down while it was drawn. */
export interface DrawnBundle {
  mode: Mode;
  bundle: Buffer;
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

async function drawCampaign({ db, worker, city }: Site, mode: Mode): Promise<DrawnBundle> {
  const code = await buildCampaign(db, city, {
    mode,
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
  await as('lead', 'submit');
  await as('approver', 'approve');
  await as('lead', 'freeze');
  const { id } = await readCampaign(db, code);
  const commitment = (await readLiveCeremony(db, id))?.commitment ?? '';
  const seals = new Map(
    DEPARTMENTS.map((department) => [department, sealOf(commitment, department, secretOf(department))]),
  );
  for (const [department, seal] of seals) {
    await as(`${department.toLowerCase()}-liaison`, 'seal', { department, seal });
  }
  for (const department of DEPARTMENTS) {
    await as(`${department.toLowerCase()}-liaison`, 'reveal', { department, value: secretOf(department) });
  }
  await as('lead', 'recordPublicValue', {
    contributor: 'public:dice',
    value: PUBLIC_VALUE,
    source: '现场直播',
  });
  await as('lead', 'draw');
  const stored = await readBundle(db, id);
  if (!stored) throw new Error('a drawn campaign has its bundle');
  const bundle = await buffer(readChunks(db, stored));
  return { mode, bundle, sha256: stored.sha256, commitment, seals, publicValue: PUBLIC_VALUE };
}
