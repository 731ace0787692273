import fc from 'fast-check';
import type { PoolInspector } from '../../../domain/draw/frozen-files';
import { inspectorTicket } from '../../../domain/draw/tickets';
import { replace, type Standing, type Vacancy } from '../../../domain/matching/replace';

const SEED = 'a'.repeat(64);

const person = (inspector: string, more: Partial<PoolInspector> = {}): PoolInspector => ({
  inspector,
  department: 'SCJG',
  regions: [],
  qualifications: [],
  capacity: null,
  ...more,
});

const vacancy = (more: Partial<Vacancy> = {}): Vacancy => ({
  visit: 1,
  code: '91610900MA00000001',
  region: '610902',
  department: 'SCJG',
  teamSize: 2,
  qualifications: [],
  team: ['p1', 'p2'],
  leaving: 'p1',
  ...more,
});

const standing = (pool: PoolInspector[], more: Partial<Standing> = {}): Standing => ({
  pool,
  exclusions: [],
  unavailable: new Set(),
  load: new Map(),
  seed: SEED,
  ...more,
});

const byTicket = (names: string[], { code, department }: Vacancy) =>
  [...names].sort((a, b) =>
    inspectorTicket(SEED, code, department, a) < inspectorTicket(SEED, code, department, b) ? -1 : 1,
  );

test('the next ticket goes, whatever the order of the pool', () => {
  const pool = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6'].map((name) => person(name));
  const [first] = byTicket(['p3', 'p4', 'p5', 'p6'], vacancy());
  fc.assert(
    fc.property(fc.shuffledSubarray(pool, { minLength: pool.length }), (shuffled) => {
      expect(replace([vacancy()], standing(shuffled))).toMatchObject([{ by: first, rule: null }]);
    }),
  );
});

test.each<[string, Partial<PoolInspector>, Partial<Standing>, Partial<Vacancy>, string]>([
  ['of another department', { department: 'WJW' }, {}, {}, 'department'],
  ['taken out before', {}, { unavailable: new Set(['p3']) }, {}, 'department'],
  ['in another region', { regions: ['610921'] }, {}, {}, 'region'],
  ['without the qualification', {}, {}, { qualifications: ['special-equipment'] }, 'qualifications'],
  [
    'recused',
    {},
    { exclusions: [{ inspector: 'p3', code: vacancy().code, reason: '回避' }] },
    {},
    'exclusion',
  ],
  ['at capacity', { capacity: 2 }, { load: new Map([['p3', 2]]) }, {}, 'capacity'],
])('nobody goes who is %s, and the rule is named', (_who, about, state, need, rule) => {
  const pool = [person('p1'), person('p2'), person('p3', about)];
  expect(replace([vacancy(need)], standing(pool, state))).toMatchObject([{ by: null, rule }]);
});

test('two places of one team go to two people, and workloads count on from visit to visit', () => {
  const pool = ['p1', 'p2', 'p3', 'p4'].map((name) => person(name, { capacity: 1 }));
  const both = replace([vacancy(), vacancy({ leaving: 'p2' })], standing(pool));
  expect(both.map((one) => one.by).sort()).toEqual(['p3', 'p4']);
  const later = replace(
    [
      vacancy(),
      vacancy({ visit: 2, code: '91610900MA00000002' }),
      vacancy({ visit: 3, code: '91610900MA00000003' }),
    ],
    standing(pool),
  );
  expect(
    later
      .map((one) => one.by)
      .slice(0, 2)
      .sort(),
  ).toEqual(['p3', 'p4']);
  expect(later[2]).toMatchObject({ by: null, rule: 'capacity' });
});
