/** Acknowledgements as receiving systems write them: which row of which delivery was taken, which was not, and why. */
import type { ColumnSpec, Header } from '../registry/table';
import { RowReader } from '../registry/table';

export const ACKNOWLEDGEMENT_COLUMNS = {
  delivery: { names: ['文件名', '文件名称', '批次号', 'file', 'delivery'], required: true },
  creditCode: { names: ['统一社会信用代码', '信用代码', 'credit_code'], required: true },
  itemCode: { names: ['事项编码', '抽查事项编码', '检查事项编码', 'item_code'], required: true },
  outcome: { names: ['接收结果', '处理结果', '结果', 'outcome', 'status'], required: true },
  reason: { names: ['原因', '拒收原因', '失败原因', '说明', 'reason'] },
} as const satisfies Record<string, ColumnSpec>;

export interface RowAnswer {
  rowNumber: number;
  /** The name of the file, or the delivery's number. */
  delivery: string;
  creditCode: string;
  itemCode: string;
  accepted: boolean;
  reason: string;
}

const ACCEPTED = /^(接收|已接收|成功|通过|accepted|ok|true|1)$/i;
const REFUSED = /^(拒收|拒绝|已拒收|失败|不通过|refused|rejected|false|0)$/i;
const REASON_LENGTH = 500;

/** The answer of a row, or what is wrong with it in Chinese. */
export function readAnswer(
  header: Header<keyof typeof ACKNOWLEDGEMENT_COLUMNS>,
  rowNumber: number,
  cells: readonly string[],
): RowAnswer | string {
  const reader = new RowReader(header, cells, ACKNOWLEDGEMENT_COLUMNS);
  const outcome = reader.text('outcome');
  const accepted = ACCEPTED.test(outcome);
  if (!accepted && !REFUSED.test(outcome)) return `“${outcome}”不是接收结果：应为 接收 或 拒收`;
  return {
    rowNumber,
    delivery: reader.text('delivery'),
    creditCode: reader.text('creditCode').toUpperCase(),
    itemCode: reader.text('itemCode'),
    accepted,
    reason: accepted ? '' : reader.text('reason').slice(0, REASON_LENGTH),
  };
}
