import type { RegionBook } from '../regions/region-book';
import { readCreditCode } from './credit-code';
import { CREDIT_COLUMNS, readCreditFacts, type CreditFacts } from './credit-row';
import { readIndustry } from './industry';
import { RowReader, type ColumnSpec, type Header, type Refusal } from './table';

export const ENTITY_COLUMNS = {
  name: {
    names: ['企业名称', '名称', '主体名称', '市场主体名称', '单位名称', '字号名称', 'name'],
    required: true,
  },
  creditCode: CREDIT_COLUMNS.creditCode,
  regionCode: {
    names: ['登记机关区划代码', '行政区划代码', '区划代码', '行政区划', '所属区划', 'region_code', 'region'],
    required: true,
  },
  establishedOn: { names: ['注册日期', '成立日期', '登记日期', 'established_on', 'established'] },
  entityType: { names: ['企业类型', '主体类型', '市场主体类型', 'entity_type', 'type'] },
  businessScope: { names: ['经营范围', '业务范围', 'business_scope', 'scope'] },
  address: { names: ['注册地址', '住所', '经营场所', '地址', '住所（经营场所）', 'address'] },
  status: { names: ['状态', '登记状态', '经营状态', '企业状态', 'status'] },
  riskClass: CREDIT_COLUMNS.riskClass,
  tags: { names: ['标签', '行业标签', 'tags'] },
  complaints: CREDIT_COLUMNS.complaints,
  flags: CREDIT_COLUMNS.flags,
  industryCode: {
    names: ['行业代码', '行业', '所属行业', '行业门类', '国民经济行业代码', 'industry_code', 'industry'],
  },
  contactName: { names: ['联系人', '联系人姓名', 'contact_name'] },
  contactPhone: { names: ['联系电话', '联系人电话', '电话', '联系方式', 'contact_phone', 'phone'] },
  listedBy: { names: ['列入部门', '列入的部门', '监管部门', 'listed_by'] },
} as const satisfies Record<string, ColumnSpec>;

export type EntityColumn = keyof typeof ENTITY_COLUMNS;

/** A row that can go into the registry. `null`: the file has no such column, what is known stays. */
export interface EntityRow extends CreditFacts {
  creditCode: string;
  name: string;
  regionCode: string;
  status: 'active' | 'revoked' | 'cancelled' | 'moved' | null;
  entityType: string | null;
  businessScope: string | null;
  address: string | null;
  establishedOn: string | null;
  /** What the rules give for the scope of business. */
  scopeTags: string[] | null;
  /** What the file itself says. */
  declaredTags: string[] | null;
  industryCode: string | null;
  contactName: string | null;
  contactPhone: string | null;
  /** Departments that have it in their registry by listing it, whatever its tags. */
  listedBy: string[] | null;
}

export interface EntityContext {
  /** The city's day. */
  today: string;
  regions: RegionBook;
  /** What the rules in force give for a scope of business. */
  tagsOf(scope: string): string[];
  /** The department's code, by code, name or short name. */
  departmentOf(text: string): string | undefined;
  /** Departments for which this import may list entities; null: all. */
  departments: readonly string[] | null;
}

export type RowOutcome<T> =
  | { ok: true; key: string; row: T }
  /** `key`: what the row names all the same; a refused row does not end it. */
  | { ok: false; key: string | null; refusals: Refusal[] };

export function readEntityRow(
  header: Header<EntityColumn>,
  width: number,
  cells: readonly string[],
  context: EntityContext,
): RowOutcome<EntityRow> {
  const reader = new RowReader(header, cells, ENTITY_COLUMNS);
  reader.refuseUnreadable();
  reader.refuseWrongWidth(width);
  const code = readCreditCode(reader.text('creditCode'));
  const elsewhere = code.ok ? null : shiftedCode(reader, cells);
  if (elsewhere !== null) {
    reader.refuse(
      'creditCode',
      'shifted-columns',
      `列错位：统一社会信用代码 ${elsewhere} 不在这一列，请按表头重新排列这一行`,
    );
  }
  // The cells of a row whose columns are shifted say nothing about the columns they stand in.
  if (elsewhere !== null || cells.length !== width) {
    return { ok: false, key: code.ok ? code.code : elsewhere, refusals: reader.refusals };
  }
  if (!code.ok && !reader.isRefused('creditCode')) reader.refuse('creditCode', code.reason, code.message);
  const row = readCells(reader, context);
  if (!code.ok || reader.refusals.length > 0) {
    return { ok: false, key: code.ok ? code.code : null, refusals: reader.refusals };
  }
  return { ok: true, key: code.code, row: { creditCode: code.code, ...row } };
}

function readCells(reader: RowReader<EntityColumn>, context: EntityContext): Omit<EntityRow, 'creditCode'> {
  const optional = <T>(key: EntityColumn, read: () => T): T | null => (reader.has(key) ? read() : null);
  const businessScope = optional('businessScope', () => reader.limited('businessScope', 20_000));
  return {
    name: readName(reader),
    regionCode: readRegion(reader, context),
    status: optional('status', () => readStatus(reader)),
    entityType: optional('entityType', () => reader.limited('entityType', 200)),
    businessScope,
    address: optional('address', () => reader.limited('address', 500)),
    establishedOn: readEstablished(reader, context.today),
    scopeTags: businessScope === null ? null : context.tagsOf(businessScope).sort(),
    declaredTags: optional('tags', () => [...new Set(reader.list('tags'))].sort()),
    ...readCreditFacts(reader),
    industryCode: optional('industryCode', () => readIndustryCode(reader)),
    contactName: optional('contactName', () => reader.limited('contactName', 50)),
    contactPhone: optional('contactPhone', () => readPhone(reader)),
    listedBy: optional('listedBy', () => readListedBy(reader, context)),
  };
}

function readName(reader: RowReader<EntityColumn>): string {
  if (reader.isRefused('name')) return '';
  return reader.required('name');
}

function readRegion(reader: RowReader<EntityColumn>, context: EntityContext): string {
  const text = reader.text('regionCode').normalize('NFKC');
  if (reader.isRefused('regionCode')) return '';
  const code = context.regions.current(text);
  if (text === '')
    reader.refuse('regionCode', 'missing', '没有填写行政区划代码，请补填 6 位数字（GB/T 2260）');
  else if (!context.regions.isKnown(code)) {
    reader.refuse(
      'regionCode',
      'unknown-region',
      '没有这个行政区划代码，请按 GB/T 2260 填写 6 位数字，如 610902',
    );
  }
  return code;
}

function readEstablished(reader: RowReader<EntityColumn>, today: string): string | null {
  const day = reader.date('establishedOn');
  if (day !== null && day > today) {
    reader.refuse('establishedOn', 'future-date', `日期在今天（${today}）之后，请核对`);
  }
  return day;
}

/** Cancelled before revoked: 吊销已注销 is over, 吊销未注销 is not. */
const STATUSES: readonly (readonly [RegExp, NonNullable<EntityRow['status']>])[] = [
  [/未注销|^吊销|^revoked$/i, 'revoked'],
  [/注销|^cancelled$/i, 'cancelled'],
  [/迁出|已迁|^moved$/i, 'moved'],
  [/存续|在业|开业|在营|正常|登记成立|迁入|^active$/i, 'active'],
];

function readStatus(reader: RowReader<EntityColumn>): EntityRow['status'] {
  const text = reader.text('status');
  if (text === '' || reader.isRefused('status')) return null;
  const isOver = text.includes('已注销');
  const found = isOver ? 'cancelled' : STATUSES.find(([pattern]) => pattern.test(text))?.[1];
  if (!found) reader.refuse('status', 'unknown-status', '状态应为 存续、吊销、注销 或 迁出');
  return found ?? null;
}

function readIndustryCode(reader: RowReader<EntityColumn>): string {
  const text = reader.text('industryCode');
  if (text === '' || reader.isRefused('industryCode')) return '';
  const outcome = readIndustry(text);
  if (outcome.ok) return outcome.code;
  reader.refuse('industryCode', 'unknown-industry', outcome.message);
  return '';
}

function readPhone(reader: RowReader<EntityColumn>): string {
  const text = reader.text('contactPhone').normalize('NFKC');
  if (text === '' || reader.isRefused('contactPhone')) return '';
  if (!/^(?=(.*\d){5})[\d+\-()*#转;,、/ ]{5,60}$/.test(text)) {
    reader.refuse('contactPhone', 'bad-phone', '不是电话号码；多个号码用分号隔开，分机写作“转801”');
  }
  return text;
}

function readListedBy(reader: RowReader<EntityColumn>, context: EntityContext): string[] {
  if (reader.isRefused('listedBy')) return [];
  const words = reader.list('listedBy');
  const unknown = words.filter((word) => context.departmentOf(word) === undefined);
  const codes = words.flatMap((word) => context.departmentOf(word) ?? []);
  const foreign = codes.filter((code) => context.departments?.includes(code) === false);
  if (unknown.length > 0) {
    reader.refuse(
      'listedBy',
      'unknown-department',
      `没有这些部门：${unknown.join('、')}；请填写部门代码、全称或简称，多个用分号隔开`,
    );
  } else if (foreign.length > 0) {
    reader.refuse(
      'listedBy',
      'foreign-department',
      `只能列入本部门的名录库，请由 ${foreign.join('、')} 自行列入`,
    );
  }
  return [...new Set(codes)].sort();
}

/** A valid credit code that stands in another column of the row. */
function shiftedCode(reader: RowReader<EntityColumn>, cells: readonly string[]): string | null {
  const own = reader.text('creditCode');
  for (const cell of cells) {
    const text = cell.trim();
    if (text.length !== 18 || text === own) continue;
    const code = readCreditCode(text);
    if (code.ok) return code.code;
  }
  return null;
}
