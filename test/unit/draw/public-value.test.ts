import fc from 'fast-check';
import { checkedEntry, MAX_DICE, MIN_DICE, roundsOf, sourceOf } from '../../../domain/draw/public-value';

const pips = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: MIN_DICE, maxLength: MAX_DICE });

test('the same throws are the same value, however each of the two typed them', () => {
  fc.assert(
    fc.property(pips, fc.constantFrom('', ' ', ',', '，', '、', ', ', '.', '\u3000'), (thrown, between) => {
      const { value } = checkedEntry('public:dice', { value: thrown.join(between), source: '现场' }, true);
      expect(value).toBe(thrown.join(','));
      expect(value.length).toBeLessThanOrEqual(256);
    }),
  );
  expect(checkedEntry('public:dice', { value: '３１４１５２６５３５', source: '现场' }, true).value).toBe(
    '3,1,4,1,5,2,6,5,3,5',
  );
});

test('throws in another order are another value', () => {
  const [first, second] = ['3141526535', '1341526535'].map((value) =>
    checkedEntry('public:dice', { value, source: '现场' }, true),
  );
  expect(first?.value).not.toBe(second?.value);
});

const entry = (round: number, value: string, more: object = {}) => ({
  round,
  value,
  number: null,
  drawnOn: null,
  source: null,
  ...more,
});

test('a round is open with one entry, settled with two, and agrees in value, number and day', () => {
  const outcomes = roundsOf([
    entry(1, 'a'),
    entry(1, 'b'),
    entry(2, 'a', { number: '31', drawnOn: '2026-03-19' }),
    entry(2, 'a', { number: '32', drawnOn: '2026-03-19' }),
    entry(3, 'a', { number: '31', drawnOn: '2026-03-19', source: '双色球' }),
    entry(3, 'a', { number: '31', drawnOn: '2026-03-19', source: '福彩双色球' }),
    entry(4, 'a'),
  ]).map(({ round, outcome }) => [round, outcome]);
  expect(outcomes).toEqual([
    [1, 'differing'],
    [2, 'differing'],
    [3, 'agreed'],
    [4, 'pending'],
  ]);
});

test('what is recorded as the source says which drawing it was', () => {
  expect(sourceOf(entry(1, 'a', { number: '2026031', drawnOn: '2026-03-19', source: '福彩双色球' }))).toBe(
    '福彩双色球，第 2026031 期（2026-03-19）',
  );
  expect(sourceOf(entry(1, 'a', { source: '政务大厅掷骰' }))).toBe('政务大厅掷骰');
});

test('the second person need not name the source again, the first has to', () => {
  expect(() => checkedEntry('public:dice', { value: '3141526535' }, true)).toThrow('来源');
  expect(checkedEntry('public:dice', { value: '3141526535' }, false).source).toBeNull();
});

test('a published result keeps its own form, without control characters', () => {
  const given = { number: '31', on: '2026-03-19', source: '双色球' };
  expect(checkedEntry('public:lottery', { value: ' 03 07 + 09 ', ...given }, true).value).toBe('03 07 + 09');
  expect(() => checkedEntry('public:lottery', { value: '03\t07', ...given }, true)).toThrow('控制字符');
});
