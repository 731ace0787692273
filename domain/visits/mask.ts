/**
 * The public name of an entity: a household that trades under its owner's bare name is a natural person, and shows
 * its first character only (domain guide, section 3, "Visits and results").
 */
export function publicName(name: string, entityType: string): string {
  const bareName = /^[\p{Script=Han}·]{2,4}$/u.test(name);
  return entityType.includes('个体') && bareName ? `${[...name][0] ?? ''}＊＊` : name;
}

export type PersonalData = '身份证号' | '电话号码' | '住址';

const ID_NUMBER =
  /(?<!\d)\d{6}(?:(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]|\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3})(?![\dA-Za-z])/;
const PHONE = /(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}[2-9]\d{6,7})(?!\d)/;
const HOME =
  /家住|家庭(?:住址|地址)|住址|户籍|现住|居住[在于地]|\d+(?:号楼|栋|幢|单元)[^，。；,;]{0,12}\d+[室号]/;

/**
 * What of a natural person stands unmasked in a text that the public is going to read (plan 4.2; domain guide, section 3,
 * "Visits and results"). Masked with asterisks it is none.
 */
export function personalDataIn(text: string): PersonalData[] {
  const plain = text.normalize('NFKC');
  const joined = withDigitsJoined(plain);
  return [
    ...(ID_NUMBER.test(joined) ? (['身份证号'] as const) : []),
    ...(PHONE.test(joined) ? (['电话号码'] as const) : []),
    ...(HOME.test(plain) ? (['住址'] as const) : []),
  ];
}

/** However they are grouped. */
const withDigitsJoined = (plain: string): string => plain.replace(/(?<=\d)[\s-]+(?=[\dXx])/g, '');

const MOBILE = /(?<!\d)1[3-9]\d{9}(?!\d)/;

/**
 * The same of texts that are about offices, laws and plans: a landline may be an office's, and words for homes are not
 * somebody's home. Null where nothing is to be done.
 */
export function numberProblem(text: string): string | null {
  const joined = withDigitsJoined(text.normalize('NFKC'));
  const found = [
    ...(ID_NUMBER.test(joined) ? ['身份证号'] : []),
    ...(MOBILE.test(joined) ? ['手机号码'] : []),
  ];
  return found.length === 0 ? null : publicly(found);
}

/** What to do about it; null where there is none. */
export function maskProblem(text: string): string | null {
  const found = personalDataIn(text);
  return found.length === 0 ? null : publicly(found);
}

const publicly = (found: readonly string[]): string =>
  `这段文字会向社会公示，含有未遮盖的${found.join('、')}：请删去，或用＊号遮盖。`;

/** A person whom not everybody who sees the page has to know. */
export const maskedPerson = (name: string): string => (name === '' ? '' : `${[...name][0] ?? ''}＊＊`);
