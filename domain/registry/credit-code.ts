/** The unified social credit code of GB 32100-2015: 17 characters and a check character. */

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const AS_ISSUED = new RegExp(`^[${ALPHABET}]{18}$`);
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

export type CreditCodeReason =
  | 'missing-code'
  | 'legacy-number'
  | 'code-as-number'
  | 'code-length'
  | 'code-characters'
  | 'code-check-character';

export type CreditCodeOutcome =
  { ok: true; code: string } | { ok: false; reason: CreditCodeReason; message: string };

/**
 * Reads a code as people write it (spaces, full-width or small letters are mended) or says what is wrong with it and
 * how to mend it.
 */
export function readCreditCode(text: string): CreditCodeOutcome {
  if (AS_ISSUED.test(text) && checkCharacter(text) === text[17]) return { ok: true, code: text };
  const code = text
    .normalize('NFKC')
    .replace(/[\s'‘’`\u200b\ufeff]/g, '')
    .toUpperCase();
  if (code === '') return refused('missing-code', '没有填写统一社会信用代码，请补填 18 位代码');
  if (/^\d(\.\d+)?E\+\d+$/.test(code)) {
    return refused(
      'code-as-number',
      '代码被表格软件转成了科学计数法，后几位已丢失；请把该列设为文本格式后重新填写',
    );
  }
  if (/^\d{15}$/.test(code) || /^\d{13}$/.test(code) || /字第\d+/.test(code)) {
    return refused(
      'legacy-number',
      '这是统一代码改革之前的登记注册号，请换成 18 位统一社会信用代码（可在国家企业信用信息公示系统查询）',
    );
  }
  if (code.length !== 18) {
    return refused(
      'code-length',
      `统一社会信用代码应为 18 位，这里是 ${String([...code].length)} 位，请核对`,
    );
  }
  const strange = [...new Set([...code].filter((character) => !ALPHABET.includes(character)))];
  if (strange.length > 0) {
    return refused(
      'code-characters',
      `代码中不会出现“${strange.join('')}”（字母 I、O、S、V、Z 不使用，注意与数字 1、0、5、2 区分），请核对`,
    );
  }
  const check = checkCharacter(code.slice(0, 17));
  if (check !== code[17]) {
    return refused('code-check-character', '校验码不符：18 位中至少有一位抄错，请对照营业执照核对');
  }
  return { ok: true, code };
}

/** The 18th character for the first 17. */
export function checkCharacter(first17: string): string {
  let sum = 0;
  for (const [at, weight] of WEIGHTS.entries()) sum += weight * ALPHABET.indexOf(first17[at] ?? '0');
  return ALPHABET[(31 - (sum % 31)) % 31] ?? '';
}

const refused = (reason: CreditCodeReason, message: string): CreditCodeOutcome => ({
  ok: false,
  reason,
  message,
});
