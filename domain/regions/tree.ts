/** The tree of GB/T 2260: two digits each for province, city and county. */

export type RegionLevel = 'province' | 'city' | 'county';

/** Two-digit codes of the provinces, autonomous regions and municipalities of GB/T 2260. */
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82'.split(
    ' ',
  ),
);

/** Whether a code has the form of GB/T 2260 and lies in a province that exists: `010700` and `321284A` are not codes. */
export const isRegionCode = (code: string): boolean =>
  /^\d{6}$/.test(code) &&
  PROVINCES.has(code.slice(0, 2)) &&
  !(code.slice(2, 4) === '00' && code.slice(4) !== '00');

export function levelOf(code: string): RegionLevel {
  if (code.endsWith('0000')) return 'province';
  return code.endsWith('00') ? 'city' : 'county';
}

/** The code one level up; null above a province. */
export function parentOf(code: string): string | null {
  switch (levelOf(code)) {
    case 'province':
      return null;
    case 'city':
      return `${code.slice(0, 2)}0000`;
    case 'county':
      return `${code.slice(0, 4)}00`;
  }
}

/** A code after those it lies in, the province first: what must exist before it does. */
export function lineOf(code: string): string[] {
  const parent = parentOf(code);
  return parent === null ? [code] : [...lineOf(parent), code];
}
