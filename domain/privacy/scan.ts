/**
 * Finds personal data in what leaves the system for everybody. Stricter than the refusal of texts before they are published
 * (domain/visits/mask.ts), which must not refuse what is none: this one is told whom to look for, too.
 */
export type Found = 'id-number' | 'phone' | 'mail' | 'address' | 'name';

export interface Finding {
  kind: Found;
  value: string;
}

/** Who is known to be in the data: names and addresses that no pattern tells from others. */
export interface Known {
  names?: readonly string[];
  addresses?: readonly string[];
}

const ID_NUMBER = /(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])/g;
const OLD_ID_NUMBER =
  /(?<![\dA-Za-z])[1-8]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?![\dA-Za-z])/g;
const MOBILE = /(?<![\dA-Za-z.])(?:\+?86)?1[3-9]\d{9}(?![\dA-Za-z])/g;
const LANDLINE = /(?<![\dA-Za-z.-])0\d{2,3}[-)）]?[2-9]\d{6,7}(?![\dA-Za-z])/g;
const MAIL = /[\w.%+-]+@[\w-]+(?:\.[\w-]+)+/g;
const HOME =
  /(?:家住|家庭住址|家庭地址|现住址?|户籍地址?)[：:\s]*\S{4,}|\d+(?:号楼|栋|幢|单元)\S{0,12}?\d+[室号]/g;

export function findPersonalData(text: string, { names = [], addresses = [] }: Known = {}): Finding[] {
  const plain = text.normalize('NFKC');
  // However the digits are grouped: 138-1234-5678, 6124 0119 …
  const joined = plain.replace(/(?<=\d)[ -](?=[\dXx])/g, '');
  const all = (kind: Found, pattern: RegExp, from: string): Finding[] =>
    [...from.matchAll(pattern)].map(([value]) => ({ kind, value }));
  return [
    ...all('id-number', ID_NUMBER, joined).filter(({ value }) => isIdNumber(value)),
    ...all('id-number', OLD_ID_NUMBER, joined),
    ...all('phone', MOBILE, joined),
    ...all('phone', LANDLINE, plain),
    ...all('mail', MAIL, plain),
    ...all('address', HOME, plain),
    ...addresses
      .filter((one) => one !== '' && plain.includes(one))
      .map((value) => ({ kind: 'address' as const, value })),
    ...names
      .filter((one) => one !== '' && plain.includes(one))
      .map((value) => ({ kind: 'name' as const, value })),
  ];
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** By GB 11643: a day of birth, and a check digit that fits. */
export function isIdNumber(number: string): boolean {
  if (!/^[1-8]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]$/.test(number))
    return false;
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(number[at]), 0);
  return '10X98765432'[sum % 11] === number[17]?.toUpperCase();
}
