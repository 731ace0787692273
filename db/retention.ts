/**
 * What of personal data the periods end (domain/privacy/periods.ts): set by set, in batches, so that no lock is held for long.
 * Nothing that a draw's bundle, a publication, the audit log or a decision's record stands on is among them.
 */
import type { Knex } from 'knex';
import { PERIODS, type PeriodName } from '../domain/privacy/periods';

export interface ErasureRule {
  name: string;
  zh: string;
  en: string;
  period: PeriodName;
  table: string;
  /** What names a row of it. */
  key: readonly string[];
  /** Of `t`, in terms of `:before`, the instant before which the period has ended. */
  where: string;
  /** What is emptied of the row; null: the row goes. */
  set: string | null;
  /** Also carried out hourly: what ends by the day or sooner. */
  isOften: boolean;
}

const CAMPAIGN_ENDED = (campaign: string) =>
  `exists (select 1 from campaigns c where c.id = ${campaign} and c.stage in ('closed', 'cancelled'))`;

const ERASED = '（已到期删除）';

/** Contacts in the states that are kept of entities and inspectors. */
const WITHOUT_CONTACTS = `state = state || '{"contact_name": "", "contact_phone": ""}'`;
const WITHOUT_REACH = `state = state || '{"email": null, "phone": ""}'`;

/** A state that another one took the place of, so long ago. */
const superseded = (table: string, key: string): string =>
  `exists (select 1 from ${table} n where n.${key} = t.${key} and n.id > t.id and n.valid_from < :before)`;

const rule = (
  name: string,
  [zh, en]: readonly [string, string],
  period: PeriodName,
  of: Pick<ErasureRule, 'table' | 'where'> & Partial<Pick<ErasureRule, 'key' | 'set' | 'isOften'>>,
): ErasureRule => ({ key: ['id'], set: null, isOften: false, ...of, name, zh, en, period });

export const ERASURE_RULES: readonly ErasureRule[] = [
  rule('sessions', ['已结束的会话', 'ended sessions'], 'session', {
    ...{ table: 'sessions', where: 't.expires_at < :before', isOften: true },
  }),
  rule('challenges', ['未完成的登录', 'sign-ins that wait for a second factor'], 'session', {
    ...{ table: 'sign_in_challenges', key: ['token_hash'], where: 't.expires_at < :before', isOften: true },
  }),
  rule('provider-sign-ins', ['未完成的统一身份登录', 'sign-ins that wait for the provider'], 'session', {
    ...{ table: 'provider_sign_ins', key: ['token_hash'], where: 't.expires_at < :before', isOften: true },
  }),
  rule('failures', ['登录失败记录', 'failed sign-ins'], 'failures', {
    ...{ table: 'login_failures', where: 't.at < :before', isOften: true },
  }),
  rule('places', ['登录过的地址和设备', 'where people signed in'], 'places', {
    ...{ table: 'sign_in_places', key: ['user_id', 'kind', 'value'] },
    ...{ where: 't.last_at < :before', isOften: true },
  }),
  rule('requests', ['重复请求的答复', 'answers kept for repeated requests'], 'requests', {
    ...{ table: 'idempotency_keys', key: ['user_id', 'key'], where: 't.created_at < :before', isOften: true },
  }),
  rule('feeds', ['停用账户的日历订阅', 'calendar feeds of disabled accounts'], 'feed', {
    ...{ table: 'calendar_feeds', key: ['user_id'] },
    where: 'exists (select 1 from users u where u.id = t.user_id and u.disabled_at < :before)',
  }),
  rule('mails', ['已寄邮件的正文和地址', 'contents and addresses of mails'], 'mail', {
    table: 'mails',
    where: `t.body_text <> '' and t.status not in ('created', 'sending')
            and coalesce(t.failed_at, t.sent_at, t.created_at) < :before`,
    set: `body_text = '', body_html = '', subject = '${ERASED}', recipient_email = '', last_reply = null`,
  }),
  rule('drafts', ['未提交的检查结果草稿', 'drafts of results that were not handed in'], 'draft', {
    ...{ table: 'result_drafts', key: ['visit_id', 'item_code'] },
    where: `t.saved_at < :before
            and exists (select 1 from visits v where v.id = t.visit_id and ${CAMPAIGN_ENDED('v.campaign_id')})`,
  }),
  rule('plans', ['没有写完的方案', 'plans of campaigns that nobody finished'], 'unfinished', {
    ...{ table: 'plan_drafts', where: 't.saved_at < :before' },
  }),
  rule('refusals', ['导入时被拒绝的行', 'refused rows of imports'], 'upload', {
    ...{ table: 'import_refusals', key: ['import_id', 'row_number', 'column_name', 'reason'] },
    where: 'exists (select 1 from imports i where i.id = t.import_id and i.finished_at < :before)',
  }),
  rule('uploads', ['未执行的导入文件', 'files of imports that were not carried out'], 'upload', {
    ...{ table: 'import_files', key: ['import_id', 'number'] },
    where: `exists (select 1 from imports i
                     where i.id = t.import_id and i.status in ('done', 'failed', 'cancelled') and i.finished_at < :before)`,
  }),
  rule('objectors', ['已答复异议的联系人', 'names of those whose objection was answered'], 'statement', {
    ...{ table: 'objections', where: `t.contact <> '' and t.decided_at < :before`, set: `contact = ''` },
  }),
  rule('remarks', ['评价的留言', 'remarks of ratings'], 'statement', {
    ...{ table: 'visit_ratings', key: ['visit_id'], set: `remark = ''` },
    where: `t.remark <> '' and t.rated_at < :before
            and exists (select 1 from visits v where v.id = t.visit_id and ${CAMPAIGN_ENDED('v.campaign_id')})`,
  }),
  rule('codes', ['失效的现场码', 'expired codes for arrival'], 'codes', {
    ...{ table: 'visit_codes', key: ['token_hash'] },
    where: `t.purpose = 'on-site' and least(t.expires_at, t.revoked_at) < :before`,
  }),
  rule('leaves', ['代办期满的理由', 'reasons of leaves that are over'], 'leave', {
    ...{ table: 'delegations', set: `reason = '${ERASED}'` },
    where: `t.until_day < cast(:before as date) and t.reason <> '${ERASED}'`,
  }),
  rule('mail-addresses', ['停用账户的邮箱', 'mail addresses of disabled accounts'], 'reach', {
    ...{ table: 'users', where: 't.email is not null and t.disabled_at < :before', set: 'email = null' },
  }),
  rule(
    'order-addresses',
    ['标签规则的下达地址', 'addresses from where rules of tags were ordered'],
    'upload',
    {
      ...{ table: 'tag_rule_saves', where: 't.address is not null and t.finished_at < :before' },
      set: 'address = null',
    },
  ),
  rule('inspector-contacts', ['离库执法人员的联系方式', 'contacts of inspectors who left'], 'contact', {
    table: 'inspectors',
    where: `(t.email is not null or t.phone <> '')
            and (t.ended_at < :before or (t.status = 'left' and t.updated_at < :before))`,
    set: `email = null, phone = ''`,
  }),
  rule('inspector-states', ['执法人员过去的联系方式', 'former contacts of inspectors'], 'contact', {
    table: 'inspector_versions',
    where: `coalesce(t.state ->> 'phone', '') || coalesce(t.state ->> 'email', '') <> ''
            and (${superseded('inspector_versions', 'inspector_id')}
                 or exists (select 1 from inspectors i where i.id = t.inspector_id
                             and (i.ended_at < :before or (i.status = 'left' and i.updated_at < :before))))`,
    set: WITHOUT_REACH,
  }),
  rule('entity-contacts', ['离库检查对象的联系人', 'contacts of entities that left'], 'contact', {
    table: 'entities',
    where: `t.contact_name || t.contact_phone <> '' and t.ended_at < :before`,
    set: `contact_name = '', contact_phone = ''`,
  }),
  rule('entity-states', ['检查对象过去的联系人', 'former contacts of entities'], 'contact', {
    table: 'entity_versions',
    where: `coalesce(t.state ->> 'contact_name', '') || coalesce(t.state ->> 'contact_phone', '') <> ''
            and (${superseded('entity_versions', 'entity_id')}
                 or exists (select 1 from entities e where e.id = t.entity_id and e.ended_at < :before))`,
    set: WITHOUT_CONTACTS,
  }),
];

const BATCH = 5000;

const endOfPeriod = ({ period }: ErasureRule, at: Date): Date => {
  const { days } = PERIODS[period];
  if (days === null) throw new Error(`${period} has no end`);
  return new Date(at.getTime() - days * 86_400_000);
};

/** How many rows of each set are due. */
export async function countDue(db: Knex, at: Date): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const one of ERASURE_RULES) {
    const { rows } = await db.raw<{ rows: [{ count: number }] }>(
      `select count(*) from ${one.table} t where ${one.where}`,
      { before: endOfPeriod(one, at) },
    );
    counts.set(one.name, rows[0].count);
  }
  return counts;
}

/** Erases one set, batch by batch in the order of its key, each in a transaction of its own; returns how many rows. */
export async function eraseDue(db: Knex, one: ErasureRule, at: Date): Promise<number> {
  let after: readonly unknown[] | null = null;
  for (let erased = 0; ;) {
    const batch = await eraseBatch(db, one, endOfPeriod(one, at), after);
    erased += batch.count;
    if (batch.last === null || batch.count < BATCH) return erased;
    after = batch.last;
  }
}

interface Batch {
  count: number;
  /** The key of its last row; null: there was none. */
  last: unknown[] | null;
}

async function eraseBatch(
  db: Knex,
  { table, key, where, set }: ErasureRule,
  before: Date,
  after: readonly unknown[] | null,
): Promise<Batch> {
  const names = key.join(', ');
  const columns = key.map((column) => `t.${column}`).join(', ');
  const backwards = key.map((name) => `${name} desc`).join(', ');
  const onwards = after ? `and (${columns}) > (${after.map((_, place) => `:after${place}`).join(', ')})` : '';
  const change = set === null ? `delete from ${table}` : `update ${table} set ${set}`;
  const { rows } = await db.raw<{ rows: [Batch] }>(
    `with due as materialized (
       select ${columns} from ${table} t where ${where} ${onwards} order by ${columns} limit ${BATCH}
     ), changed as (
       ${change} where (${names}) in (select ${names} from due) returning 1
     )
     select (select count(*) from changed) as count,
            (select jsonb_build_array(${names}) from due order by ${backwards} limit 1) as last`,
    { before, ...Object.fromEntries((after ?? []).map((value, place) => [`after${place}`, value])) },
  );
  return rows[0];
}
