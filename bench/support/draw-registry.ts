/** A registry of invented entities in a PostgreSQL of its own, as the server runs it. */
import type { Knex } from 'knex';
import { insertCampaign } from '../../db/campaigns';
import { connect } from '../../db/connect';
import { migrate } from '../../db/migrate';
import { CITY_POLICY } from '../../domain/deadlines/policy';
import { scratchServer, type ScratchServer } from './scratch-server';

export const ITEMS = 12;
export const STRATA = ['A', 'B', 'C', 'D'];
/** One in a hundred. */
export const RATIO_PPM = 10_000;

export interface Registry {
  db: Knex;
  url: string;
  size: number;
  /** Number of PostgreSQL's first process. */
  postmaster: number;
  newCampaign: (mode: 'joint' | 'per_item') => Promise<string>;
  /** Brings the table and the index of codes into PostgreSQL's memory. */
  touch: () => Promise<void>;
}

/** One of each size, in databases of one server. */
export async function startRegistries(
  sizes: readonly number[],
): Promise<{ registries: Registry[]; close: () => Promise<void> }> {
  const server = await scratchServer();
  const registries: Registry[] = [];
  const close = async () => {
    await Promise.all(registries.map(({ db }) => db.destroy()));
    await server.close();
  };
  try {
    for (const size of sizes) registries.push(await makeRegistry(server, size));
  } catch (error) {
    await close();
    throw error;
  }
  return { registries, close };
}

async function makeRegistry(server: ScratchServer, size: number): Promise<Registry> {
  const url = await server.create(`registry_${size}`);
  const db = connect(url);
  await migrate(db);
  const userId = await addCity(db);
  await fill(db, size);
  await db.raw('create extension pg_prewarm');
  return {
    db,
    url,
    size,
    postmaster: server.postmaster,
    newCampaign: (mode) => newCampaign(db, mode, userId),
    touch: async () => {
      await db.raw(`select pg_prewarm('entities'), pg_prewarm('entities_by_code')`);
    },
  };
}

const itemCode = (number: number) => `SCJG-${String(number).padStart(3, '0')}`;

async function addCity(db: Knex): Promise<number> {
  await db('regions').insert({ code: '691100', name: '云溪市', parent_code: null });
  await db('departments').insert({
    code: 'SCJG',
    name: '市场监管局',
    short_name: '市场监管局',
    region_code: '691100',
    kind: 'inspecting',
  });
  for (let number = 0; number < ITEMS; number += 1) {
    const code = itemCode(number);
    await db('items').insert({ code, department_code: 'SCJG' });
    await db('item_versions').insert({
      item_code: code,
      version: 1,
      status: 'published',
      name: code,
      category: 'general',
      methods: ['on-site'],
      legal_bases: JSON.stringify([{ law: '食品安全法', article: '第一百一十条', text: '' }]),
      object_tags: [`t${number}`],
      published_at: new Date(),
    });
  }
  const [user] = await db('users')
    .insert({ username: 'lead', name: 'lead', password_hash: '-' })
    .returning<{ id: number }[]>('id');
  return user?.id ?? 0;
}

/** Every entity has up to three of twelve tags and so is covered by up to three of the items. */
async function fill(db: Knex, size: number): Promise<void> {
  await db.raw(
    `insert into entities (credit_code, name, region_code, entity_type, business_scope, address, tags, draw_class)
     select '92691100MA' || upper(lpad(to_hex(n::bigint * 2654435761 % 4294967296), 8, '0')),
            '云溪市第' || n || '号餐饮服务有限公司', (691101 + n % 10)::text, '有限责任公司',
            '餐饮服务；食品销售；日用百货销售；场地租赁', '云溪市东县解放路' || n || '号',
            array['t' || n % 12, 't' || (n / 7) % 12, 't' || (n / 11) % 12],
            (array['A', 'B', 'B', 'B', 'C', 'C', 'D', 'A', 'B', 'B'])[1 + (n / 3) % 10]
       from generate_series(1, ?) n order by hashint8(n)`,
    [size],
  );
  await db.raw('vacuum analyze entities');
}

function newCampaign(db: Knex, mode: 'joint' | 'per_item', userId: number): Promise<string> {
  return insertCampaign(
    db,
    {
      name: '联合抽查',
      leadDepartment: 'SCJG',
      regions: ['691100'],
      mode,
      items: Array.from({ length: ITEMS }, (_, number) => itemCode(number)),
      teams: [{ department: 'SCJG', size: 2 }],
      strata: STRATA.map((stratum) => ({ stratum, ratio_ppm: RATIO_PPM, minimum: 0 })),
      deadlinePolicy: CITY_POLICY,
      yearlyCap: { A: 1, B: 1, C: 2, D: null },
      publicContributor: 'public:dice',
      rotation: true,
      demandsApproval: false,
      visitFrom: '2026-01-01',
      visitTo: '2026-12-31',
    },
    userId,
    '2026',
  );
}
