import { hash } from '../../../domain/draw/hash';
import { groupCounts, type GroupKind } from '../../../domain/statistics/group-counts';
import { standOut } from '../../../domain/statistics/many-tests';
import { timesDrawn } from '../../../domain/statistics/times-drawn';
import { membersOf, patternsOf, simulateDraw, type SimulatedDraw } from './simulated-draws';

const MEMBERS = membersOf(1200);
const factsOf = async (draws: readonly SimulatedDraw[]) => {
  const patterns = await patternsOf(draws);
  const past = draws.map(({ draw }) => draw);
  return { past, patterns, groups: groupCounts(past, patterns), times: timesDrawn(past, patterns) };
};
const draw = (name: string, members = MEMBERS) => simulateDraw(name, members);

test('entities that went through the same are counted together, whoever came and went', async () => {
  const first = draw('one');
  const second = draw(
    'two',
    MEMBERS.filter((_, at) => at % 4 !== 0),
  );
  const patterns = await patternsOf([first, second]);
  const sizes = (place: number) =>
    patterns.filter((one) => one.draws.some(([at]) => at === place)).reduce((sum, one) => sum + one.size, 0);
  expect([sizes(0), sizes(1)]).toEqual([1200, 900]);
  const drawn = (place: number) =>
    patterns
      .filter((one) => one.draws.some(([at, , isDrawn]) => at === place && isDrawn))
      .reduce((sum, one) => sum + one.size, 0);
  expect([drawn(0), drawn(1)]).toEqual([first.drawn.size, second.drawn.size]);
  const twice = MEMBERS.filter(({ code }) => first.drawn.has(code) && second.drawn.has(code));
  expect(patterns.flatMap((one) => one.codes).sort()).toEqual(twice.map((one) => one.code));
});

test('a county’s expected number is its entities’ share of each stratum’s sample', async () => {
  const { groups } = await factsOf([draw('one'), draw('two')]);
  const of = (kind: GroupKind, key: string) => groups.find((one) => one.kind === kind && one.key === key);
  // 480 of the 1200 are of the first county, as many of each class; 30 and 90 are drawn, twice.
  expect(of('region', '691101')?.expected).toBeCloseTo(((240 * 30) / 600 + (240 * 90) / 600) * 2, 9);
  expect(of('region', '691101')?.tail).toBeGreaterThan(0);
  // What the rules fix is met, and no chance is left in it.
  for (const [kind, key, number] of [
    ['all', '', 240],
    ['stratum', 'A', 60],
    ['stratum', 'B', 180],
  ] as const) {
    expect(of(kind, key)).toMatchObject({ observed: number, tail: null, isBroken: false });
  }
});

test('a stratum whose sample is not what its rule demands is broken', async () => {
  const honest = draw('one');
  const [lost] = honest.drawn;
  const { groups } = await factsOf([
    { ...honest, drawn: new Set([...honest.drawn].filter((code) => code !== lost)) },
  ]);
  expect(groups.find((one) => one.kind === 'all')?.isBroken).toBe(true);
});

test('every way to be drawn has its expected number: together they are all entities and all draws', async () => {
  const { times } = await factsOf(['one', 'two', 'three'].map((name) => draw(name)));
  const sum = (of: (row: (typeof times.rows)[number]) => number) =>
    times.rows.reduce((all, row) => all + of(row), 0);
  expect(sum((row) => row.observed)).toBe(1200);
  expect(sum((row) => row.expected)).toBeCloseTo(1200, 0);
  expect(sum((row) => row.observed * row.times)).toBe(360);
  expect(sum((row) => row.expected * row.times)).toBeCloseTo(360, 0);
});

test('honest draws raise hardly an alarm, and not more than they may', async () => {
  let flagged = 0;
  let tests = 0;
  let small = 0;
  let chiSquares = 0;
  const runs = 80;
  for (let run = 0; run < runs; run += 1) {
    const mode = run % 3 === 0 ? 'per_item' : 'joint';
    const draws = [1, 2, 3, 4].map((one) => simulateDraw(`${run}/${one}`, MEMBERS, mode));
    const { groups, times } = await factsOf(draws);
    expect(groups.filter((one) => one.isBroken)).toEqual([]);
    const tails = groups.map((one) => one.tail);
    tests += tails.filter((one) => one !== null).length;
    small += tails.filter((one) => one !== null && one < 0.05).length;
    if (standOut(tails).includes(true)) flagged += 1;
    if (times.often.some((one) => one.isFlagged)) flagged += 1;
    if ((times.test?.tail ?? 1) < 0.05) chiSquares += 1;
  }
  expect(tests).toBeGreaterThan(200);
  // Exact tests of counts are on the safe side of 5 in 100.
  expect(small / tests).toBeLessThan(0.07);
  expect(chiSquares / runs).toBeLessThan(0.08);
  expect(chiSquares).toBeGreaterThan(0);
  expect(flagged / runs).toBeLessThan(0.07);
}, 60_000);

test('a draw that spares a county stands out, and so does its county only by number', async () => {
  const sparing = [1, 2, 3, 4].map((one) => {
    const seed = `sparing ${one}`;
    return simulateDraw(seed, MEMBERS, 'joint', (code) => {
      const ticket = hash(`${seed}\nentity\n${code}`);
      const member = MEMBERS.find((each) => each.code === code);
      // Two of three of the county's are put last.
      return member?.region === '691101' && ticket < 'a' ? `f${ticket}` : ticket;
    });
  });
  const { groups } = await factsOf(sparing);
  const flags = standOut(groups.map((one) => one.tail));
  const found = groups.filter((_, at) => flags[at]);
  expect(found.map((one) => `${one.kind} ${one.key}`)).toContain('region 691101');
  const county = found.find((one) => one.key === '691101');
  expect(county?.observed).toBeLessThan((county?.expected ?? 0) / 1.5);
});

test('a draw that comes back to the same few is seen in how often they were drawn', async () => {
  const same = [1, 2, 3, 4].map((one) =>
    simulateDraw(`same ${one}`, MEMBERS, 'joint', (code) => {
      const ticket = hash(`same ${one}\nentity\n${code}`);
      return code.endsWith('7') && ticket > 'a' ? `0${ticket}` : ticket;
    }),
  );
  const { times } = await factsOf(same);
  expect(times.test?.tail).toBeLessThan(1e-6);
  expect(times.often.find((one) => one.times === 4)?.tail).toBeLessThan(0.001);
});

test('draws that are left out count nowhere', async () => {
  const draws = [draw('one'), draw('two')];
  const { patterns } = await factsOf(draws);
  const first = draws[0]?.draw ?? null;
  const { rows } = timesDrawn([first, null], patterns);
  expect(rows.map((row) => row.observed)).toEqual([1080, 120]);
  const all = groupCounts([null, null], patterns);
  expect(all).toEqual([]);
});
