import fc from 'fast-check';
import { covers } from '../../../domain/regions/covers';
import { lineOf } from '../../../domain/regions/tree';
import { reachesRegions, type Actor } from '../../../domain/roles';

const pair = fc.integer({ min: 1, max: 99 }).map((n) => String(n).padStart(2, '0'));
const county = fc.tuple(pair, pair, pair).map((pairs) => pairs.join(''));
const region = fc
  .tuple(county, fc.constantFrom(0, 1, 2))
  .map(([code, zeros]) => `${code.slice(0, 6 - 2 * zeros)}${'00'.repeat(zeros)}`);

test('an area covers itself and all that lie in it, and what covers an area covers those too', () => {
  fc.assert(
    fc.property(county, (code) => {
      const line = lineOf(code);
      line.forEach((outer, at) => {
        for (const inner of line.slice(at)) expect(covers(outer, inner)).toBe(true);
        for (const wider of line.slice(0, at)) expect(covers(outer, wider)).toBe(false);
      });
    }),
  );
});

test('two areas cover a third only if one of them covers the other', () => {
  fc.assert(
    fc.property(region, region, county, (one, other, inside) => {
      if (covers(one, inside) && covers(other, inside)) {
        expect(covers(one, other) || covers(other, one)).toBe(true);
      }
    }),
  );
});

test.each([
  ['610900', '610902', true],
  ['610902', '610902', true],
  ['610902', '610900', false],
  ['610000', '610902', true],
  ['610900', '611002', false],
  // Only whole pairs of zeros are cut.
  ['610910', '610911', false],
])('%s covers %s: %s', (area, inside, expected) => {
  expect(covers(area, inside)).toBe(expected);
});

test("an official's reach is one grant that covers all the regions, not several that share them", () => {
  const actor: Actor = {
    id: 1,
    username: 'li',
    name: '李',
    grants: ['610902', '610921'].map((code) => ({ role: 'lead_officer', department: 'SCJG', region: code })),
  };
  expect(reachesRegions(actor, ['610902'], 'lead_officer')).toBe(true);
  expect(reachesRegions(actor, ['610902', '610921'], 'lead_officer')).toBe(false);
  expect(reachesRegions(actor, ['610902'], 'approver')).toBe(false);
});
