/** What receiving systems are told of a published result (plan 3.6), field by field. */
import { formatSecond } from '../notices/format';
import { RESULT_LABELS, type ResultCode } from '../visits/results';

export interface PublishedRow {
  campaign_code: string;
  campaign_name: string;
  credit_code: string;
  /** As it was published: natural persons are masked. */
  entity_name: string;
  item_code: string;
  item_name: string;
  department_name: string;
  result_code: number;
  visit_on: string;
  published_at: Date;
}

export const DELIVERY_FIELDS = [
  'creditCode',
  'entityName',
  'itemCode',
  'itemName',
  'department',
  'resultCode',
  'result',
  'visitOn',
  'campaignCode',
  'campaignName',
  'publishedAt',
] as const;
export type DeliveryField = (typeof DELIVERY_FIELDS)[number];

/** A column of the receiving system: filled from a field, or with the same text in every row. */
export interface DeliveryColumn {
  heading: string;
  field: DeliveryField | 'text';
  text: string;
}

const VALUES: Readonly<Record<DeliveryField, (row: PublishedRow) => string>> = {
  creditCode: (row) => row.credit_code,
  entityName: (row) => row.entity_name,
  itemCode: (row) => row.item_code,
  itemName: (row) => row.item_name,
  department: (row) => row.department_name,
  resultCode: (row) => String(row.result_code),
  result: (row) => RESULT_LABELS[row.result_code as ResultCode],
  visitOn: (row) => row.visit_on,
  campaignCode: (row) => row.campaign_code,
  campaignName: (row) => row.campaign_name,
  publishedAt: (row) => formatSecond(row.published_at),
};

export const cellsOf = (columns: readonly DeliveryColumn[], row: PublishedRow): string[] =>
  columns.map(({ field, text }) => (field === 'text' ? text : VALUES[field](row)));
