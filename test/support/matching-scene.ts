import fc from 'fast-check';
import type { Exclusion, PoolInspector } from '../../domain/draw/frozen-files';
import type { VisitNeed } from '../../domain/matching/match';

/** What a matching starts from: small enough to be checked by hand, tight enough that slots compete. */
export interface Scene {
  pool: PoolInspector[];
  needs: VisitNeed[];
  exclusions: Exclusion[];
  seed: string;
}

const COUNTIES = ['691101', '691102', '691103'];
const QUALIFICATIONS = ['health', 'fire', 'special-equipment'];

export interface Limits {
  people: number;
  visits: number;
  capacity?: number;
}

/** Up to the limits: by itself fast-check stays far below them. */
export function scenes({ people, visits, capacity = 4 }: Limits): fc.Arbitrary<Scene> {
  const name = fc.integer({ min: 1, max: people }).map((n) => `I-${String(n).padStart(2, '0')}`);
  const number = fc.integer({ min: 1, max: visits });
  const code = (visit: number) => `CODE-${visit}`;
  return fc.record({
    pool: fc.uniqueArray(
      fc.record({
        inspector: name,
        department: fc.constantFrom('SCJG', 'SCJG', 'WJW'),
        regions: fc.subarray([...COUNTIES, '691100'], { maxLength: 2 }),
        qualifications: fc.subarray(QUALIFICATIONS),
        capacity: fc.option(fc.integer({ min: 1, max: capacity })),
      }),
      { selector: (one) => one.inspector, maxLength: people, size: 'max' },
    ),
    needs: fc.uniqueArray(
      fc
        .record({
          visit: number,
          region: fc.constantFrom(...COUNTIES),
          department: fc.constantFrom('SCJG', 'SCJG', 'WJW'),
          teamSize: fc.integer({ min: 1, max: 3 }),
          qualifications: fc.subarray(QUALIFICATIONS, { maxLength: 1 }),
        })
        .map((need) => ({ ...need, code: code(need.visit) })),
      { selector: (need) => `${need.visit}/${need.department}`, maxLength: visits, size: 'max' },
    ),
    exclusions: fc.uniqueArray(
      fc.record({ inspector: name, code: number.map(code), reason: fc.constant('亲属') }),
      { selector: (one) => `${one.inspector}/${one.code}`, maxLength: people, size: 'max' },
    ),
    seed: fc.string({ minLength: 10 }),
  });
}
