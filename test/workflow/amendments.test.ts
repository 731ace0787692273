import { insertAmendment, readRecord } from '../../db/amendments';
import { readCampaign } from '../../db/campaigns';
import { readExclusions, readLiveCeremony, readPool } from '../../db/ceremonies';
import type { Amendment } from '../../domain/amendments';
import { hash } from '../../domain/draw/hash';
import type { RecordEntry } from '../../domain/draw/record';
import { inspectorTicket } from '../../domain/draw/tickets';
import { buildCity, buildInspector } from '../support/build-city';
import { handInResults } from '../support/drive-campaign';
import { timeSkipping } from '../support/temporal';
import { workflowTown, type WorkflowTown } from '../support/workflow-town';

/** Campaigns of one test must not wear out the next one's entities. */
const UNCAPPED = { yearlyCap: { A: null, B: null, C: null, D: null } };

let town: WorkflowTown;

beforeAll(async () => {
  town = await workflowTown(timeSkipping(), async (db) => {
    const city = await buildCity(db, { entities: 200 });
    for (const number of [3, 4, 5]) {
      await buildInspector(db, { code: `WJW-000${number}`, department: 'WJW' });
    }
    return city;
  });
}, 120_000);

afterAll(() => town.stop());

async function ask(code: string, amendment: Amendment, user = 'lead'): Promise<number> {
  const { id } = await readCampaign(town.db, code);
  return insertAmendment(town.db, {
    campaignId: id,
    amendment,
    reason: '检查人员因公外出',
    actorId: town.city.users[user] ?? 0,
    at: new Date(),
  });
}

const approve = (code: string, amendment: number) =>
  town.officials.as('scjg-head', code, 'amend', { amendment, note: '' });

async function recordOf(code: string): Promise<RecordEntry[]> {
  const { id } = await readCampaign(town.db, code);
  const ceremony = await readLiveCeremony(town.db, id);
  const rows = await readRecord(town.db, ceremony?.id ?? 0);
  let previous = ceremony?.bundle_sha256 ?? '';
  return rows.map((row, at) => {
    const entry = JSON.parse(row.line) as RecordEntry;
    expect(entry).toMatchObject({ seq: at + 1, previous, campaign: code });
    expect(row.digest).toBe(hash(row.line));
    previous = row.digest;
    return entry;
  });
}

async function teams(code: string, department: string): Promise<Map<number, string[]>> {
  const { rows } = await town.db.raw<{ rows: { number: number; team: string[] }[] }>(
    `select v.number, array_agg(i.code order by i.code) as team
       from assignments a join visits v on v.id = a.visit_id join inspectors i on i.id = a.inspector_id
       join campaigns c on c.id = v.campaign_id
      where c.code = ? and a.department_code = ? group by v.number order by v.number`,
    [code, department],
  );
  return new Map(rows.map((row) => [row.number, row.team]));
}

const busiest = (of: Map<number, string[]>): string => {
  const [first] = [...of.values()].flat();
  if (first === undefined) throw new Error('nobody is assigned');
  return first;
};

describe('an inspector who can not go', () => {
  test('is replaced by the next ticket in every open visit, with tasks, notices and a line on the record', async () => {
    const code = await town.officials.campaignAt('dispatched');
    const before = await teams(code, 'WJW');
    const leaving = busiest(before);
    await approve(code, await ask(code, { kind: 'replacement', inspector: leaving, visits: null }));

    const [entry] = await recordOf(code);
    const { id } = await readCampaign(town.db, code);
    const ceremony = await readLiveCeremony(town.db, id);
    const after = await teams(code, 'WJW');
    expect([...after.values()].flat()).not.toContain(leaving);
    const own = [...before].filter(([, team]) => team.includes(leaving));
    expect(entry).toMatchObject({ kind: 'replacement', inspector: leaving, scope: 'all' });
    expect(entry?.kind === 'replacement' && entry.changes.map((one) => one.visit)).toEqual(
      own.map(([visit]) => visit),
    );
    const codes = await town
      .db('visits as v')
      .join('entities as e', 'e.id', 'v.entity_id')
      .where('v.campaign_id', id)
      .select<{ number: number; credit_code: string }[]>('v.number', 'e.credit_code');
    for (const [visit, team] of own) {
      const entity = codes.find((one) => one.number === visit)?.credit_code ?? '';
      const [next] = ['WJW-0001', 'WJW-0002', 'WJW-0003', 'WJW-0004', 'WJW-0005']
        .filter((one) => !team.includes(one))
        .map((one) => ({ one, ticket: inspectorTicket(ceremony?.seed ?? '', entity, 'WJW', one) }))
        .sort((a, b) => (a.ticket < b.ticket ? -1 : 1));
      expect(after.get(visit)).toEqual([...team.filter((one) => one !== leaving), next?.one].sort());
    }
    const owing = await town
      .db('tasks')
      .where({ campaign_id: id, kind: 'results', department_code: 'WJW' })
      .whereNull('done_at')
      .pluck('assignee_id');
    expect(owing).not.toContain(town.city.users[leaving.toLowerCase()]);
    const told = await town
      .db('notices')
      .where({ campaign_id: id, kind: 'visits-assigned' })
      .andWhere('key', 'like', '%amendment%')
      .pluck('recipient_id');
    expect(told.length).toBeGreaterThan(0);
  });

  test('is left in visits whose results are in, and leaves only the visits that are named', async () => {
    const code = await town.officials.campaignAt('dispatched');
    const before = await teams(code, 'WJW');
    const leaving = busiest(before);
    const [done, named] = [...before].filter(([, team]) => team.includes(leaving)).map(([visit]) => visit);
    await handInResults(town.db, code, new Date(), ({ visit }) => (visit === done ? 1 : null));
    await approve(
      code,
      await ask(code, { kind: 'replacement', inspector: leaving, visits: [done ?? 0, named ?? 0] }),
    );
    const after = await teams(code, 'WJW');
    expect(after.get(done ?? 0)).toContain(leaving);
    expect(after.get(named ?? 0)).not.toContain(leaving);
    expect(await recordOf(code)).toMatchObject([{ scope: 'visits', changes: [{ visit: named }] }]);
  });

  test('does not come back to a visit that was given up, however many leave it after', async () => {
    const code = await town.officials.campaignAt('dispatched');
    const [[visit, team] = [0, []]] = await teams(code, 'WJW');
    const gone = new Set<string>();
    // Five are of the office: after three have left there are two, and nobody to take the next place.
    for (let times = 0; times < 4; times++) {
      const [leaving = ''] = (await teams(code, 'WJW')).get(visit) ?? [];
      gone.add(leaving);
      await approve(code, await ask(code, { kind: 'replacement', inspector: leaving, visits: [visit] }));
      const now = (await teams(code, 'WJW')).get(visit) ?? [];
      expect(now.filter((one) => gone.has(one))).toEqual([]);
      expect(now).toHaveLength(times < 3 ? team.length : team.length - 1);
    }
    expect((await recordOf(code)).at(-1)).toMatchObject({ changes: [{ visit, by: null }] });
  });

  test('nobody approves their own request, and a request is carried out once', async () => {
    const code = await town.officials.campaignAt('drawn');
    const leaving = busiest(await teams(code, 'WJW'));
    const own = await ask(code, { kind: 'replacement', inspector: leaving, visits: null }, 'scjg-head');
    await expect(approve(code, own)).rejects.toMatchObject({ kind: 'forbidden', type: 'own-submission' });
    const asked = await ask(code, { kind: 'replacement', inspector: leaving, visits: null });
    await approve(code, asked);
    await expect(approve(code, asked)).rejects.toMatchObject({ type: 'amendment-decided' });
    expect(await recordOf(code)).toHaveLength(1);
  });

  test('before the draw there is nothing to change', async () => {
    const code = await town.officials.campaignAt('approved');
    await expect(
      approve(code, await ask(code, { kind: 'replacement', inspector: 'WJW-0001', visits: null })),
    ).rejects.toMatchObject({ kind: 'conflict', type: 'campaign-stage' });
  });
});

describe('a supplementary draw', () => {
  const drawnRows = async (code: string) => {
    const { id } = await readCampaign(town.db, code);
    const ceremony = await readLiveCeremony(town.db, id);
    return town
      .db('drawn')
      .where({ ceremony_id: ceremony?.id ?? 0 })
      .orderBy(['item', 'stratum', 'rank'])
      .select<{ item: string; stratum: string; rank: number; credit_code: string }[]>(
        'item',
        'stratum',
        'rank',
        'credit_code',
      );
  };

  test.each(['joint', 'per_item'] as const)(
    '%s: drops nothing, draws on in ticket order, and hands the new visits out',
    async (mode) => {
      const code = await town.officials.campaignAt('dispatched', { ...UNCAPPED, mode });
      const before = await drawnRows(code);
      const { id } = await readCampaign(town.db, code);
      const visitsBefore = await town
        .db('visits')
        .where({ campaign_id: id })
        .orderBy('number')
        .select<{ number: number; entity_id: number; ticket: string }[]>('number', 'entity_id', 'ticket');
      const item = mode === 'joint' ? '*' : 'WJW-001';
      await approve(
        code,
        await ask(code, {
          kind: 'supplement',
          strata: [{ item, stratum: 'A', ratio_ppm: 300_000, minimum: 1 }],
        }),
      );
      const after = await drawnRows(code);
      expect(after).toEqual(expect.arrayContaining(before));
      const grown = after.filter((row) => row.item === item && row.stratum === 'A');
      expect(grown).toHaveLength(15);
      const visits = await town
        .db('visits')
        .where({ campaign_id: id })
        .orderBy('number')
        .select<{ number: number; entity_id: number; ticket: string }[]>('number', 'entity_id', 'ticket');
      expect(visits.slice(0, visitsBefore.length)).toEqual(visitsBefore);
      const fresh = visits.slice(visitsBefore.length).map((visit) => visit.ticket);
      expect(fresh).toEqual([...fresh].sort());
      expect(new Set(visits.map((visit) => visit.entity_id)).size).toBe(visits.length);

      const [entry] = await recordOf(code);
      expect(entry?.kind).toBe('supplement');
      const owed = await town.db.raw<{ rows: { missing: number }[] }>(
        `select count(*) as missing
           from (select distinct vi.visit_id, vi.department_code from visit_items vi join visits v on v.id = vi.visit_id
                  where v.campaign_id = ?) need
          where not exists (select 1 from tasks t where t.key = 'results/' || need.visit_id || '/' || need.department_code)`,
        [id],
      );
      expect(owed.rows[0]?.missing).toBe(0);
      const pool = await readPool(town.db, (await readLiveCeremony(town.db, id))?.id ?? 0);
      const exclusions = await readExclusions(town.db, (await readLiveCeremony(town.db, id))?.id ?? 0);
      expect(exclusions).toEqual([]);
      for (const department of ['SCJG', 'WJW']) {
        const of = new Set(pool.filter((one) => one.department === department).map((one) => one.inspector));
        for (const team of (await teams(code, department)).values()) {
          expect(team).toHaveLength(2);
          expect(team.every((one) => of.has(one))).toBe(true);
        }
      }
    },
  );

  test('a finished visit that gets a further item is open again, and its results are owed again', async () => {
    // One of five whom the market office draws is drawn by the health office too.
    const ratioOf = (ratio_ppm: number | null) =>
      town.db('item_versions').where({ item_code: 'WJW-001' }).update({ ratio_ppm });
    await ratioOf(20_000);
    const code = await town.officials.campaignAt('dispatched', { ...UNCAPPED, mode: 'per_item' });
    await ratioOf(null);
    await handInResults(town.db, code, new Date(), ({ visit }) => (visit === 1 ? null : 1));
    const { id } = await readCampaign(town.db, code);
    const before = (await town.db('visits').where({ campaign_id: id })).length;
    const items = ['SCJG-001', 'WJW-001', 'XFJ-001'];
    const strata = ['A', 'B', 'C', 'D'] as const;
    await approve(
      code,
      await ask(code, {
        kind: 'supplement',
        strata: items.flatMap((item) =>
          strata.map((stratum) => ({ item, stratum, ratio_ppm: 1_000_000, minimum: 1 })),
        ),
      }),
    );
    const open = await town.db.raw<{ rows: { number: number; finished: boolean; open: number }[] }>(
      `select v.number, v.finished_at is not null as finished, count(*) filter (where vi.result_code is null) as open
         from visits v join visit_items vi on vi.visit_id = v.id where v.campaign_id = ? group by v.id`,
      [id],
    );
    expect(open.rows).toHaveLength(200);
    for (const visit of open.rows) expect(visit.finished).toBe(visit.open === 0);
    const again = open.rows.filter((visit) => visit.number > 1 && visit.number <= before && visit.open > 0);
    expect(again.length).toBeGreaterThan(0);
    const owed = await town
      .db('tasks as t')
      .join('visits as v', 'v.id', 't.visit_id')
      .where({ 'v.campaign_id': id, 't.kind': 'results' })
      .whereNull('t.done_at')
      .pluck('v.number');
    expect(owed).toEqual(expect.arrayContaining(again.map((visit) => visit.number)));
  });

  test('not once results are published', async () => {
    const code = await town.officials.campaignAt('dispatched');
    await handInResults(town.db, code, new Date(), ({ visit }) => (visit === 1 ? 1 : null));
    await town.officials.as('lead', code, 'publish');
    const asked = await ask(code, {
      kind: 'supplement',
      strata: [{ item: '*', stratum: 'A', ratio_ppm: 500_000, minimum: 1 }],
    });
    await expect(approve(code, asked)).rejects.toMatchObject({ type: 'already-published' });
    expect(await recordOf(code)).toEqual([]);
  });
});
