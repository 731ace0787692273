/** What receiving systems are told of a published result (plan 3.6), field by field. */
import { formatSecond } from '../notices/format';
import { METHOD_NAMES, type Method } from '../visits/methods';
import type { PublicationStatus } from '../visits/publications';
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
  /** Null: published before it was kept. */
  method: Method | null;
  visit_on: string;
  published_at: Date;
  version: number;
  status: PublicationStatus;
  changed_at: Date | null;
  reason: string;
}

export const DELIVERY_FIELDS = [
  'creditCode',
  'entityName',
  'itemCode',
  'itemName',
  'department',
  'resultCode',
  'result',
  'method',
  'visitOn',
  'campaignCode',
  'campaignName',
  'publishedAt',
  'status',
  'version',
  'changedAt',
  'changeReason',
] as const;
export type DeliveryField = (typeof DELIVERY_FIELDS)[number];

/** A column of the receiving system: filled from a field, or with the same text in every row. */
export interface DeliveryColumn {
  heading: string;
  field: DeliveryField | 'text';
  text: string;
}

const STATUSES: Readonly<Record<PublicationStatus, string>> = {
  published: '公示',
  corrected: '更正',
  withdrawn: '撤回',
};

/** What was withdrawn comes without its content: which row it was is all that the receiver needs. */
const unlessWithdrawn = (row: PublishedRow, value: string): string =>
  row.status === 'withdrawn' ? '' : value;

const VALUES: Readonly<Record<DeliveryField, (row: PublishedRow) => string>> = {
  creditCode: (row) => row.credit_code,
  entityName: (row) => unlessWithdrawn(row, row.entity_name),
  itemCode: (row) => row.item_code,
  itemName: (row) => row.item_name,
  department: (row) => row.department_name,
  resultCode: (row) => unlessWithdrawn(row, String(row.result_code)),
  // Receivers that have no column for the status learn it here.
  result: (row) => (row.status === 'withdrawn' ? '已撤回' : RESULT_LABELS[row.result_code as ResultCode]),
  method: (row) => unlessWithdrawn(row, row.method === null ? '' : METHOD_NAMES[row.method]),
  visitOn: (row) => unlessWithdrawn(row, row.visit_on),
  campaignCode: (row) => row.campaign_code,
  campaignName: (row) => row.campaign_name,
  publishedAt: (row) => formatSecond(row.published_at),
  status: (row) => STATUSES[row.status],
  version: (row) => String(row.version),
  changedAt: (row) => (row.changed_at === null ? '' : formatSecond(row.changed_at)),
  changeReason: (row) => row.reason,
};

export const cellsOf = (columns: readonly DeliveryColumn[], row: PublishedRow): string[] =>
  columns.map(({ field, text }) => (field === 'text' ? text : VALUES[field](row)));
