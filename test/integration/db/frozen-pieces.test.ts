import { createHash, randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { readBundle, readChunks } from '../../../db/archives';
import { connect } from '../../../db/connect';
import * as organisation from '../../../db/migrations/0001-organisation';
import * as registries from '../../../db/migrations/0002-registries';
import * as items from '../../../db/migrations/0003-items';
import * as campaigns from '../../../db/migrations/0004-campaigns';
import * as archives from '../../../db/migrations/0011-archives';
import * as frozenPieces from '../../../db/migrations/0012-frozen-pieces';
import { databaseAt, SERVER_VARIABLE } from '../../support/database';

const BUNDLE = randomBytes(2_500_000);
const SHA256 = createHash('sha256').update(BUNDLE).digest('hex');

let admin: Knex;
let db: Knex;
let name: string;
let ceremonyId: number;
let campaignId: number;

/** A ceremony as it was stored before there were pieces: more than one piece of entities, and its bundle in one value. */
beforeAll(async () => {
  const server = process.env[SERVER_VARIABLE] ?? '';
  name = `onevisit_test_${randomBytes(6).toString('hex')}`;
  admin = connect(server, { poolMax: 1 });
  await admin.raw(`create database ${name}`);
  db = connect(databaseAt(server, name));
  for (const { up } of [organisation, registries, items, campaigns]) await up(db);
  await db('regions').insert({ code: '691100', name: '云溪市' });
  await db('departments').insert({
    code: 'SCJG',
    name: '市场监管局',
    short_name: '市场监管局',
    region_code: '691100',
    kind: 'inspecting',
  });
  const idOf = async (table: string, row: object): Promise<number> => {
    const [inserted] = await db(table).insert(row).returning<{ id: number }[]>('id');
    return inserted?.id ?? 0;
  };
  const userId = await idOf('users', { username: 'lead', name: 'lead', password_hash: '-' });
  campaignId = await idOf('campaigns', {
    code: '2026-0001',
    name: '联合抽查',
    lead_department: 'SCJG',
    region_codes: ['691100'],
    mode: 'joint',
    strata: '[]',
    deadline_policy: '{}',
    yearly_cap: '{}',
    visit_from: '2026-01-01',
    visit_to: '2026-12-31',
    created_by: userId,
  });
  ceremonyId = await idOf('ceremonies', {
    campaign_id: campaignId,
    number: 1,
    status: 'drawn',
    manifest: '{}',
    commitment: '',
    frozen_at: new Date(),
    bundle: BUNDLE,
    bundle_sha256: SHA256,
  });
  await db.raw(
    `insert into entities (credit_code, name, region_code, draw_class)
     select '92691100MA' || upper(lpad(to_hex(n::bigint * 2654435761 % 4294967296), 8, '0')), n || '号店',
            (691101 + n % 3)::text, (array['A', 'B'])[1 + n % 2]
       from generate_series(1, 33000) n`,
  );
  await db.raw(
    `insert into frozen_entities (ceremony_id, credit_code, entity_id, region_code, stratum, items)
     select ?, credit_code, id, region_code, draw_class,
            case when id % 5 = 0 then array['SCJG-001', 'SCJG-002'] else array['SCJG-002'] end from entities`,
    [ceremonyId],
  );
  await db.raw(
    `insert into drawn (ceremony_id, item, stratum, rank, credit_code, ticket)
     select ceremony_id, '*', stratum, row_number() over (partition by stratum order by credit_code), credit_code, ''
       from frozen_entities where entity_id % 1000 = 0`,
  );
}, 120_000);

afterAll(async () => {
  await db.destroy();
  await admin.raw(`drop database ${name} with (force)`);
  await admin.destroy();
});

const everything = (): Promise<unknown> =>
  db('frozen_entities')
    .orderBy('credit_code')
    .select('ceremony_id', 'credit_code', 'region_code', 'stratum', 'items');

test('what was frozen before is there after, in pieces; what was drawn has its region and items', async () => {
  const before = await everything();
  await archives.up(db);
  await frozenPieces.up(db);
  expect(await everything()).toEqual(before);
  expect(await db('frozen_pieces').orderBy('number').pluck('number')).toEqual([1, 2]);
  const differing = await db('drawn as d')
    .join('frozen_entities as f', 'f.credit_code', 'd.credit_code')
    .whereRaw('(f.region_code, f.items) is distinct from (d.region_code, d.items)');
  expect(differing).toEqual([]);
  expect(await db('drawn').pluck('ceremony_id')).toHaveLength(33);

  const bundle = await readBundle(db, campaignId);
  expect(bundle).toEqual({ ceremony_id: ceremonyId, kind: 'bundle', size: BUNDLE.length, sha256: SHA256 });
  const chunks: Buffer[] = [];
  if (bundle) for await (const chunk of readChunks(db, bundle)) chunks.push(chunk);
  expect(chunks).toHaveLength(3);
  expect(Buffer.concat(chunks).equals(BUNDLE)).toBe(true);
});
