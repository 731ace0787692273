/** All that is stored of one person, and what of it can go when the person asks (PIPL art. 45, 47). */
import type { Knex } from 'knex';
import type { Kind } from '../domain/privacy/kinds';
import type { PeriodName } from '../domain/privacy/periods';
import { personalColumns, type MarkedColumn } from './personal-data';

export type Person =
  | { kind: 'official'; id: number; name: string; isGone: boolean }
  | { kind: 'inspector'; id: number; name: string; isGone: boolean }
  /** The natural persons of an entity: its contact, and who wrote for it. */
  | { kind: 'entity'; id: number; name: string; isGone: boolean };

export async function findPerson(db: Knex, kind: Person['kind'], code: string): Promise<Person | null> {
  const [sql, value] = {
    official: [
      'select id, name, disabled_at is not null as gone from users where username = ?',
      code.toLowerCase(),
    ],
    inspector: [
      `select id, name, ended_at is not null or status = 'left' as gone from inspectors where code = ?`,
      code,
    ],
    entity: ['select id, name, ended_at is not null as gone from entities where credit_code = ?', code],
  }[kind] as [string, string];
  const { rows } = await db.raw<{ rows: { id: number; name: string; gone: boolean }[] }>(sql, [value]);
  const [row] = rows;
  return row ? { kind, id: row.id, name: row.name, isGone: row.gone } : null;
}

/** Rows of one table that are the person's, or that the person made. */
export interface Held {
  table: string;
  /** By which the row is the person's. */
  column: string;
  rows: number;
  kind: Kind;
  keep: PeriodName;
  /** What stands in them; null: only how many there are. */
  values: Record<string, unknown>[] | null;
}

/** Where rows are of somebody, not merely made by somebody: what stands in them is told too. */
const OWN: Record<Person['kind'], Readonly<Record<string, { at: string; show: readonly string[] }>>> = {
  official: {
    users: { at: 't.id = :id', show: ['username', 'name', 'email', 'disabled_at', 'password_changed_at'] },
    user_roles: { at: 't.user_id = :id', show: ['role', 'department_code', 'region_code'] },
    sessions: { at: 't.user_id = :id', show: ['created_at', 'last_used_at', 'address', 'browser'] },
    sign_in_places: { at: 't.user_id = :id', show: ['kind', 'value', 'last_at'] },
    login_failures: {
      at: 't.username = (select username from users where id = :id)',
      show: ['at', 'address'],
    },
    notice_preferences: { at: 't.user_id = :id', show: ['mail', 'messenger'] },
    calendar_feeds: { at: 't.user_id = :id', show: ['created_at'] },
    delegations: { at: 't.user_id = :id', show: ['from_day', 'until_day', 'reason'] },
    mails: { at: 't.recipient_id = :id', show: ['created_at', 'recipient_email', 'subject'] },
  },
  inspector: {
    inspectors: {
      at: 't.id = :id',
      show: ['code', 'name', 'certificate_number', 'certificate_valid_until', 'email', 'phone', 'status'],
    },
    inspector_versions: { at: 't.inspector_id = :id', show: ['valid_from', 'state'] },
    inspector_trainings: { at: 't.inspector_id = :id', show: ['topic', 'held_on', 'hours'] },
    exclusions: { at: 't.inspector_id = :id', show: ['reason', 'declared_at', 'ended_at'] },
  },
  entity: {
    entities: { at: 't.id = :id', show: ['credit_code', 'name', 'address', 'contact_name', 'contact_phone'] },
    entity_versions: { at: 't.entity_id = :id', show: ['valid_from', 'state'] },
    objections: {
      at: 't.visit_id in (select id from visits where entity_id = :id)',
      show: ['asked_at', 'reason', 'contact'],
    },
    visit_ratings: {
      at: 't.visit_id in (select id from visits where entity_id = :id)',
      show: ['rated_at', 'stars', 'remark'],
    },
    recusal_requests: {
      at: 't.visit_id in (select id from visits where entity_id = :id)',
      show: ['asked_at', 'reason'],
    },
    published_results: {
      at: 't.visit_id in (select id from visits where entity_id = :id)',
      show: ['published_at', 'entity_name', 'item_name', 'result_code'],
    },
  },
};

const SHOWN_ROWS = 1000;

/** Table by table: what is of the person with its contents, what the person made or stands in by number. */
export async function listHeld(db: Knex, person: Person): Promise<Held[]> {
  const held: Held[] = [];
  for (const [table, { at, show }] of Object.entries(OWN[person.kind])) {
    const { rows } = await db.raw<{ rows: Record<string, unknown>[] }>(
      `select ${show.map((column) => `t.${column}`).join(', ')} from ${table} t where ${at} limit ${SHOWN_ROWS}`,
      { id: person.id },
    );
    if (rows.length > 0) held.push({ ...markOf(table), table, column: '', rows: rows.length, values: rows });
  }
  for (const { table, column } of await referring(db, person.kind)) {
    if (table in OWN[person.kind]) continue;
    const { rows } = await db.raw<{ rows: [{ count: number }] }>(
      `select count(*) from ${table} where ${column} = :id`,
      { id: person.id },
    );
    const { count } = rows[0];
    if (count > 0) held.push({ ...markOf(table, column), table, column, rows: count, values: null });
  }
  return held;
}

const markOf = (table: string, column?: string): Pick<MarkedColumn, 'kind' | 'keep'> => {
  const marks = personalColumns().filter((one) => one.table === table);
  const { kind, keep } = marks.find((one) => one.column === column) ??
    marks[0] ?? {
      ...({ kind: 'person', keep: 'records' } as const),
    };
  return { kind, keep };
};

/** Every column that refers to such persons, by the schema itself. */
async function referring(db: Knex, kind: Person['kind']): Promise<{ table: string; column: string }[]> {
  const target = { official: 'users', inspector: 'inspectors', entity: 'entities' }[kind];
  const { rows } = await db.raw<{ rows: { table: string; column: string }[] }>(
    `select c.relname as table, a.attname as column
       from pg_constraint k join pg_class c on c.oid = k.conrelid
       join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
      where k.contype = 'f' and cardinality(k.conkey) = 1 and k.confrelid = cast(:target as regclass)
      order by 1, 2`,
    { target },
  );
  return rows;
}

/** What goes at once when the person asks; the rest stays as long as its period says. */
const ERASED_ON_REQUEST: Record<Person['kind'], readonly { table: string; sql: string }[]> = {
  official: [
    { table: 'sessions', sql: 'delete from sessions where user_id = :id' },
    { table: 'sign_in_places', sql: 'delete from sign_in_places where user_id = :id' },
    {
      table: 'login_failures',
      sql: 'delete from login_failures where username = (select username from users where id = :id)',
    },
    // With it the recovery codes.
    { table: 'second_factors', sql: 'delete from second_factors where user_id = :id' },
    { table: 'provider_identities', sql: 'delete from provider_identities where user_id = :id' },
    { table: 'calendar_feeds', sql: 'delete from calendar_feeds where user_id = :id' },
    { table: 'notice_preferences', sql: 'delete from notice_preferences where user_id = :id' },
    { table: 'idempotency_keys', sql: 'delete from idempotency_keys where user_id = :id' },
    { table: 'users', sql: 'update users set email = null where id = :id and email is not null' },
    {
      table: 'mails',
      sql: `update mails set body_text = '', body_html = '', subject = '（已应请求删除）', recipient_email = '', last_reply = null
             where recipient_id = :id and body_text <> '' and status not in ('created', 'sending')`,
    },
    {
      table: 'delegations',
      sql: `update delegations set reason = '（已应请求删除）' where user_id = :id and until_day < current_date`,
    },
  ],
  inspector: [
    {
      table: 'inspectors',
      sql: `update inspectors set email = null, phone = '' where id = :id and (email is not null or phone <> '')`,
    },
    {
      table: 'inspector_versions',
      sql: `update inspector_versions set state = state || '{"email": null, "phone": ""}' where inspector_id = :id`,
    },
  ],
  entity: [
    {
      table: 'entities',
      sql: `update entities set contact_name = '', contact_phone = ''
             where id = :id and contact_name || contact_phone <> ''`,
    },
    {
      table: 'entity_versions',
      sql: `update entity_versions set state = state || '{"contact_name": "", "contact_phone": ""}'
             where entity_id = :id and coalesce(state ->> 'contact_name', '') || coalesce(state ->> 'contact_phone', '') <> ''`,
    },
    {
      table: 'objections',
      sql: `update objections set contact = ''
             where contact <> '' and visit_id in (select id from visits where entity_id = :id)`,
    },
    {
      table: 'visit_ratings',
      sql: `update visit_ratings set remark = ''
             where remark <> '' and visit_id in (select id from visits where entity_id = :id)`,
    },
  ],
};

/** Rows by table. */
export async function erasePerson(trx: Knex, person: Person): Promise<Record<string, number>> {
  const erased: Record<string, number> = {};
  for (const { table, sql } of ERASED_ON_REQUEST[person.kind]) {
    const { rowCount } = await trx.raw<{ rowCount: number }>(sql, { id: person.id });
    if (rowCount > 0) erased[table] = rowCount;
  }
  return erased;
}

/** Tables in which something of the person could be erased on request. */
export const erasableTables = (kind: Person['kind']): string[] =>
  ERASED_ON_REQUEST[kind].map(({ table }) => table);
