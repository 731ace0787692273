/** Systems that published results are delivered to, and in what layout. */
import type { FieldProblem } from '../errors';
import type { DeliveryColumn } from './fields';

export const DELIVERY_KINDS = ['folder', 'webhook'] as const;
export type DeliveryKind = (typeof DELIVERY_KINDS)[number];

export const DELIVERY_FORMATS = ['csv', 'xlsx', 'json'] as const;
export type DeliveryFormat = (typeof DELIVERY_FORMATS)[number];

export const MEDIA_TYPES: Readonly<Record<DeliveryFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export interface DeliveryLayout {
  name: string;
  kind: DeliveryKind;
  format: DeliveryFormat;
  columns: readonly DeliveryColumn[];
}

/** What is wrong with a layout, by field. */
export function layoutProblems(columns: readonly DeliveryColumn[]): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const seen = new Map<string, number>();
  columns.forEach(({ heading, field, text }, at) => {
    const first = seen.get(heading);
    if (first !== undefined)
      problems.push({
        field: `columns.${at}.heading`,
        message: `第 ${at + 1} 列的表头“${heading}”与第 ${first + 1} 列相同，请改成不同的表头。`,
      });
    else seen.set(heading, at);
    if (field === 'text' && text === '')
      problems.push({
        field: `columns.${at}.text`,
        message: `第 ${at + 1} 列“${heading}”是固定文字，请填写文字。`,
      });
  });
  // What an acknowledgement names a row by.
  for (const [field, name] of [
    ['creditCode', '统一社会信用代码'],
    ['itemCode', '事项编码'],
  ] as const) {
    if (!columns.some((column) => column.field === field))
      problems.push({ field: 'columns', message: `缺少取自“${name}”的列：回执要靠它对上每一行。` });
  }
  if (!columns.some((column) => column.field === 'status'))
    problems.push({
      field: 'columns',
      message: '缺少取自“公示状态”的列：对方要靠它知道这一行是公示、更正还是撤回。',
    });
  return problems;
}

const column = (heading: string, field: DeliveryColumn['field'], text = ''): DeliveryColumn => ({
  ...{ heading, field, text },
});

export interface DeliveryPreset extends DeliveryLayout {
  code: string;
}

/** Layouts to begin with. */
export const DELIVERY_PRESETS: readonly DeliveryPreset[] = [
  {
    code: 'credit-platform',
    name: '信用信息共享平台',
    kind: 'folder',
    format: 'csv',
    columns: [
      column('行政相对人名称', 'entityName'),
      column('统一社会信用代码', 'creditCode'),
      column('抽查计划编号', 'campaignCode'),
      column('抽查计划名称', 'campaignName'),
      column('抽查事项编码', 'itemCode'),
      column('抽查事项名称', 'itemName'),
      column('检查实施机关', 'department'),
      column('检查完成日期', 'visitOn'),
      column('抽查结果代码', 'resultCode'),
      column('抽查结果', 'result'),
      column('公示时间', 'publishedAt'),
      column('抽查类型', 'text', '双随机、一公开'),
      column('公示状态', 'status'),
      column('公示版本', 'version'),
      column('变更时间', 'changedAt'),
      column('变更理由', 'changeReason'),
    ],
  },
  {
    code: 'interface',
    name: '数据接口（JSON）',
    kind: 'webhook',
    format: 'json',
    columns: [
      column('creditCode', 'creditCode'),
      column('entityName', 'entityName'),
      column('itemCode', 'itemCode'),
      column('itemName', 'itemName'),
      column('department', 'department'),
      column('resultCode', 'resultCode'),
      column('visitOn', 'visitOn'),
      column('campaign', 'campaignCode'),
      column('publishedAt', 'publishedAt'),
      column('status', 'status'),
      column('version', 'version'),
      column('changedAt', 'changedAt'),
      column('changeReason', 'changeReason'),
    ],
  },
];
