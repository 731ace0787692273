/** How often an item is inspected, as item lists write it: `每年 1 次`, `每两年至少一次`, `每季度不超过2次` (plan 3.1, 3.3). */
export interface Frequency {
  times: number;
  /** Of the span in which so many times are meant. */
  months: number;
  bound: 'exactly' | 'at-most' | 'at-least';
}

const SPANS: Record<string, number> = { 年: 12, 半年: 6, 季: 3, 季度: 3, 月: 1, 个月: 1 };
const DIGITS: Record<string, number> = {
  ...{ 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10, 十二: 12 },
};
const NUMBER = '(\\d{1,3}|十二|[一二两三四五六七八九十])';
const BOUND = '(不超过|不得超过|至多|最多|不多于|不少于|不得少于|至少|最少)?';
const EACH = new RegExp(`^每${NUMBER}?(半年|年|季度|季|个月|月)${BOUND}${NUMBER}次$`);
const A_SPAN = new RegExp(`^${BOUND}${NUMBER}次[/每](半年|年|季度|季|个月|月)$`);

/** null where the words are none of these: they then bind nobody. */
export function readFrequency(text: string): Frequency | null {
  const plain = text.normalize('NFKC').replace(/\s|[。.;]$/g, '');
  const each = EACH.exec(plain);
  if (each) return frequencyOf(each[3], each[4], each[1], each[2]);
  const span = A_SPAN.exec(plain);
  return span ? frequencyOf(span[1], span[2], undefined, span[3]) : null;
}

function frequencyOf(
  bound: string | undefined,
  times: string | undefined,
  spans: string | undefined,
  span: string | undefined,
): Frequency {
  return {
    times: numberOf(times),
    months: numberOf(spans) * (SPANS[span ?? ''] ?? 12),
    bound: bound === undefined ? 'exactly' : /不超过|不得超过|多/.test(bound) ? 'at-most' : 'at-least',
  };
}

const numberOf = (text = '一'): number => DIGITS[text] ?? Number(text);

export const isSameFrequency = (one: Frequency, other: Frequency): boolean =>
  one.times === other.times && one.months === other.months && one.bound === other.bound;

/** Whether one more campaign within a year is one too many, after so many of the same year. */
export const isUsedUp = ({ times, months, bound }: Frequency, launched: number): boolean =>
  bound !== 'at-least' && launched + 1 > Math.max(1, Math.floor((times * 12) / months));
