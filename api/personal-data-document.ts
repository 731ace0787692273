/** docs/security/personal-data.md, from the marks of the columns, the periods, and what each role sees. */
import { personalColumns, TABLES } from '../db/personal-data';
import { FIELDS, RELATIONS } from '../domain/privacy/fields';
import { BASES, KINDS, WHOSE } from '../domain/privacy/kinds';
import { PERIODS } from '../domain/privacy/periods';

interface Words {
  zh: string;
  en: string;
}

export function personalDataDocument(): string {
  const columns = personalColumns();
  const plain = Object.entries(TABLES).filter(
    ([, { personal, texts, by }]) => personal === undefined && texts === undefined && by === undefined,
  );
  return [
    '# Personal data 个人信息表',
    '',
    'Written from the code by `npm run docs:personal-data`; a test fails where the two differ, and another where a column of the',
    'live schema has no entry in [db/personal-data](../../db/personal-data). PIPL: Personal Information Protection Law',
    '(个人信息保护法). 本表由程序生成；数据库中每一列都须注明是不是个人信息，缺一列测试即不通过。',
    '',
    '## Kinds and grounds 种类与依据',
    '',
    ...glossary('kind', KINDS),
    '',
    ...glossary('whose', WHOSE),
    '',
    ...glossary('ground', BASES),
    '',
    '## Periods 保存期限',
    '',
    'PIPL art. 19: as short as the purpose allows; art. 47: erased on request, unless a law keeps it.',
    '',
    ...table(
      ['period', '期限', 'in English', 'days', 'on request 可应本人请求删除'],
      Object.entries(PERIODS).map(([name, { zh, en, days, onRequest }]) => [
        `\`${name}\``,
        zh,
        en,
        days === null ? '—' : String(days),
        onRequest ? 'yes 是' : 'no 否',
      ]),
    ),
    '',
    '## What who sees 谁看到什么',
    '',
    'By what somebody has to do with the record ([domain/privacy/fields.ts](../../domain/privacy/fields.ts)); whoever else sees the',
    'record sees the field masked. A click that shows it is an entry `personal-data.reveal` in the audit log, before the answer.',
    '未列出的人只看到遮盖后的内容；点击“显示”先记入审计日志，再给出原文。',
    '',
    ...table(
      ['field', '字段', 'in English', 'clear 直接可见', 'on a click 点击可见，留痕'],
      Object.entries(FIELDS).map(([name, { zh, en, clear, onClick }]) => [
        ...[`\`${name}\``, zh, en],
        ...[relationsIn(clear), relationsIn(onClick)],
      ]),
    ),
    '',
    ...table(
      ['relation', '关系', 'in English'],
      Object.entries(RELATIONS).map(([name, { zh, en }]) => [`\`${name}\``, zh, en]),
    ),
    '',
    'Shown without a mask, because the work cannot be done without it 不遮盖的，及其理由：',
    '',
    ...table(['what', 'to whom', 'why'], UNMASKED),
    '',
    `## Columns 各列（${columns.length}）`,
    '',
    ...table(
      ['column', 'kind', 'whose', 'ground', 'period'],
      columns.map(({ table: of, column, kind, whose, basis, keep }) => [
        `\`${of}.${column}\``,
        ...[kind, whose, basis, keep],
      ]),
    ),
    '',
    `Tables without personal data 不含个人信息的表（${plain.length}）: ${plain.map(([name]) => `\`${name}\``).join(', ')}.`,
    '',
  ].join('\n');
}

/** What no mask is put on, and why (PIPL art. 6). */
const UNMASKED = [
  [
    'names of officials and inspectors 公务人员、执法人员姓名',
    'officials 公务人员',
    'who acts answers for it; records, tasks and teams are read by name 谁经办、谁负责',
  ],
  [
    'names and addresses of entities 检查对象名称、经营场所',
    'officials of the region 管辖地区的公务人员',
    'by law public in the registration of enterprises (企业信息公示暂行条例); where the visit goes',
  ],
  [
    'names and certificates of a visit’s team 检查组姓名、执法证号',
    'the entity, by the code of its notice 持通知书代码的检查对象',
    'inspectors have to show their certificate (行政处罚法第五十五条)',
  ],
  [
    'answers, photos, signatures of a visit 检查记录、照片、签名',
    'the team, the department, those who lead or decide 检查组、本部门、牵头和审批人员',
    'they are the record; each reading of a file is on record',
  ],
  [
    'rows of an import that were refused 导入时被拒绝的行',
    'whose file it was, keepers of the registry 上传人、名录管理人员',
    'what is wrong in one’s own file can be mended only when it is read; each reading is on record',
  ],
  [
    'the audit log, addresses included 审计日志（含网络地址）',
    'auditors 审计人员',
    'who did what from where is what it is for; contacts in it are masked when they are written; each reading is on record',
  ],
  [
    'all that is stored of a person 某人的全部个人信息',
    'who has the server’s console, by `npm run personal-data` 服务器控制台',
    'a person’s request (PIPL art. 45, 47) is answered from it; each use is on record',
  ],
];

const relationsIn = (relations: readonly string[]): string =>
  relations.length === 0 ? '—' : relations.map((one) => `\`${one}\``).join(', ');

const glossary = (head: string, words: Record<string, Words>): string[] =>
  table(
    [head, '中文', 'in English'],
    Object.entries(words).map(([name, { zh, en }]) => [`\`${name}\``, zh, en]),
  );

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
