import { DEFAULT_TAG_RULES } from './tag-rules';

/** Qualifications carry the codes of the trades they are for; these are not trades. */
const OTHERS: Readonly<Record<string, string>> = {
  food: '食品',
  medical: '医疗卫生',
  hazmat: '危险化学品',
  fire: '消防',
};
const TRADES = new Map(DEFAULT_TAG_RULES.map((rule) => [rule.tag, rule.label]));

/** A qualification as people say it, or its code where no name is known. */
export const qualificationName = (code: string): string => TRADES.get(code) ?? OTHERS[code] ?? code;
