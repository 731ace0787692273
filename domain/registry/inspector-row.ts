import { isMasked } from '../privacy/masks';
import { covers } from '../regions/covers';
import type { RegionBook } from '../regions/region-book';
import type { RowOutcome } from './entity-row';
import { RowReader, type ColumnSpec, type Header } from './table';

export const INSPECTOR_COLUMNS = {
  code: { names: ['编号', '人员编号', '工号', 'code'], required: true },
  name: { names: ['姓名', 'name'], required: true },
  department: { names: ['部门', '部门代码', '所属部门', '单位', 'department'], required: true },
  certificateNumber: { names: ['执法证号', '执法证件号', '证件号码', 'certificate_number'], required: true },
  certificateValidUntil: {
    names: ['证件有效期至', '执法证有效期至', '有效期至', 'certificate_valid_until'],
    required: true,
  },
  regions: { names: ['服务地区', '执法区域', '地区', 'regions'] },
  qualifications: { names: ['资质', '专业资质', 'qualifications'] },
  capacity: { names: ['上限', '检查上限', '任务上限', 'capacity'] },
  status: { names: ['状态', '在岗状态', 'status'] },
  email: { names: ['邮箱', '电子邮箱', 'email'] },
  phone: { names: ['电话', '联系电话', '手机', 'phone'] },
} as const satisfies Record<string, ColumnSpec>;

export type InspectorColumn = keyof typeof INSPECTOR_COLUMNS;

export const PHONE = /^\+?[0-9][0-9 -]{4,28}$/;

export type InspectorStatus = 'active' | 'leave' | 'suspended' | 'left';

/** `undefined`: the file has no such column, what is known stays. */
export interface InspectorRow {
  code: string;
  name: string;
  department: string;
  certificateNumber: string;
  certificateValidUntil: string;
  regions?: string[];
  qualifications?: string[];
  capacity?: number | null;
  status?: InspectorStatus;
  email?: string | null;
  phone?: string;
}

export interface InspectorContext {
  regions: RegionBook;
  /** The department's code, by code, name or short name. */
  departmentOf(text: string): string | undefined;
  /** Departments whose inspectors this import may touch; null: all. */
  departments: readonly string[] | null;
}

/** An expired certificate is no reason to refuse a row: the inspector stays in the registry and is not assigned. */
export function readInspectorRow(
  header: Header<InspectorColumn>,
  width: number,
  cells: readonly string[],
  context: InspectorContext,
): RowOutcome<InspectorRow> {
  const reader = new RowReader(header, cells, INSPECTOR_COLUMNS);
  reader.refuseUnreadable();
  reader.refuseWrongWidth(width);
  const code = reader.text('code');
  const key = /^[A-Za-z0-9-]{1,40}$/.test(code) ? code : null;
  if (cells.length !== width) return { ok: false, key, refusals: reader.refusals };
  if (code === '') reader.refuse('code', 'missing', '没有填写编号，请补填；编号在全市不重复');
  else if (key === null) reader.refuse('code', 'bad-code', '编号只能用字母、数字和短横，最长 40 位');
  const row: InspectorRow = {
    code,
    name: reader.isRefused('name') ? '' : reader.required('name', 50),
    department: readDepartment(reader, context),
    certificateNumber: readCertificate(reader),
    certificateValidUntil: readValidity(reader),
    ...(reader.has('regions') ? { regions: readRegions(reader, context) } : {}),
    ...(reader.has('qualifications') ? { qualifications: readQualifications(reader) } : {}),
    ...(reader.has('capacity') ? { capacity: reader.whole('capacity', 1, 10_000) } : {}),
    ...(reader.has('status') ? { status: readStatus(reader) } : {}),
    ...(reader.has('email') ? { email: readEmail(reader) } : {}),
    ...(reader.has('phone') ? { phone: readPhone(reader) } : {}),
  };
  return key !== null && reader.refusals.length === 0
    ? { ok: true, key, row }
    : { ok: false, key, refusals: reader.refusals };
}

function readDepartment(reader: RowReader<InspectorColumn>, context: InspectorContext): string {
  if (reader.isRefused('department')) return '';
  const text = reader.required('department', 50);
  const department = context.departmentOf(text);
  if (text !== '' && department === undefined) {
    reader.refuse('department', 'unknown-department', '没有这个部门，请填写部门代码或全称');
  } else if (department !== undefined && context.departments?.includes(department) === false) {
    reader.refuse('department', 'foreign-department', '只能导入本部门的人员，请由该部门自行导入');
  }
  return department ?? '';
}

function readValidity(reader: RowReader<InspectorColumn>): string {
  if (reader.isRefused('certificateValidUntil')) return '';
  if (reader.text('certificateValidUntil') === '') {
    reader.refuse(
      'certificateValidUntil',
      'missing',
      '没有填写执法证有效期，请补填；没有有效证件的人员不能参加检查',
    );
  }
  return reader.date('certificateValidUntil') ?? '';
}

function readRegions(reader: RowReader<InspectorColumn>, context: InspectorContext): string[] {
  if (reader.isRefused('regions')) return [];
  const codes = reader.list('regions').map((code) => context.regions.current(code));
  const unknown = codes.filter((code) => !context.regions.isKnown(code));
  if (unknown.length > 0) {
    reader.refuse(
      'regions',
      'unknown-region',
      `没有这些行政区划代码：${unknown.join('、')}；请填写 6 位数字，多个用分号隔开`,
    );
  }
  // A district inside a listed city says nothing more.
  return [...new Set(codes)]
    .filter((code, _, all) => !all.some((other) => other !== code && covers(other, code)))
    .sort();
}

function readQualifications(reader: RowReader<InspectorColumn>): string[] {
  if (reader.isRefused('qualifications')) return [];
  const words = reader.list('qualifications');
  const strange = words.filter((word) => !/^[a-z0-9-]+$/.test(word));
  if (strange.length > 0) {
    reader.refuse(
      'qualifications',
      'bad-qualification',
      `资质用小写字母、数字和短横表示，如 special-equipment；这里有 ${strange.join('、')}`,
    );
  }
  return words.sort();
}

function readStatus(reader: RowReader<InspectorColumn>): InspectorStatus {
  const text = reader.text('status');
  if (text === '' || /^(在岗|在职|正常|active)$/i.test(text)) return 'active';
  if (/^(请假|休假|借调|leave)$/i.test(text)) return 'leave';
  if (/^(暂停|停职|暂停执法|suspended)$/i.test(text)) return 'suspended';
  if (/^(离岗|离职|调离|退休|left)$/i.test(text)) return 'left';
  if (!reader.isRefused('status'))
    reader.refuse('status', 'unknown-status', '状态应为 在岗、请假、暂停 或 离岗');
  return 'active';
}

/** A list that was exported masked does not overwrite the true numbers. */
function readCertificate(reader: RowReader<InspectorColumn>): string {
  if (reader.isRefused('certificateNumber')) return '';
  const text = reader.required('certificateNumber', 50);
  if (isMasked(text)) {
    reader.refuse(
      'certificateNumber',
      'masked',
      '执法证号是遮盖后的，请填写完整的号码，或导出时选择“含个人信息”',
    );
  }
  return text;
}

function readEmail(reader: RowReader<InspectorColumn>): string | null {
  const text = reader.text('email').normalize('NFKC');
  if (text === '' || reader.isRefused('email')) return null;
  if (!/^[^\s@<>*＊]+@[^\s@<>]+\.[^\s@<>]+$/.test(text)) {
    reader.refuse('email', 'bad-email', '不是邮箱地址，请核对');
  }
  return text;
}

function readPhone(reader: RowReader<InspectorColumn>): string {
  const text = reader.text('phone').normalize('NFKC');
  if (text === '' || reader.isRefused('phone')) return '';
  if (!PHONE.test(text)) reader.refuse('phone', 'bad-phone', '不是电话号码，请用数字、空格和短横');
  return text;
}
