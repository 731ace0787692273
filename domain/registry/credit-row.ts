/** What the credit office and the province say of entities: their declared class, records and complaints (plan 3.3, 3.5). */
import { readCreditCode } from './credit-code';
import type { RowOutcome } from './entity-row';
import type { Flag, RiskClass } from './risk';
import { RowReader, type ColumnSpec, type Header } from './table';

export const CREDIT_COLUMNS = {
  creditCode: {
    names: ['统一社会信用代码', '信用代码', '社会信用代码', '统一代码', 'credit_code', 'creditCode'],
    required: true,
  },
  riskClass: { names: ['信用风险类别', '信用风险分类', '风险类别', '风险等级', 'risk_class'] },
  complaints: { names: ['投诉举报次数', '投诉次数', 'complaints'] },
  flags: { names: ['异常标记', '信用标记', 'flags'] },
} as const satisfies Record<string, ColumnSpec>;

type CreditReader = RowReader<keyof typeof CREDIT_COLUMNS>;

/** `null`: the file has no such column, what is known stays. */
export interface CreditFacts {
  riskClass: RiskClass | null;
  flags: Flag[] | null;
  complaints: number | null;
}

export function readCreditRow(
  header: Header<keyof typeof CREDIT_COLUMNS>,
  width: number,
  cells: readonly string[],
): RowOutcome<CreditFacts> {
  const reader = new RowReader(header, cells, CREDIT_COLUMNS);
  reader.refuseUnreadable();
  reader.refuseWrongWidth(width);
  const code = readCreditCode(reader.text('creditCode'));
  if (!code.ok && !reader.isRefused('creditCode')) reader.refuse('creditCode', code.reason, code.message);
  if (!reader.has('riskClass') && !reader.has('flags') && !reader.has('complaints')) {
    reader.refuse(
      'creditCode',
      'nothing-said',
      '文件中没有 信用风险类别、异常标记、投诉举报次数 中的任何一列，请至少给出一列',
    );
  }
  const row = readCreditFacts(reader);
  if (!code.ok || reader.refusals.length > 0) {
    return { ok: false, key: code.ok ? code.code : null, refusals: reader.refusals };
  }
  return { ok: true, key: code.code, row };
}

export function readCreditFacts(reader: CreditReader): CreditFacts {
  return {
    riskClass: reader.has('riskClass') ? readRiskClass(reader) : null,
    flags: reader.has('flags') ? readFlags(reader) : null,
    complaints: reader.has('complaints') ? (reader.whole('complaints', 0, 1_000_000) ?? 0) : null,
  };
}

function readRiskClass(reader: CreditReader): RiskClass | null {
  const text = reader.text('riskClass').normalize('NFKC').toUpperCase();
  if (text === '' || reader.isRefused('riskClass')) return null;
  const letter = /^([ABCD])(级|类)?$/.exec(text)?.[1];
  if (!letter) reader.refuse('riskClass', 'unknown-risk-class', '信用风险类别应为 A、B、C 或 D');
  return (letter as RiskClass | undefined) ?? null;
}

const FLAG_WORDS: readonly (readonly [RegExp, Flag | null])[] = [
  [/^(否|无|正常|no)$/i, null],
  [/严重违法|^serious-violation$/, 'serious-violation'],
  [/失信|^dishonesty$/, 'dishonesty'],
  [/异常|^是$|^abnormal-operations$/, 'abnormal-operations'],
  [/守信|信用良好|信用优良|^good-credit$/, 'good-credit'],
];

function readFlags(reader: CreditReader): Flag[] {
  if (reader.isRefused('flags')) return [];
  const found = reader.list('flags').map((word) => FLAG_WORDS.find(([pattern]) => pattern.test(word)));
  if (found.includes(undefined)) {
    reader.refuse('flags', 'unknown-flag', '异常标记应为 经营异常、严重违法、失信 或 守信，多个用分号隔开');
  }
  return [...new Set(found.flatMap((entry) => entry?.[1] ?? []))].sort();
}
