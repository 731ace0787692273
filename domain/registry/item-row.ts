import type { LegalBasis } from '../items/basis';
import type { CheckFormSection } from '../items/check-form';
import type { RegionBook } from '../regions/region-book';
import type { RowOutcome } from './entity-row';
import { RowReader, type ColumnSpec, type Header } from './table';

export const ITEM_COLUMNS = {
  code: { names: ['事项编号', '事项编码', '编号', 'code'], required: true },
  department: {
    names: [
      '部门',
      '部门代码',
      '实施部门',
      '检查部门',
      '抽查部门',
      '检查主体',
      '抽查主体',
      '责任部门',
      'department',
    ],
    required: true,
  },
  name: {
    names: ['名称', '事项名称', '抽查事项', '抽查事项名称', '检查事项', '检查事项名称', 'name'],
    required: true,
  },
  legalBases: { names: ['法律依据', '检查依据', '抽查依据', '依据', 'legal_bases'], required: true },
  content: { names: ['内容', '检查内容', '抽查内容', '检查要点说明', 'content'] },
  category: { names: ['类别', '事项类别', 'category'] },
  methods: { names: ['检查方式', '抽查方式', 'methods'] },
  objectTags: { names: ['对象标签', '检查对象', '抽查对象', 'object_tags'] },
  objectRegions: { names: ['对象地区', 'object_regions'] },
  qualifications: { names: ['资质要求', 'qualifications'] },
  ratio: { names: ['比例', '抽查比例', '检查比例', 'ratio'] },
  statutoryRatio: { names: ['法定比例', 'statutory_ratio'] },
  frequency: { names: ['频次', '抽查频次', '检查频次', 'frequency'] },
  statutoryFrequency: { names: ['法定频次', 'statutory_frequency'] },
  questions: { names: ['检查表', '检查要点', 'questions'] },
} as const satisfies Record<string, ColumnSpec>;

export type ItemColumn = keyof typeof ITEM_COLUMNS;

/** Everything a draft of an item says (api/schemas/items.ts), and its department. */
export interface ItemRow {
  code: string;
  department: string;
  name: string;
  content: string;
  category: 'key' | 'general';
  methods: ('on-site' | 'documentary' | 'online')[];
  legalBases: LegalBasis[];
  objectTags: string[];
  objectRegions: string[];
  qualifications: string[];
  ratioPpm: number | null;
  statutoryRatioPpm: number | null;
  frequency: string;
  statutoryFrequency: string;
  checkForm: CheckFormSection[];
}

export interface ItemContext {
  regions: RegionBook;
  departmentOf(text: string): string | undefined;
  /** The tag's code, by code or label. */
  tagOf(text: string): string | undefined;
  departments: readonly string[] | null;
}

export function readItemRow(
  header: Header<ItemColumn>,
  width: number,
  cells: readonly string[],
  context: ItemContext,
): RowOutcome<ItemRow> {
  const reader = new RowReader(header, cells, ITEM_COLUMNS);
  reader.refuseUnreadable();
  reader.refuseWrongWidth(width);
  const code = reader.text('code').toUpperCase();
  const key = /^[A-Z0-9][A-Z0-9-]{0,39}$/.test(code) ? code : null;
  if (cells.length !== width) return { ok: false, key, refusals: reader.refusals };
  if (key === null) reader.refuse('code', 'bad-code', '事项编号为大写字母、数字和短横，最长 40 位');
  const content = reader.limited('content', 4000);
  const row: ItemRow = {
    code,
    department: readDepartment(reader, context),
    name: reader.isRefused('name') ? '' : reader.required('name'),
    content,
    category: readCategory(reader),
    methods: readMethods(reader),
    legalBases: readLegalBases(reader),
    objectTags: readTags(reader, context),
    objectRegions: readRegions(reader, context),
    qualifications: reader.list('qualifications').sort(),
    ratioPpm: readRatio(reader, 'ratio'),
    statutoryRatioPpm: readRatio(reader, 'statutoryRatio'),
    frequency: reader.limited('frequency', 100),
    statutoryFrequency: reader.limited('statutoryFrequency', 100),
    checkForm: formOf(reader.text('questions') || content),
  };
  if (row.qualifications.some((word) => !/^[a-z0-9-]+$/.test(word))) {
    reader.refuse('qualifications', 'bad-qualification', '资质用小写字母、数字和短横表示，多个用分号隔开');
  }
  return key !== null && reader.refusals.length === 0
    ? { ok: true, key, row }
    : { ok: false, key, refusals: reader.refusals };
}

function readDepartment(reader: RowReader<ItemColumn>, context: ItemContext): string {
  if (reader.isRefused('department')) return '';
  const text = reader.required('department', 50);
  const department = context.departmentOf(text);
  if (text !== '' && department === undefined) {
    reader.refuse('department', 'unknown-department', '没有这个部门，请填写部门代码或全称');
  } else if (department !== undefined && context.departments?.includes(department) === false) {
    reader.refuse('department', 'foreign-department', '只能导入本部门的事项，请由该部门自行导入');
  }
  return department ?? '';
}

function readCategory(reader: RowReader<ItemColumn>): 'key' | 'general' {
  const text = reader.text('category');
  if (/^(重点|key$)/.test(text)) return 'key';
  if (text !== '' && !/^(一般|general$)/.test(text)) {
    reader.refuse('category', 'unknown-category', '类别应为 重点 或 一般');
  }
  return 'general';
}

const METHODS: readonly (readonly [RegExp, ItemRow['methods'][number]])[] = [
  [/实地|现场|^on-site$/, 'on-site'],
  [/书面|^documentary$/, 'documentary'],
  [/网络|在线|^online$/, 'online'],
];

function readMethods(reader: RowReader<ItemColumn>): ItemRow['methods'] {
  const found = reader.list('methods').map((word) => METHODS.find(([pattern]) => pattern.test(word))?.[1]);
  if (found.includes(undefined)) {
    reader.refuse('methods', 'unknown-method', '检查方式应为 实地检查、书面检查 或 网络监测，多个用分号隔开');
  }
  const methods = [...new Set(found.filter((method) => method !== undefined))];
  return methods.length > 0 ? methods : ['on-site'];
}

/** `《食品安全法》第一百一十条；《…》…`; a basis without brackets is a law as it stands. */
function readLegalBases(reader: RowReader<ItemColumn>): LegalBasis[] {
  const text = reader.text('legalBases');
  if (text === '') {
    reader.refuse('legalBases', 'no-legal-basis', '没有法律依据不得检查：请写明法律法规规章名称和条款');
    return [];
  }
  return text
    .split(/[;；\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [, law = part, article = ''] = /^《(.+?)》\s*(.*)$/.exec(part) ?? [];
      return { law, article, text: '' };
    });
}

function readTags(reader: RowReader<ItemColumn>, context: ItemContext): string[] {
  const words = reader.list('objectTags').filter((word) => word !== '全部');
  const unknown = words.filter((word) => context.tagOf(word) === undefined);
  if (unknown.length > 0) {
    reader.refuse(
      'objectTags',
      'unknown-tag',
      `没有这些标签：${unknown.join('、')}；请使用标签规则表中的标签`,
    );
  }
  return words.flatMap((word) => context.tagOf(word) ?? []).sort();
}

function readRegions(reader: RowReader<ItemColumn>, context: ItemContext): string[] {
  const codes = reader.list('objectRegions').map((code) => context.regions.current(code));
  const unknown = codes.filter((code) => !context.regions.isKnown(code));
  if (unknown.length > 0) {
    reader.refuse('objectRegions', 'unknown-region', `没有这些行政区划代码：${unknown.join('、')}`);
  }
  return codes.sort();
}

/** `3%`, `3 %` or `0.03`, as parts per million. */
function readRatio(reader: RowReader<ItemColumn>, key: 'ratio' | 'statutoryRatio'): number | null {
  const text = reader.text(key).normalize('NFKC').replace(/\s/g, '');
  if (text === '' || reader.isRefused(key)) return null;
  const [, number, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? [];
  const ppm = number === undefined ? Number.NaN : Math.round(Number(number) * (percent ? 1e4 : 1e6));
  if (ppm >= 0 && ppm <= 1_000_000) return ppm;
  reader.refuse(key, 'bad-ratio', '比例应写成百分数（如 3%）或 0 到 1 的小数');
  return null;
}

/** One yes-or-no question per clause, so that an imported item can be inspected as it stands. */
function formOf(text: string): CheckFormSection[] {
  const clauses = text
    .split(/[;；。|\n]/)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '');
  if (clauses.length === 0) return [];
  return [
    {
      title: '检查内容',
      questions: clauses.slice(0, 50).map((clause, at) => ({
        key: `q${String(at + 1)}`,
        text: clause.slice(0, 500),
        type: 'yes-no',
      })),
    },
  ];
}
