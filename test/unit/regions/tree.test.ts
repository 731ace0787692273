import { regionName } from '../../../domain/regions/names';
import { RegionBook, wouldLoop } from '../../../domain/regions/region-book';
import { isRegionCode, levelOf, lineOf, parentOf } from '../../../domain/regions/tree';

test('a code lies in its city, the city in its province', () => {
  expect(lineOf('610902')).toEqual(['610000', '610900', '610902']);
  expect(parentOf('610000')).toBeNull();
  expect(['610000', '610900', '610902'].map(levelOf)).toEqual(['province', 'city', 'county']);
});

test.each(['010700', '098200', '苏锡总字第0', '61090', '6109021', '990000', '610001'])(
  '%s is no region code',
  (code) => {
    expect(isRegionCode(code)).toBe(false);
  },
);

test('a county that became a city is found under its new code, however often it moved', () => {
  const moves = [
    { from: '610928', to: '610981' },
    { from: '6109XY', to: '610928' },
  ];
  const book = new RegionBook(new Set(['691101']), moves);
  expect(['610928', '6109XY', '610902'].map((code) => book.current(code))).toEqual([
    ...['610981', '610981', '610902'],
  ]);
  expect([...book.replaced]).toEqual([
    ['610928', 2],
    ['6109XY', 1],
  ]);
  expect(['691101', '610902', '691102'].map((code) => book.isKnown(code))).toEqual([true, true, false]);
  expect(wouldLoop(moves, { from: '610981', to: '6109XY' })).toBe(true);
  expect(wouldLoop(moves, { from: '610981', to: '610902' })).toBe(false);
  expect(regionName('610981')).toBe('旬阳市');
  expect(regionName('610991')).toBe('610991');
});
