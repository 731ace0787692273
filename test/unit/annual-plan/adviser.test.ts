import fc from 'fast-check';
import { advise, commonWindow, type AdvisedLine } from '../../../domain/annual-plan/adviser';
import { ExpectedVisits } from '../../../domain/annual-plan/expected-visits';
import { cellsOf } from '../../../domain/annual-plan/cells';
import type { CoveringItem } from '../../../domain/draw/coverage';

const CLASSES = ['A', 'B', 'C', 'D'];
const TAGS = ['catering', 'venue', 'school'];
const RATIOS = { A: 10_000, B: 30_000, C: 100_000, D: 200_000 };

const classOf = ({ drawClass }: Pick<Entity, 'drawClass'>): string => drawClass;

interface Entity {
  region: string;
  drawClass: string;
  tags: string[];
}

const entities = fc.array(
  fc.record({
    region: fc.constantFrom('691101', '691102'),
    drawClass: fc.constantFrom(...CLASSES),
    tags: fc.subarray(TAGS),
  }),
  { maxLength: 200 },
);

const items: CoveringItem[] = ['I0', 'I1', 'I2', 'I3', 'I4'].map((code, at) => ({
  code,
  category: 'general',
  object_tags: [TAGS[at % TAGS.length] ?? ''],
  object_regions: at === 4 ? ['691101'] : [],
}));

const line = (id: number, more: Partial<AdvisedLine> = {}): AdvisedLine => ({
  id,
  department: `D${id}`,
  item: `I${id}`,
  regions: ['691100'],
  fixedPpm: null,
  ratios: RATIOS,
  windowFrom: '2027-03-01',
  windowTo: '2027-10-31',
  ...more,
});

const lines = fc.tuple(
  ...[0, 1, 2, 3, 4].map((id) =>
    fc
      .record({
        regions: fc.constantFrom(['691100'], ['691101'], ['691102']),
        fixedPpm: fc.option(fc.integer({ min: 1, max: 1_000_000 })),
        ratio: fc.option(fc.integer({ min: 1, max: 1_000_000 })),
        windowFrom: fc.constantFrom('2027-01-01', '2027-06-01'),
        windowTo: fc.constantFrom('2027-06-20', '2027-12-31'),
      })
      .map(({ ratio, ...rest }) =>
        line(id, {
          ...rest,
          ratios: ratio === null ? RATIOS : Object.fromEntries(CLASSES.map((one) => [one, ratio])),
        }),
      ),
  ),
);

const kindsOf = (all: readonly Entity[]) => all.map((entity) => ({ ...entity, size: 1 }));

/** By the words: entity by entity, item by item. */
function visitsByTheBook(all: readonly Entity[], joined: readonly AdvisedLine[]): number {
  const areas = joined.flatMap(({ regions }) => regions.map((region) => region.replace(/(00)+$/, '')));
  const open = joined.filter((one) => one.fixedPpm === null);
  let visits = 0;
  for (const { region, drawClass, tags } of all) {
    if (!areas.some((area) => region.startsWith(area))) continue;
    const ratios = joined
      .filter(({ item }) => {
        const { object_tags = [], object_regions = [] } = items.find(({ code }) => code === item) ?? {};
        return (
          object_tags.some((tag) => tags.includes(tag)) &&
          (object_regions.length === 0 || object_regions.includes(region))
        );
      })
      .map((one) => one.fixedPpm ?? Math.max(...open.map(({ ratios: own }) => own[drawClass] ?? 0)));
    visits += Math.max(0, ...ratios) / 1_000_000;
  }
  return visits;
}

test('the numbers of a proposal are those of counting entity by entity', () => {
  fc.assert(
    fc.property(entities, lines, (all, plan) => {
      const { proposals, alone, visitsOf } = advise(
        plan,
        new ExpectedVisits(cellsOf(kindsOf(all), items, classOf)),
      );
      for (const one of plan) expect(visitsOf.get(one.id)).toBeCloseTo(visitsByTheBook(all, [one]), 6);
      for (const proposal of proposals) {
        const joined = plan.filter(({ id }) => proposal.lines.includes(id));
        expect(proposal.joint).toBeCloseTo(visitsByTheBook(all, joined), 6);
        expect(proposal.apart).toBeCloseTo(
          joined.reduce((sum, one) => sum + visitsByTheBook(all, [one]), 0),
          6,
        );
        expect(proposal.savedByRegion.reduce((sum, { visits }) => sum + visits, 0)).toBeCloseTo(
          proposal.apart - proposal.joint,
          6,
        );
        expect(proposal.apart - proposal.joint).toBeGreaterThanOrEqual(1 - 1e-9);
      }
      // Every line is in one proposal, or it is said why in none.
      const told = [...proposals.flatMap((proposal) => proposal.lines), ...alone.map((one) => one.line)];
      expect(told.sort()).toEqual(plan.map(({ id }) => id));
    }),
  );
});

test('lines that are proposed together have two weeks in common, and each its own item', () => {
  fc.assert(
    fc.property(entities, lines, (all, plan) => {
      for (const proposal of advise(plan, new ExpectedVisits(cellsOf(kindsOf(all), items, classOf)))
        .proposals) {
        const joined = plan.filter(({ id }) => proposal.lines.includes(id));
        const { windowFrom, windowTo } = commonWindow(joined);
        expect(Date.parse(windowTo) - Date.parse(windowFrom)).toBeGreaterThanOrEqual(13 * 86_400_000);
      }
    }),
  );
});

const TOWN = Array.from({ length: 400 }, (_, at) => ({
  region: at % 2 === 0 ? '691101' : '691102',
  drawClass: CLASSES[at % 4] ?? 'A',
  tags: at % 8 === 7 ? ['school'] : ['catering', 'venue'],
}));
const adviseTown = (...plan: AdvisedLine[]) =>
  advise(plan, new ExpectedVisits(cellsOf(kindsOf(TOWN), items, classOf)));

test('it says why a line stays alone', () => {
  const plan = [
    line(0),
    line(1, { windowFrom: '2027-11-01', windowTo: '2027-11-30' }),
    line(2),
    line(3, { item: 'I0' }),
  ];
  expect(adviseTown(...plan)).toMatchObject({
    proposals: [],
    alone: [
      { line: 0, why: 'windows-apart' },
      { line: 1, why: 'windows-apart' },
      { line: 2, why: 'no-common-entities' },
      { line: 3, why: 'windows-apart' },
    ],
  });
  // A high ratio that would count for everybody costs more than it saves.
  const high = Object.fromEntries(CLASSES.map((one) => [one, 1_000_000]));
  const dear = [line(0, { regions: ['691101'] }), line(1, { regions: ['691102'], ratios: high })];
  expect(adviseTown(...dear).alone.map(({ why }) => why)).toEqual(['saves-nothing', 'saves-nothing']);
});

test('no more than six departments come to one door', () => {
  const plan = Array.from({ length: 8 }, (_, id) => line(id));
  const everything = plan.map(({ item }): CoveringItem => ({
    code: item,
    category: 'general',
    object_tags: [],
    object_regions: [],
  }));
  const { proposals } = advise(plan, new ExpectedVisits(cellsOf(kindsOf(TOWN), everything, classOf)));
  expect(proposals.map((proposal) => proposal.lines.length).sort()).toEqual([2, 6]);
});
