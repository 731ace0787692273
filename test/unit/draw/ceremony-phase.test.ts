import { ceremonyPhase } from '../../../domain/draw/ceremony-phase';

const contributions = (own: string | null, others: string | null) => [
  { contributor: 'SCJG', value: own },
  { contributor: 'public:dice', value: others },
];

test.each([
  ['sealing', contributions(null, null), 'sealing'],
  ['revealing', contributions(null, null), 'revealing'],
  ['revealing', contributions('a', null), 'public-value'],
  ['revealing', contributions('a', 'b'), 'ready'],
  ['revealing', [{ contributor: 'SCJG', value: 'a' }], 'ready'],
  ['drawn', contributions('a', 'b'), 'drawn'],
  ['void', contributions('a', null), 'void'],
] as const)('%s with %j is shown as %s', (status, given, phase) => {
  expect(ceremonyPhase(status, given)).toBe(phase);
});
