import fc from 'fast-check';
import { checkCharacter, readCreditCode } from '../../../domain/registry/credit-code';

const ALPHABET = Array.from('0123456789ABCDEFGHJKLMNPQRTUWXY');
const first17 = fc
  .array(fc.constantFrom(...ALPHABET), { minLength: 17, maxLength: 17 })
  .map((characters) => characters.join(''));

describe('a unified social credit code', () => {
  test.each([
    ['as printed', '91610925223100164X', '91610925223100164X'],
    ['with spaces and small letters', ' 91610925 22310016 4x ', '91610925223100164X'],
    ['in full-width characters', '９１６１０９２５２２３１００１６４Ｘ', '91610925223100164X'],
  ])('%s is read', (_, text, code) => {
    expect(readCreditCode(text)).toEqual({ ok: true, code });
  });

  test.each([
    ['', 'missing-code'],
    ['321284000024568', 'legacy-number'],
    ['3202112105455', 'legacy-number'],
    ['企合苏锡总字第0031', 'legacy-number'],
    ['9.16109E+17', 'code-as-number'],
    ['9161092522310016', 'code-length'],
    ['91610925223100164S', 'code-characters'],
    ['91610925223100165X', 'code-check-character'],
  ])('%s is refused as %s with a way to mend it', (text, reason) => {
    const outcome = readCreditCode(text);
    expect(outcome).toMatchObject({ ok: false, reason });
    expect('message' in outcome && outcome.message).toMatch(/请/);
  });

  test('the check character catches every single miscopied character', () => {
    fc.assert(
      fc.property(first17, fc.nat(17), fc.constantFrom(...ALPHABET), (start, at, wrong) => {
        const code = start + checkCharacter(start);
        const miscopied = code.slice(0, at) + wrong + code.slice(at + 1);
        expect(readCreditCode(code)).toEqual({ ok: true, code });
        // Digits alone could be read as an older number only with another length.
        if (miscopied !== code) expect(readCreditCode(miscopied).ok).toBe(false);
      }),
    );
  });
});

test('two neighbours that change places are noticed as well', () => {
  fc.assert(
    fc.property(first17, fc.nat(15), (start, at) => {
      const code = start + checkCharacter(start);
      const swapped = code.slice(0, at) + (code[at + 1] ?? '') + (code[at] ?? '') + code.slice(at + 2);
      if (swapped !== code) expect(readCreditCode(swapped).ok).toBe(false);
    }),
  );
});

test('every code has one check character, which is of the alphabet', () => {
  fc.assert(
    fc.property(first17, (start) => {
      const right = ALPHABET.filter((character) => readCreditCode(start + character).ok);
      expect(right).toEqual([checkCharacter(start)]);
    }),
  );
});
