import fc from 'fast-check';
import { codeOf, readCode } from '../../../domain/visits/notice-code';

const bytes = fc.uint8Array({ minLength: 20, maxLength: 20 });

test('a code is read as it was given out, however it is typed', () => {
  fc.assert(
    fc.property(bytes, (random) => {
      const code = codeOf(random);
      expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/);
      expect(readCode(code)).toBe(code);
      expect(readCode(code.toLowerCase().replaceAll('-', ' '))).toBe(code);
      expect(readCode(code.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(code);
      expect(readCode(code.slice(1))).toBeNull();
    }),
  );
  expect(readCode('UUUU-UUUU-UUUU-UUUU-UUUU')).toBeNull();
});
