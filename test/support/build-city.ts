/** A town small enough to reason about: 3 departments that inspect, 2 counties, known people. One builder per aggregate. */
import { hash } from '@node-rs/argon2';
import type { Knex } from 'knex';
import type { Role } from '../../domain/roles';

export const PASSWORD = 'correct horse battery';

/** Cheap to verify: tests sign in often. */
const hashed = hash(PASSWORD, { memoryCost: 64, timeCost: 1 });

export interface City {
  users: Record<string, number>;
}

const DEPARTMENTS = [
  ['SCJG', '市场监管局', 'inspecting'],
  ['WJW', '卫健委', 'inspecting'],
  ['XFJ', '消防救援支队', 'inspecting'],
  ['BB', '编办', 'list-registrar'],
  ['FGW', '发改委', 'credit'],
  ['DCS', '督查室', 'supervision'],
  ['LDXZ', '领导小组', 'leading-group'],
] as const;

const PEOPLE: [username: string, role: Role, department: string][] = [
  ['coordinator', 'coordinator', 'SCJG'],
  ['lead', 'lead_officer', 'SCJG'],
  ['scjg-liaison', 'liaison', 'SCJG'],
  ['wjw-liaison', 'liaison', 'WJW'],
  ['xfj-liaison', 'liaison', 'XFJ'],
  ['approver', 'approver', 'LDXZ'],
  ['scjg-head', 'approver', 'SCJG'],
  ['registrar', 'list_registrar', 'BB'],
  ['credit', 'credit_officer', 'FGW'],
  ['supervisor', 'supervisor', 'DCS'],
  ['admin', 'admin', 'SCJG'],
  ['security', 'security_admin', 'SCJG'],
  ['auditor', 'audit_admin', 'SCJG'],
];

/** Regions, departments, people, three published items, `entities` entities and two inspectors per department. */
export async function buildCity(db: Knex, { entities = 60 } = {}): Promise<City> {
  await db('regions').insert([
    { code: '691100', name: '云溪市', parent_code: null },
    { code: '691101', name: '东县', parent_code: '691100' },
    { code: '691102', name: '西县', parent_code: '691100' },
  ]);
  await db('departments').insert(
    DEPARTMENTS.map(([code, name, kind]) => ({ code, name, short_name: name, region_code: '691100', kind })),
  );
  const users: Record<string, number> = {};
  for (const [username, role, department] of PEOPLE) {
    users[username] = await buildUser(db, { username, role, department });
  }
  for (const department of ['SCJG', 'WJW', 'XFJ']) {
    await buildItem(db, {
      code: `${department}-001`,
      department,
      tags: department === 'XFJ' ? ['venue'] : ['catering'],
    });
    for (const number of [1, 2]) {
      const code = `${department}-000${number}`;
      users[code.toLowerCase()] = await buildInspector(db, { code, department });
    }
  }
  await db('entities').insert(Array.from({ length: entities }, (_, at) => entityRow(at)));
  return { users };
}

export async function buildUser(
  db: Knex,
  user: { username: string; role: Role; department: string; region?: string; email?: string | null },
): Promise<number> {
  const { username, role, department, region = '691100', email = `${username}@yunxi.invalid` } = user;
  const [row] = (await db('users')
    .insert({ username, name: username, email, password_hash: await hashed })
    .returning('id')) as [{ id: number }];
  await db('user_roles').insert({ user_id: row.id, role, department_code: department, region_code: region });
  return row.id;
}

/** An inspector with a login of the same name; returns the user's id. */
export async function buildInspector(
  db: Knex,
  inspector: {
    code: string;
    department: string;
    validUntil?: string;
    regions?: string[];
    qualifications?: string[];
    capacity?: number | null;
  },
): Promise<number> {
  const {
    code,
    department,
    validUntil = '2099-12-31',
    regions = [],
    qualifications = [],
    capacity = null,
  } = inspector;
  const userId = await buildUser(db, { username: code.toLowerCase(), role: 'inspector', department });
  await db('inspectors').insert({
    code,
    department_code: department,
    name: code,
    certificate_number: `ZF-${code}`,
    certificate_valid_until: validUntil,
    regions,
    qualifications,
    capacity,
    email: `${code.toLowerCase()}@yunxi.invalid`,
    user_id: userId,
  });
  return userId;
}

/** A published item with a check form. */
export async function buildItem(
  db: Knex,
  item: {
    code: string;
    department: string;
    tags?: string[];
    status?: 'draft' | 'published';
    category?: 'key' | 'general';
  },
): Promise<void> {
  const { code, department, tags = [], status = 'published', category = 'general' } = item;
  await db('items').insert({ code, department_code: department });
  const [form] = await db('check_forms')
    .insert({
      item_code: code,
      version: 1,
      sections: JSON.stringify([
        { title: '基本情况', questions: [{ key: 'license', text: '是否公示许可证？', type: 'yes-no' }] },
      ]),
    })
    .returning<{ id: number }[]>('id');
  await db('item_versions').insert({
    item_code: code,
    version: 1,
    check_form_id: form?.id,
    status,
    name: `检查事项 ${code}`,
    category,
    methods: ['on-site'],
    legal_bases: JSON.stringify([{ law: '中华人民共和国食品安全法', article: '第一百一十条', text: '' }]),
    object_tags: tags,
    published_at: status === 'published' ? new Date() : null,
  });
}

/** Entities alternate between the counties; every third is a venue too; classes go round A, B, C, D. */
function entityRow(at: number) {
  return {
    credit_code: `92691100MA${String(at).padStart(8, '0')}`,
    name: `云溪餐饮${at}号店`,
    region_code: at % 2 === 0 ? '691101' : '691102',
    entity_type: '有限责任公司',
    tags: at % 3 === 0 ? ['catering', 'venue'] : ['catering'],
    risk_class: 'ABCD'[at % 4],
    draw_class: 'ABCD'[at % 4],
  };
}
