import { isUsedUp, readFrequency } from '../../../domain/items/frequency';

test.each([
  ['每年1次', 1, 12, 'exactly'],
  ['每年 两 次', 2, 12, 'exactly'],
  ['每年至多一次', 1, 12, 'at-most'],
  ['每年不超过 1 次', 1, 12, 'at-most'],
  ['每两年至少1次', 1, 24, 'at-least'],
  ['每半年不少于2次', 2, 6, 'at-least'],
  ['每季度一次', 1, 3, 'exactly'],
  ['１次／年', 1, 12, 'exactly'],
  ['不超过2次/年', 2, 12, 'at-most'],
  ['每月十二次。', 12, 1, 'exactly'],
])('%s', (text, times, months, bound) => {
  expect(readFrequency(text)).toEqual({ times, months, bound });
});

test.each(['', '适时', '根据需要', '每年', '一次', '每年0.5次', '每年1次以上2次以下'])(
  '“%s” binds nobody',
  (text) => {
    expect(readFrequency(text)).toBeNull();
  },
);

test.each([
  ['每年1次', 0, false],
  ['每年1次', 1, true],
  ['每年不超过2次', 1, false],
  ['每年不超过2次', 2, true],
  ['每季度1次', 3, false],
  ['每季度1次', 4, true],
  ['每年至少1次', 9, false],
  // Once in two years: within one year there is no second time.
  ['每两年1次', 0, false],
  ['每两年1次', 1, true],
])('%s, after %i in the year: used up is %s', (text, launched, expected) => {
  const frequency = readFrequency(text);
  if (!frequency) throw new Error('unreadable');
  expect(isUsedUp(frequency, launched)).toBe(expected);
});
