import words from '@zxcvbn-ts/language-common/src/passwords.json';
import { isCommonPassword } from '../../../api/sign-in/common-passwords';
import {
  passwordExpiry,
  passwordProblem,
  type PasswordPolicy,
} from '../../../domain/sign-in/password-policy';

const ASVS: PasswordPolicy = { standard: 'asvs', minLength: 8, maxAgeDays: null };
const GBT: PasswordPolicy = { standard: 'gbt22239', minLength: 8, maxAgeDays: 90 };
const OWNER = { username: 'wjw-liaison', name: '王小明' };

const problem = (password: string, policy = ASVS) =>
  passwordProblem(password, OWNER, policy, isCommonPassword);

test.each(['correct horse battery', '安康的秋天很凉快呀', 'tiuqxmzv', '8c1e06b2f7a94d35'])(
  'by ASVS %s is good: any characters, no rules of composition',
  (password) => {
    expect(problem(password)).toBeNull();
  },
);

test.each([
  ['short', '至少 8 个字符'],
  ['x'.repeat(129), '最多 128 个字符'],
  ['12345678', '太常见'],
  ['Password', '太常见'],
  ['Password2026!', '太常见'],
  ['iloveyou1!', '太常见'],
  ['abababababab', '太常见'],
  ['aaaaaaaaaaaa', '太常见'],
  ['OneVisit#4711', 'onevisit'],
  ['我爱一次查一百年', '一次查'],
  ['WJW-Liaison-77', 'wjw-liaison'],
  ['王小明的密码很长', '王小明'],
])('%s is refused: %s', (password, reason) => {
  expect(problem(password)).toContain(reason);
});

test('characters count as people count them', () => {
  expect(problem('😀🎉🌧️安康秋')).toContain('至少 8 个字符');
});

test('GB/T 22239 wants three kinds of characters, and still no common ones', () => {
  expect(problem('correct horse battery', GBT)).toContain('至少三种');
  expect(problem('correct Horse battery', GBT)).toBeNull();
  expect(problem('安康 Horse 秋天好呀', GBT)).toBeNull();
  expect(problem('Password1!', GBT)).toContain('太常见');
});

test('passwords run out by the standard that wants it only', () => {
  const changed = new Date('2026-01-01T00:00:00Z');
  expect(passwordExpiry(changed, ASVS)).toBeNull();
  expect(passwordExpiry(changed, GBT)).toEqual(new Date('2026-04-01T00:00:00Z'));
});

test('thousands of common passwords that are long enough are known', () => {
  const [first, last] = ['password', 'zaq12wsx'];
  expect([first, last].map(isCommonPassword)).toEqual([true, true]);
  const long = words.filter((word) => word.length >= ASVS.minLength);
  expect(long.length).toBeGreaterThan(3000);
  expect(long.filter((word) => problem(word) === null)).toEqual([]);
});
