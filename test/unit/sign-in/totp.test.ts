import fc from 'fast-check';
import { readRecoveryCode, recoveryCode } from '../../../domain/sign-in/recovery-codes';
import { codeAt, otpauthUri, stepAt, stepOfCode, toBase32 } from '../../../domain/sign-in/totp';

const secret = Buffer.from('12345678901234567890');
const now = new Date('2026-11-28T02:00:00Z');

// RFC 6238, appendix B, in six digits.
test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('at second %d the code is %s, as the RFC has it', (second, code) => {
  expect(codeAt(secret, stepAt(new Date(second * 1000)))).toBe(code);
});

test('a code counts for the 30 seconds in which apps show it, once, and not before one that was used', () => {
  const step = stepAt(now);
  const code = codeAt(secret, step);
  const begin = step * 30_000;
  const countsAt = (time: number) => stepOfCode(secret, code, new Date(time), 0) === step;
  expect([begin - 1, begin, begin + 29_999, begin + 30_000].map(countsAt)).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(stepOfCode(secret, code, now, step)).toBeNull();
  expect(stepOfCode(secret, code, now, step + 1)).toBeNull();
});

test('apps get the secret as Base32 (RFC 4648), in a URI that names account and place', () => {
  expect(toBase32(Buffer.from('foobar'))).toBe('MZXW6YTBOI');
  expect(otpauthUri(secret, 'wjw-liaison', '一次查 host')).toBe(
    `otpauth://totp/%E4%B8%80%E6%AC%A1%E6%9F%A5%20host:wjw-liaison?secret=${toBase32(secret)}&issuer=%E4%B8%80%E6%AC%A1%E6%9F%A5%20host`,
  );
});

test('a recovery code is read however it is typed, and nothing else is one', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat({ max: 31 })), (stream) => {
      const code = recoveryCode((below) => (stream.next().value as number) % below);
      expect(readRecoveryCode(` ${code.toLowerCase().replace('-', ' ')} `)).toBe(code);
    }),
  );
  for (const typed of ['123456', '', 'ABCDE-FGHI', 'ABCDE-FGHI0']) expect(readRecoveryCode(typed)).toBeNull();
});
