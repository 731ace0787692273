import fc from 'fast-check';
import { match, type VisitNeed } from '../../../domain/matching/match';
import { eligible } from '../../support/match-by-the-book';
import { scenes, type Scene } from '../../support/matching-scene';

const tiny = scenes({ people: 5, visits: 4, capacity: 3 });

test('no way to fill the teams fills more slots, or spreads the same number more evenly', () => {
  fc.assert(
    fc.property(tiny, (scene) => {
      const { assignments } = match(scene.needs, scene.pool, scene.exclusions, scene.seed);
      for (const department of ['SCJG', 'WJW']) {
        const needs = scene.needs.filter((need) => need.department === department);
        const people = scene.pool.filter((one) => one.department === department);
        const loads = people.map(
          ({ inspector }) => assignments.filter((one) => one.inspector === inspector).length,
        );
        expect(measure(loads)).toEqual(bestOfAll(needs, { ...scene, pool: people }));
      }
    }),
    { numRuns: 300 },
  );
});

/** Filled slots, the largest load, and the sum of squares, the least of which no transfer of work can improve. */
const measure = (loads: readonly number[]) => ({
  filled: loads.reduce((sum, load) => sum + load, 0),
  largest: Math.max(0, ...loads),
  squares: loads.reduce((sum, load) => sum + load * load, 0),
});

/** Tries every team of every visit. */
function bestOfAll(needs: readonly VisitNeed[], { pool, exclusions }: Scene) {
  const loads = pool.map(() => 0);
  let best = measure(loads);
  const filledFirst = (a: typeof best, b: typeof best) =>
    b.filled - a.filled || a.largest - b.largest || a.squares - b.squares;
  const visit = (at: number): void => {
    const need = needs[at];
    if (!need) {
      const outcome = measure(loads);
      if (filledFirst(outcome, best) < 0) best = outcome;
      return;
    }
    const choose = (from: number, left: number): void => {
      visit(at + 1);
      for (let one = from; left > 0 && one < pool.length; one++) {
        const person = pool[one];
        const load = loads[one] ?? 0;
        if (!person || load >= (person.capacity ?? Infinity) || !eligible(need, person, exclusions)) continue;
        loads[one] = load + 1;
        choose(one + 1, left - 1);
        loads[one] = load;
      }
    };
    choose(0, need.teamSize);
  };
  visit(0);
  return best;
}
