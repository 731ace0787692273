import { readCampaign } from '../../../db/campaigns';
import { entityTicket } from '../../../domain/draw/tickets';
import { hash } from '../../../domain/draw/hash';
import type { Manifest } from '../../../domain/draw/manifest';
import { PIECE_RECORDS } from '../../../domain/draw/records';
import { campaignDriver } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { readZip } from '../../support/read-zip';
import { startTestApi, type TestApi } from '../api/support';

let api: TestApi;
let officials: ReturnType<typeof campaignDriver>;

beforeAll(async () => {
  api = await startTestApi();
  officials = campaignDriver({ ...api, ...runActivities(api.db) });
  // More than one piece; the codes' order is not the order in which they came.
  await api.db.raw(
    `insert into entities (credit_code, name, region_code, tags, draw_class)
     select '92691100MB' || lpad(to_hex(n::bigint * 2654435761 % 4294967296), 8, '0'), n || '号店',
            (array['691101', '691102'])[1 + n % 2],
            case when n % 3 = 0 then array['catering', 'venue'] else array['catering'] end,
            (array['A', 'B', 'C', 'D'])[1 + n % 4]
       from generate_series(1, ?) n`,
    [PIECE_RECORDS + 2000],
  );
}, 120_000);

afterAll(async () => {
  await api.stop();
});

async function drawnBundle(
  plan: object,
): Promise<{ code: string; files: Map<string, string>; seed: string }> {
  const strata = ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 2_000, minimum: 1 }));
  const code = await officials.campaignAt('drawn', { strata, ...plan });
  const { seed } = await officials.ceremonyOf(code);
  const response = await fetch(`${api.url}/api/v1/public/campaigns/${code}/bundle.zip`);
  return { code, files: await readZip(Buffer.from(await response.arrayBuffer())), seed: seed ?? '' };
}

/** `drawn.csv` from the published populations alone. */
function recomputed(files: ReadonlyMap<string, string>, seed: string): string {
  const manifest = JSON.parse(files.get('manifest.json') ?? '') as Manifest;
  const lines = manifest.strata.flatMap(({ item, stratum, sample }) => {
    const population = files.get(`populations/${item === '*' ? '_joint' : item}/${stratum}.txt`) ?? '';
    const tickets = population
      .split('\n')
      .slice(0, -1)
      .map((code) => ({ code, ticket: entityTicket(seed, code) }))
      .sort((a, b) => (a.ticket < b.ticket ? -1 : 1));
    return tickets
      .slice(0, sample)
      .map(({ code, ticket }, at) => `${item},${stratum},${at + 1},${code},${ticket}\n`);
  });
  return ['item,stratum,rank,code,ticket\n', ...lines].join('');
}

describe.each(['joint', 'per_item'] as const)('a draw over several pieces, %s', (mode) => {
  let drawn: Awaited<ReturnType<typeof drawnBundle>>;
  beforeAll(async () => {
    drawn = await drawnBundle({ mode, yearlyCap: { A: null, B: null, C: null, D: null } });
  });

  test('is what anyone computes from the published populations', () => {
    expect(drawn.files.get('drawn.csv')).toBe(recomputed(drawn.files, drawn.seed));
    expect(drawn.files.get('drawn.csv')?.split('\n').length).toBeGreaterThan(70);
  });

  test('every population file is the sorted registry of its stratum, and has its digest', () => {
    const manifest = JSON.parse(drawn.files.get('manifest.json') ?? '') as Manifest;
    for (const { item, stratum, digest, size } of manifest.strata) {
      const text = drawn.files.get(`populations/${item === '*' ? '_joint' : item}/${stratum}.txt`) ?? '';
      const codes = text.split('\n').slice(0, -1);
      expect(hash(text)).toBe(digest);
      expect(codes).toHaveLength(size);
      expect(codes).toEqual([...codes].sort());
    }
    expect(manifest.entities.size).toBe(PIECE_RECORDS + 2060);
  });

  test('visits have the items that drew them, in ticket order', () => {
    const manifest = JSON.parse(drawn.files.get('manifest.json') ?? '') as Manifest;
    const itemsOf = new Map<string, Set<string>>();
    for (const line of (drawn.files.get('drawn.csv') ?? '').split('\n').slice(1, -1)) {
      const [item = '', , , code = ''] = line.split(',');
      const covering = manifest.items
        .filter((one) =>
          item === '*'
            ? (drawn.files.get(`populations/${one.item}/_all.txt`) ?? '').includes(`${code}\n`)
            : one.item === item,
        )
        .map((one) => one.item);
      itemsOf.set(code, new Set([...(itemsOf.get(code) ?? []), ...covering]));
    }
    const expected = [...itemsOf]
      .sort((a, b) => (entityTicket(drawn.seed, a[0]) < entityTicket(drawn.seed, b[0]) ? -1 : 1))
      .map(([code, items], at) => `${at + 1},${code},${[...items].sort().join(';')}\n`);
    expect(drawn.files.get('visits.csv')).toBe(['visit,code,items\n', ...expected].join(''));
  });

  test('the view of the frozen entities shows the same population', async () => {
    const { id } = await officials.ceremonyOf(drawn.code);
    const [row] = await api
      .db('frozen_entities')
      .where({ ceremony_id: id })
      .select<[{ text: string; n: number }]>(
        api.db.raw(
          `string_agg(credit_code || ',' || region_code || E'\\n', '' order by credit_code) as text, count(*) as n`,
        ),
      );
    expect(`code,region\n${row?.text}`).toBe(drawn.files.get('entities.csv'));
    const venues = await api
      .db('frozen_entities')
      .where({ ceremony_id: id, stratum: 'A' })
      .whereRaw(`'XFJ-001' = any (items)`)
      .count<[{ count: number }]>();
    const manifest = JSON.parse(drawn.files.get('manifest.json') ?? '') as Manifest;
    const inRegistry = await api
      .db('entities')
      .where({ draw_class: 'A' })
      .whereRaw(`'venue' = any (tags)`)
      .count<[{ count: number }]>();
    expect(venues).toEqual(inRegistry);
    expect(row?.n).toBe(manifest.entities.size);
  });
});

test('who had the visits of a year is left out of the next population, and counted', async () => {
  const code = await officials.campaignAt('approved', { visitFrom: '2031-01-01' });
  const earlier = await officials.campaignAt('approved', { visitFrom: '2031-01-01' });
  const { id } = await readCampaign(api.db, earlier);
  // Of each class 20: one visit is the cap of A and B, not of C, and D has none.
  await api.db.raw(
    `insert into visits (campaign_id, number, entity_id, ticket)
     select ?, row_number() over (order by id), id, '' from (
       select id, row_number() over (partition by draw_class order by id) as n from entities) one where n <= 20`,
    [id],
  );
  await officials.as('lead', code, 'freeze');
  const { capped, manifest } = await officials.ceremonyOf(code);
  expect(capped).toBe(40);
  expect((JSON.parse(manifest) as Manifest).entities.size).toBe(PIECE_RECORDS + 2060 - 40);
});

test('an entity that left the registry after the freeze is drawn as it was frozen', async () => {
  const strata = ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 5_000, minimum: 1 }));
  const code = await officials.campaignAt('approved', { strata });
  await officials.as('lead', code, 'freeze');
  await api.db('entities').update({ region_code: '691102', status: 'cancelled', tags: [] });
  await officials.carryTo(code, 'drawn');
  const { id } = await readCampaign(api.db, code);
  const [{ visits }] = (await api.db('visits').where({ campaign_id: id }).count({ visits: '*' })) as [
    { visits: number },
  ];
  expect(visits).toBeGreaterThan(150);
  const regions: unknown = await api
    .db('drawn')
    .where({ ceremony_id: (await officials.ceremonyOf(code)).id })
    .distinct('region_code')
    .orderBy('region_code')
    .pluck('region_code');
  expect(regions).toEqual(['691101', '691102']);
});
