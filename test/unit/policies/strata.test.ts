import fc from 'fast-check';
import { stratumOf } from '../../../domain/draw/kind-strata';
import { industryProblems, levelOf, LEVELS, type IndustryRisk } from '../../../domain/policies/industry-risk';
import { DRAW_CLASSES, mostSpecific, partName, partOf, partWords } from '../../../domain/policies/parts';
import { planStrata } from '../../../domain/policies/plan-strata';
import {
  PRESET,
  rowOf,
  rowProblems,
  strataFor,
  type PolicyRow,
  type PolicyTable,
} from '../../../domain/policies/ratio-rows';
import { covers } from '../../../domain/regions/covers';

const CITY = '691100';
const EAST = '691101';
const WEST = '691102';
const REGIONS = new Map([
  [CITY, '云溪市'],
  [EAST, '东县'],
  [WEST, '西县'],
]);
const INDUSTRIES: IndustryRisk[] = [
  { tag: 'dangerous-chemicals', level: 'high', reason: '危险化学品' },
  { tag: 'catering', level: 'low', reason: '小餐饮' },
];
const row = (more: Partial<PolicyRow> = {}): PolicyRow => ({
  ...{ region: null, level: null, drawClass: 'B', ratioPpm: 30_000, cap: 1 },
  ...more,
});
const tableOf = (...rows: PolicyRow[]): PolicyTable => ({
  rows: [...PRESET.rows, ...rows],
  industries: INDUSTRIES,
});
const NAMES = (table: PolicyTable, regions: string[]) =>
  strataFor(table, regions).map(({ stratum }) => stratum);

test('an entity has the highest level of its tags, and a normal one where the table names none', () => {
  expect(levelOf(['catering', 'dangerous-chemicals'], INDUSTRIES)).toBe('high');
  expect(levelOf(['catering', 'venue'], INDUSTRIES)).toBe('low');
  expect(levelOf(['venue'], INDUSTRIES)).toBe('normal');
  expect(levelOf([], [])).toBe('normal');
});

describe('the most specific row counts', () => {
  const rows = [
    row(),
    row({ region: CITY, ratioPpm: 1 }),
    row({ region: EAST, ratioPpm: 2 }),
    row({ level: 'high', ratioPpm: 3 }),
    row({ region: WEST, level: 'high', ratioPpm: 4 }),
  ];
  const ratioOf = (region: string, ...tags: string[]) =>
    rowOf({ rows, industries: INDUSTRIES }, { region, drawClass: 'B', tags })?.ratioPpm;

  test('the nearest region', () => {
    expect([ratioOf(EAST), ratioOf(WEST), ratioOf('610101')]).toEqual([2, 1, 30_000]);
  });

  test('one for its level before one for its county, and one for both before either', () => {
    expect(ratioOf(EAST, 'dangerous-chemicals')).toBe(3);
    expect(ratioOf(WEST, 'dangerous-chemicals')).toBe(4);
  });

  test('a level of its own without a row goes by those for any', () => {
    expect(ratioOf(EAST, 'catering')).toBe(2);
  });

  test('there is no row of another class', () => {
    expect(mostSpecific(rows, { region: EAST, drawClass: 'A', level: 'high' })).toBeUndefined();
  });
});

test('a table with ties, unknown places or tags, or levels that nobody has is refused in words', () => {
  const high = row({ region: EAST, level: 'high' });
  const { rows } = tableOf(high, high, row({ region: '123456' }), row({ level: 'low' }));
  const industries: IndustryRisk[] = [{ tag: 'dangerous-chemicals', level: 'high', reason: '危险' }];
  expect(rowProblems({ rows, industries }, REGIONS)).toEqual([
    { field: 'rows.5', message: '东县、行业高风险的 B 类写了不止一行，分不出以哪一行为准：请保留一行。' },
    { field: 'rows.6.region', message: '没有行政区划代码“123456”。' },
    {
      field: 'rows.7.level',
      message: '全市、行业低风险的 B 类不会用到：没有标签定为行业低风险。请补充行业风险，或删去这一行。',
    },
  ]);
  expect(rowProblems({ rows: rows.slice(1, 4), industries }, REGIONS)).toEqual([
    { field: 'rows', message: '全市的 A 类没有比例：请补上一行。' },
  ]);
  expect(
    industryProblems([...industries, { tag: 'dangerous-chemicals', level: 'low', reason: '误' }], new Set()),
  ).toEqual([
    { field: 'industries.0.tag', message: '名录库没有标签“dangerous-chemicals”。' },
    { field: 'industries.1', message: '标签“dangerous-chemicals”定了不止一个风险等级：请保留一行。' },
    { field: 'industries.1.tag', message: '名录库没有标签“dangerous-chemicals”。' },
  ]);
});

describe('the strata of a campaign', () => {
  const table = tableOf(
    row({ region: EAST }),
    row({ level: 'high' }),
    row({ region: EAST, level: 'high', ratioPpm: 500_000, cap: null }),
  );

  test('are the classes where only the city’s rows apply', () => {
    expect(NAMES(PRESET, [CITY])).toEqual(['A', 'B', 'C', 'D']);
    expect(NAMES(tableOf(row({ region: EAST })), [WEST])).toEqual(['A', 'B', 'C', 'D']);
  });

  test('are parts by themselves where a county’s row or a level’s applies to some', () => {
    expect(NAMES(table, [CITY])).toEqual(['A', 'B', 'B-691101', 'B-691101-high', 'B-high', 'C', 'D']);
    expect(strataFor(table, [CITY])[3]).toMatchObject({ ratioPpm: 500_000, cap: null });
  });

  test('name no region where the row is around the whole campaign', () => {
    expect(NAMES(table, [EAST])).toEqual(['A', 'B', 'B-high', 'C', 'D']);
    expect(strataFor(table, [EAST])[2]).toMatchObject({ ratioPpm: 500_000 });
    expect(NAMES(table, [EAST, WEST])).toEqual(NAMES(table, [CITY]));
  });

  const part = {
    region: fc.constantFrom(null, CITY, EAST, WEST, '691103'),
    level: fc.constantFrom(null, ...LEVELS),
    drawClass: fc.constantFrom(...DRAW_CLASSES),
  };
  const tables = fc
    .uniqueArray(fc.record({ ...part, ratioPpm: fc.nat(1_000_000), cap: fc.option(fc.nat(9)) }), {
      selector: partName,
    })
    .map((rows) =>
      tableOf(...rows.filter((one) => !PRESET.rows.some((preset) => partName(preset) === partName(one)))),
    );
  const kinds = fc.record({
    region: fc.constantFrom(EAST, WEST, '691103'),
    drawClass: fc.constantFrom<string>(...DRAW_CLASSES),
    tags: fc.subarray(['catering', 'dangerous-chemicals', 'venue']),
  });

  test('partition the kinds, and each kind has the ratio and cap of its row whatever campaign it is in', () => {
    fc.assert(
      fc.property(
        tables,
        kinds,
        fc.subarray([CITY, EAST, WEST, '691103'], { minLength: 1 }),
        (table, kind, regions) => {
          fc.pre(regions.some((area) => covers(area, kind.region)));
          const strata = strataFor(table, regions);
          const stratum = stratumOf({ strata, industries: table.industries })(kind);
          expect(strata.filter((one) => one.stratum === stratum)).toHaveLength(1);
          const { ratioPpm, cap } = rowOf(table, kind) ?? {};
          expect(strata.find((one) => one.stratum === stratum)).toMatchObject({ ratioPpm, cap });
          expect(new Set(strata.map((one) => one.stratum)).size).toBe(strata.length);
        },
      ),
    );
  });

  test('have names that a file can have and that say what they are', () => {
    fc.assert(
      fc.property(fc.record(part), (one) => {
        expect(partName(one)).toMatch(/^[A-D][a-z0-9-]*$/);
        expect(partOf(partName(one))).toEqual(one);
      }),
    );
    const nameOf = (code: string) => REGIONS.get(code) ?? code;
    expect(
      ['B', 'B-691101', 'B-high', 'B-691101-low', 'Laden'].map((name) => partWords(name, nameOf)),
    ).toEqual(['B 类', 'B 类（东县）', 'B 类（行业高风险）', 'B 类（东县、行业低风险）', 'Laden']);
  });
});

describe('a plan with ratios of its own', () => {
  const table = tableOf(
    row({ region: EAST, ratioPpm: 7 }),
    row({ drawClass: 'C', level: 'high', ratioPpm: 9 }),
  );
  const own = (stratum: string, ratioPpm = 1) => ({ stratum, ratioPpm, minimum: 2 });

  test('may leave out a class but no part of one', () => {
    expect(planStrata(table, [CITY], [own('B')], REGIONS)).toMatchObject({
      problems: [],
      strata: [
        { stratum: 'B', ratioPpm: 1, minimum: 2 },
        { stratum: 'B-691101', ratioPpm: 7, minimum: 0 },
      ],
    });
  });

  test('goes by the policy where it names none', () => {
    expect(planStrata(table, [CITY], undefined, REGIONS).strata).toHaveLength(6);
  });

  test('is refused where it names what the policy does not tell apart, or one twice', () => {
    const { problems } = planStrata(
      table,
      [WEST],
      [own('B-691101-high'), own('C-high'), own('C-high')],
      REGIONS,
    );
    expect(problems).toEqual([
      {
        field: 'ratios.0',
        message:
          'B 类（东县、行业高风险）不是本任务的分层：现行比例和频次政策没有这样规定，或任务不涉及该地区。请删去这一行。',
      },
      { field: 'ratios.2', message: 'C 类（行业高风险）的比例写了不止一个：请保留一个。' },
    ]);
  });
});
