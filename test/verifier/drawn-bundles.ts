/**
 * Two campaigns of the tests' town, carried through void ceremonies, draw and changes by workflows and activities as at a
 * site.
 */
import { buffer } from 'node:stream/consumers';
import type { Knex } from 'knex';
import { endedCeremonies } from '../../api/routes/ended-ceremonies';
import { insertAmendment, readRecord } from '../../db/amendments';
import { readBundle, readChunks, readFrozenArchive } from '../../db/archives';
import { readCampaign } from '../../db/campaigns';
import { readCeremonies } from '../../db/ceremonies';
import type { Amendment } from '../../domain/amendments';
import { buildCity, buildInspector, buildItem, type City } from '../support/build-city';
import { timeSkipping } from '../support/temporal';
import { workflowTown, type WorkflowTown } from '../support/workflow-town';
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

export async function drawnBundles(): Promise<Record<Mode, DrawnBundle>> {
  const town = await workflowTown(timeSkipping(), buildTown);
  try {
    return { joint: await drawCampaign(town, 'joint'), per_item: await drawCampaign(town, 'per_item') };
  } finally {
    await town.stop();
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

async function drawCampaign({ db, env, city, officials }: WorkflowTown, mode: Mode): Promise<DrawnBundle> {
  const code = await officials.campaignAt('approved', {
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
  const { id } = await readCampaign(db, code);
  const freeze = async (...sealing: string[]) => {
    await officials.as('lead', code, 'freeze');
    await officials.seal(code, ...sealing);
  };
  await freeze('SCJG', 'WJW');
  await env.sleep('20 days');
  await freeze(...DEPARTMENTS);
  await officials.reveal(code, 'SCJG', 'XFJ');
  await env.sleep('20 days');
  await freeze(...DEPARTMENTS);
  const { commitment } = await officials.ceremonyOf(code);
  const seals = new Map<string, string>();
  for (const department of DEPARTMENTS)
    seals.set(department, (await officials.sealOf(code, department)).seal);
  await officials.reveal(code, ...DEPARTMENTS);
  await officials.rollDice(code, PUBLIC_VALUE);
  await officials.as('lead', code, 'draw');
  const stored = await readBundle(db, id);
  if (!stored) throw new Error('a drawn campaign has its bundle');
  const bundle = await buffer(readChunks(db, stored));
  await officials.as('lead', code, 'dispatch');
  const amend = async (amendment: Amendment) => {
    const asked = {
      campaignId: id,
      amendment,
      reason: '因公外出，\n见 "通知"',
      actorId: city.users['lead'] ?? 0,
    };
    const number = await insertAmendment(db, { ...asked, at: new Date() });
    await officials.as('scjg-head', code, 'amend', { amendment: number, note: '' });
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
