/**
 * Somebody who can write to any one table tries to steer a draw or to hide a result, past triggers and references: what
 * stops it, or what shows it. docs/security/insider.md says the same table by table, and is held against this list.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Knex } from 'knex';
import { signHead } from '../../../activities/audit-checkpoints';
import { verifyAudit } from '../../../activities/verify-audit';
import { hashToken } from '../../../api/middleware/session-cookie';
import { readCampaign } from '../../../db/campaigns';
import { insertSession } from '../../../db/sessions';
import { dayOf } from '../../../domain/deadlines/working-days';
import { sealOf } from '../../../domain/draw/seed';
import { verifyBundle } from '../../../server/verify/verify-bundle';
import { testSigning } from '../../support/audit-signing';
import { campaignDriver, secretOf } from '../../support/drive-campaign';
import { readZip } from '../../support/read-zip';
import { runActivities } from '../../support/run-activities';
import { caller, startTestApi, type TestApi } from '../api/support';

const DOCUMENT = path.join(__dirname, '../../../docs/security/insider.md');
const ITEM = 'SCJG-001';
// Everybody is drawn, so that there are visits of every department.
const STRATA = ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 1_000_000, minimum: 1 }));

let api: TestApi;
let officials: ReturnType<typeof campaignDriver>;
const audit = testSigning();

beforeAll(async () => {
  api = await startTestApi();
  officials = campaignDriver({ ...api, ...runActivities(api.db) });
});

afterAll(async () => {
  audit.remove();
  await api.stop();
});

/** As the owner of the database: neither triggers nor references are in the way. */
const insider = (work: (trx: Knex) => Promise<unknown>): Promise<void> =>
  api.db.transaction(async (trx) => {
    await trx.raw(`set local session_replication_role = 'replica'`);
    await work(trx);
  });

async function bundleOf(code: string): Promise<Buffer> {
  const response = await fetch(`${api.url}/api/v1/public/campaigns/${code}/bundle.zip`);
  return Buffer.from(await response.arrayBuffer());
}

const drawEntry = (code: string) =>
  api
    .db('audit_log')
    .where({ action: 'campaign.draw', subject: `campaign/${code}` })
    .first<{ after: { bundle: string } }>('after');

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** What everybody could write down before the draw. */
async function published(code: string) {
  const ceremony = await officials.ceremonyOf(code);
  const rows = await api
    .db('contributions')
    .where({ ceremony_id: ceremony.id })
    .whereNotNull('seal')
    .select<{ contributor: string; seal: string }[]>('contributor', 'seal');
  return {
    ceremony,
    asked: {
      commitment: ceremony.commitment,
      seals: new Map(rows.map(({ contributor, seal }): [string, string] => [contributor, seal])),
    },
  };
}

/** Draws after the attempt; null where it was refused, else whether what was published before still holds. */
async function drawnAfter(code: string, asked: Parameters<typeof verifyBundle>[1]): Promise<boolean | null> {
  try {
    await officials.carryTo(code, 'drawn');
  } catch {
    return null;
  }
  return (await verifyBundle(await bundleOf(code), asked)).ok;
}

interface Attempt {
  table: string;
  does: string;
  held: string;
  run: () => Promise<void>;
}

const ATTEMPTS: Attempt[] = [
  {
    table: 'entities',
    does: 'changes classes and states of entities once the lists are frozen',
    held: 'no effect: drawn is what was frozen, and the bundle holds against the commitment',
    run: async () => {
      const code = await officials.campaignAt('sealed', { strata: STRATA });
      const { asked } = await published(code);
      const before = await api.db('entities').pluck<string[]>('draw_class');
      await insider((trx) => trx('entities').update({ draw_class: 'A' }));
      expect(await drawnAfter(code, asked)).toBe(true);
      expect(new Set(before).size).toBeGreaterThan(1);
    },
  },
  {
    table: 'inspectors',
    does: 'takes inspectors away once the lists are frozen',
    held: 'no effect: matched are those who were frozen, and the bundle holds against the commitment',
    run: async () => {
      const code = await officials.campaignAt('sealed');
      const { asked } = await published(code);
      await insider((trx) => trx('inspectors').update({ capacity: 1 }));
      expect(await drawnAfter(code, asked)).toBe(true);
      await insider((trx) => trx('inspectors').update({ capacity: 30 }));
    },
  },
  {
    table: 'item_versions',
    does: 'raises or lowers the ratio of an item once the lists are frozen',
    held: 'no effect: ratios are in the manifest, and the bundle holds against the commitment',
    run: async () => {
      const code = await officials.campaignAt('sealed');
      const { asked } = await published(code);
      await insider((trx) => trx('item_versions').where({ item_code: ITEM }).update({ ratio_ppm: 1 }));
      expect(await drawnAfter(code, asked)).toBe(true);
    },
  },
  {
    table: 'frozen_pieces',
    does: 'puts one entity in the place of another in the frozen list',
    held: 'the draw is refused, or its bundle does not hold against the commitment',
    run: async () => {
      const code = await officials.campaignAt('sealed');
      const { asked, ceremony } = await published(code);
      await insider((trx) =>
        trx.raw(
          `update frozen_pieces set records = overlay(records placing substr(records, 33, 18) from 1 for 18)
            where ceremony_id = ? and length(records) > 64`,
          [ceremony.id],
        ),
      );
      expect(await drawnAfter(code, asked)).not.toBe(true);
    },
  },
  {
    table: 'ceremonies',
    does: 'changes the commitment that was published',
    held: 'the draw is refused, or its bundle does not hold against the commitment',
    run: async () => {
      const code = await officials.campaignAt('sealed');
      const { asked, ceremony } = await published(code);
      await insider((trx) =>
        trx('ceremonies')
          .where({ id: ceremony.id })
          .update({ commitment: 'ab'.repeat(32) }),
      );
      expect(await drawnAfter(code, asked)).not.toBe(true);
    },
  },
  {
    table: 'contributions',
    does: 'puts the seal of another value in the place of a department’s',
    held: 'the value that the department reveals is refused; another one does not fit the seal that was published',
    run: async () => {
      const code = await officials.campaignAt('sealed');
      const { asked, ceremony } = await published(code);
      const chosen = 'a value of the insider, long enough';
      await insider((trx) =>
        trx('contributions')
          .where({ ceremony_id: ceremony.id, contributor: 'WJW' })
          .update({ seal: sealOf(ceremony.commitment, 'WJW', chosen) }),
      );
      await expect(officials.reveal(code, 'WJW')).rejects.toThrow();
      await officials.as('wjw-liaison', code, 'reveal', { department: 'WJW', value: chosen });
      for (const { contributor } of await api
        .db('contributions')
        .where({ ceremony_id: ceremony.id })
        .whereNotNull('seal')
        .whereNull('value')
        .select<{ contributor: string }[]>('contributor'))
        await officials.reveal(code, contributor);
      if ((await readCampaign(api.db, code)).public_contributor !== null) await officials.rollDice(code);
      await officials.as('lead', code, 'draw');
      expect((await verifyBundle(await bundleOf(code), asked)).ok).toBe(false);
    },
  },
  {
    table: 'contributions',
    does: 'changes a value after it was revealed',
    held: 'the draw is refused, or its bundle does not hold: the value does not fit its seal',
    run: async () => {
      const code = await officials.campaignAt('sealed');
      const { asked, ceremony } = await published(code);
      await officials.reveal(code, 'WJW');
      expect(secretOf('WJW')).not.toBe('');
      await insider((trx) =>
        trx('contributions')
          .where({ ceremony_id: ceremony.id, contributor: 'WJW' })
          .update({ value: 'a value of the insider, long enough' }),
      );
      for (const department of asked.seals.keys())
        if (department !== 'WJW') await officials.reveal(code, department);
      if ((await readCampaign(api.db, code)).public_contributor !== null) await officials.rollDice(code);
      const drawn = await officials.as('lead', code, 'draw').then(
        () => true,
        () => false,
      );
      expect(drawn && (await verifyBundle(await bundleOf(code), asked)).ok).toBe(false);
    },
  },
  {
    table: 'visits',
    does: 'removes a visit after the draw',
    held: 'the bundle, which everybody can fetch, lists one visit more than is there',
    run: async () => {
      const code = await officials.campaignAt('drawn', { strata: STRATA });
      const { id } = await readCampaign(api.db, code);
      await insider(async (trx) => {
        const [gone] = await trx('visits').where({ campaign_id: id }).limit(1).pluck<number[]>('id');
        await trx('visit_items').where({ visit_id: gone }).delete();
        await trx('visits').where({ id: gone }).delete();
      });
      const bundle = await bundleOf(code);
      expect((await verifyBundle(bundle)).ok).toBe(true);
      const listed = new Set(
        ((await readZip(bundle)).get('visits.csv') ?? '')
          .trimEnd()
          .split('\n')
          .slice(1)
          .map((line) => line.split(',')[0]),
      );
      const rows = await api.db('visits').where({ campaign_id: id });
      expect(listed.size).toBe(rows.length + 1);
    },
  },
  {
    table: 'archive_chunks',
    does: 'puts another bundle in the place of the published one',
    held: 'the audit log has the SHA-256 of the bundle that was drawn, under a signed checkpoint',
    run: async () => {
      const code = await officials.campaignAt('drawn');
      const entry = await drawEntry(code);
      expect(sha256(await bundleOf(code))).toBe(entry.after.bundle);
      const { id } = await officials.ceremonyOf(code);
      await insider((trx) =>
        trx.raw(
          `update archive_chunks set bytes = set_byte(bytes, 100, 255 - get_byte(bytes, 100)) where ceremony_id = ?`,
          [id],
        ),
      );
      expect(sha256(await bundleOf(code))).not.toBe(entry.after.bundle);
      expect((await verifyBundle(await bundleOf(code), { sha256: entry.after.bundle })).ok).toBe(false);
    },
  },
  {
    table: 'visit_items',
    does: 'makes a violation a result without one',
    held: 'the audit log has the result as it was handed in, by whom and from where',
    run: async () => {
      const code = await officials.campaignAt('dispatched', { strata: STRATA });
      await api.db('campaigns').where({ code }).update({ stage: 'under_way' });
      const { id } = await readCampaign(api.db, code);
      const visit = await assignedVisit(id);
      await (
        await api.signedIn('scjg-0001')
      ).get('submitResults', {
        params: { id: visit },
        body: {
          visitOn: dayOf(api.clock.now),
          results: [{ item: ITEM, resultCode: 7, opinion: '现场所见', answers: { license: false } }],
        },
      });
      await insider((trx) =>
        trx('visit_items').where({ visit_id: visit, item_code: ITEM }).update({ result_code: 1 }),
      );
      expect(
        await api
          .db('audit_log')
          .where({ action: 'visit.results', subject: `visit/${visit}` })
          .first('after', 'address', 'actor_id'),
      ).toMatchObject({
        after: { results: [{ item: ITEM, resultCode: 7 }] },
        ...{ address: '127.0.0.1', actor_id: api.city.users['scjg-0001'] },
      });
      expect((await verifyAudit(api.db, { folder: null, keys: null })).problems).toEqual([]);
    },
  },
  {
    table: 'user_roles',
    does: 'gives somebody a role',
    held: 'who uses the role is on record by name; that nobody granted it shows where the audit log has no user entry',
    run: async () => {
      const user = api.city.users['wjw-liaison'] ?? 0;
      await insider((trx) =>
        trx.raw(
          `insert into user_roles (user_id, role, department_code, region_code)
           select ?, 'coordinator', department_code, region_code from user_roles where user_id = ? limit 1`,
          [user, user],
        ),
      );
      expect(
        await api.db('audit_log').whereLike('action', 'user.%').where({ subject: 'user/wjw-liaison' }),
      ).toEqual([]);
    },
  },
  {
    table: 'sessions',
    does: 'opens a session as somebody else',
    held: 'what is done in it is on record with its address; that nobody signed in shows where no `session.begin` stands before it',
    run: async () => {
      const supervisor = api.city.users['supervisor'] ?? 0;
      await insider((trx) =>
        insertSession(trx, {
          ...{ tokenHash: hashToken('forged'), userId: supervisor, way: 'password', at: api.clock.now },
          expiresAt: new Date(api.clock.now.getTime() + 3_600_000),
        }),
      );
      await caller(api.url, 'onevisit_session=forged').get('signOut');
      expect(
        await api
          .db('audit_log')
          .where({ actor_id: supervisor })
          .whereLike('action', 'session.%')
          .select('action', 'address'),
      ).toEqual([{ action: 'session.end', address: '127.0.0.1' }]);
    },
  },
  {
    table: 'audit_log',
    does: 'removes the entry of what was done',
    held: '`npm run audit:verify` names the entry',
    run: async () => {
      await signHead(api.db, audit.signing, new Date(), 'daily');
      const { seq, place } = await api
        .db('audit_log')
        .join('audit_links', 'audit_links.seq', 'audit_log.seq')
        .where({ action: 'campaign.draw' })
        .first<{ seq: number; place: number }>('audit_log.seq', 'audit_links.place');
      await insider((trx) => trx('audit_log').where({ seq }).delete());
      expect((await verifyAudit(api.db, { folder: audit.signing.folder, keys: null })).problems).toEqual([
        { kind: 'removed', place, seq },
      ]);
    },
  },
];

/** A visit of the item that the inspector of the tests goes on. */
async function assignedVisit(campaignId: number): Promise<number> {
  const row = await api
    .db('visit_items as i')
    .join('visits as v', 'v.id', 'i.visit_id')
    .join('assignments as a', 'a.visit_id', 'v.id')
    .join('inspectors as n', 'n.id', 'a.inspector_id')
    .where({ 'v.campaign_id': campaignId, 'i.item_code': ITEM, 'n.code': 'SCJG-0001' })
    .first<{ id: number } | undefined>('v.id');
  if (!row) throw new Error('the inspector goes on no visit');
  return row.id;
}

test.each(ATTEMPTS)('$table: who $does: $held', async ({ run }) => {
  await run();
});

test('the document has every attempt, and no other', () => {
  const rows = readFileSync(DOCUMENT, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  expect(rows.map(([, table, does, held]) => [table, does, held])).toEqual(
    ATTEMPTS.map(({ table, does, held }) => [`\`${table}\``, does, held]),
  );
});
