import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import type { PoolInspector } from '../../../domain/draw/frozen-files';
import { match, type VisitNeed } from '../../../domain/matching/match';
import { matchByTheBook } from '../../support/match-by-the-book';
import { scenes } from '../../support/matching-scene';

test.each([
  ['a few', { people: 6, visits: 6, capacity: 2 }],
  ['some', { people: 20, visits: 25 }],
  ['many visits for few people', { people: 7, visits: 40, capacity: 12 }],
])('the published steps, followed word for word, give the same teams: %s', (_, limits) => {
  fc.assert(
    fc.property(scenes(limits), ({ needs, pool, exclusions, seed }) => {
      expect(match(needs, pool, exclusions, seed).assignments).toEqual(
        matchByTheBook(needs, pool, exclusions, seed),
      );
    }),
    { numRuns: 300 },
  );
});

test('the worked example of docs/matching.md comes out as printed there', () => {
  const document = readFileSync(path.join(__dirname, '../../../docs/matching.md'), 'utf8');
  const [, printed] = /```\n(visit,department,inspector\n[^`]*)```/.exec(document) ?? [];
  const person = (
    inspector: string,
    regions: string[],
    qualifications: string[],
    capacity: number | null,
  ) => ({
    ...{ inspector, department: 'SCJG', regions, qualifications, capacity },
  });
  const pool: PoolInspector[] = [
    person('P1', [], ['special-equipment'], 2),
    person('P2', [], ['special-equipment'], 2),
    person('P3', ['610921'], [], null),
    person('P4', ['610921'], [], null),
  ];
  const needs: VisitNeed[] = ['610921', '610924', '610921', '610924', '610924'].map((region, at) => ({
    ...{ visit: at + 1, code: `E${at + 1}`, region, department: 'SCJG', teamSize: 2 },
    qualifications: region === '610924' ? ['special-equipment'] : [],
  }));
  const { assignments, unfilled, tightSets } = match(
    needs,
    pool,
    [{ inspector: 'P4', code: 'E3', reason: '亲属' }],
    'seed-1',
  );
  const lines = assignments.map((one) => `${one.visit},${one.department},${one.inspector}\n`);
  expect(`visit,department,inspector\n${lines.join('')}`).toBe(printed);
  expect(unfilled.map(({ visit, missing }) => [visit, missing])).toEqual([
    [4, 1],
    [5, 2],
  ]);
  expect(tightSets).toEqual([
    expect.objectContaining({
      visits: [2, 3, 4, 5],
      inspectors: ['P1', 'P2', 'P3'],
      atCapacity: ['P1', 'P2'],
      slots: 8,
      places: 5,
    }),
  ]);
});
