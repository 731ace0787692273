import fc from 'fast-check';
import { seedOf } from '../../../domain/draw/seed';
import { entityTicket } from '../../../domain/draw/tickets';
import { simulatedTicket, simulationSeed } from '../../../domain/simulation/seed';

const text = fc.string({ minLength: 1, maxLength: 40 });

test('with one and the same value the seed of a simulation is never the seed of a draw', () => {
  fc.assert(
    fc.property(text, text, text, fc.integer({ min: 1, max: 200 }), (campaign, contributor, value, run) => {
      const draw = seedOf(campaign, [{ contributor, value }]);
      expect(simulationSeed(campaign, value, run)).not.toBe(draw);
    }),
  );
});

test('even a simulation that got hold of the draw’s own seed has other tickets', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9a-f]{64}$/), text, (seed, code) => {
      expect(simulatedTicket(seed, code)).not.toBe(entityTicket(seed, code));
    }),
  );
});

test('each run has a seed of its own', () => {
  const seeds = Array.from({ length: 200 }, (_, at) => simulationSeed('LC-2026-0001', 'value', at + 1));
  expect(new Set(seeds).size).toBe(200);
});
