import { currentRegion } from '../../../domain/regions/moved';
import { regionName } from '../../../domain/regions/names';
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

test('a county that became a city is found under its new code', () => {
  expect(currentRegion('610928')).toBe('610981');
  expect(currentRegion('610902')).toBe('610902');
  expect(regionName('610981')).toBe('旬阳市');
  expect(regionName('610991')).toBe('610991');
});
