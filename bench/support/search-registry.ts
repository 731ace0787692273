/** A province's registry, invented: skewed as real ones are, with what searches and rules of tags look for. */
import type { Knex } from 'knex';
import { migrate } from '../../db/migrate';
import { insertTagRules } from '../../db/tag-rules';
import { DEFAULT_TAG_RULES } from '../../domain/registry/tag-rules';

export const PROVINCE = '690000';
/** The department whose registry these tags bring an entity into; it also listed one in a hundred. */
export const DEPARTMENT = { code: 'SCJG', tags: ['lodging', 'travel'] };

const CITIES = ['云溪', '安平', '临江', '河阳', '青川', '石泉', '汉阴', '平利', '镇坪', '旬阳', '白河'];
/** What an entity deals in, as its name and its scope say it. */
const TRADES = [
  ...['餐饮', '食品', '粮油', '药品', '器械', '诊所', '美妆', '电梯', '建筑', '置业', '化工', '矿业'],
  ...['培训', '酒店', '娱乐', '旅游', '印刷', '物流', '环保', '烟酒', '通信', '商贸'],
];
const SCOPES = [
  ...[
    '餐饮服务（含凉菜）',
    '预包装食品零售',
    '粮油、副食销售',
    '中成药、化学药制剂零售',
    '第二类医疗器械销售',
  ],
  ...['中医诊所；门诊服务', '化妆品零售', '电梯安装、维修', '建筑工程施工；装饰装修', '房地产开发；物业管理'],
  ...[
    '危险化学品经营',
    '石料开采；选矿',
    '职业技能培训',
    '住宿服务；会议服务',
    '歌舞娱乐；棋牌',
    '国内旅游业务',
  ],
  ...[
    '包装装潢印刷',
    '道路货物运输；汽车维修',
    '污水处理；废旧物资回收',
    '卷烟零售；酒类销售',
    '电信业务代办',
  ],
  ...['日用百货销售；服装零售'],
];

const quoted = (texts: readonly string[]): string => `array[${texts.map((text) => `'${text}'`).join(',')}]`;

/** As large as asked; indexes are built after the rows, or five million take long. */
export async function fillSearchRegistry(db: Knex, size: number): Promise<void> {
  await migrate(db);
  await insertTagRules(db, DEFAULT_TAG_RULES);
  await addDepartment(db);
  const { rows: indexes } = await db.raw<{ rows: { name: string; definition: string }[] }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
       from pg_index where indrelid = 'entities'::regclass and not indisunique order by indexrelid`,
  );
  await db.transaction(async (trx) => {
    await trx.raw(`set local maintenance_work_mem = '512MB'; set local work_mem = '256MB'`);
    for (const { name } of indexes) await trx.raw(`drop index ${name}`);
    await trx.raw(`create temp table made on commit drop as ${MADE}`, { size });
    await trx.raw('analyze made');
    await trx.raw(`insert into entity_kinds (region_code, draw_class, tags)
                   select distinct region_code, draw_class, tags from made`);
    // As an import leaves them: in the order of codes, and what came later behind that, in its order.
    await trx.raw(
      `insert into entities (credit_code, name, region_code, entity_type, business_scope, address, established_on,
                             tags, draw_class, kind_id, status, flags, complaints, listed_by, industry_code, ended_at)
       select credit_code, name, region_code, '有限责任公司', scope, name || '（经营地）', date '2001-01-01' + cast(n % 9000 as int),
              m.tags, m.draw_class, k.id,
              case when r5 % 100 < 3 then 'revoked' else 'active' end,
              case when r5 % 1000 < 995 then '{}'::text[] else '{dishonesty}' end,
              case when r5 % 700 = 0 then 2 else 0 end,
              case when r5 % 100 = 50 then '{${DEPARTMENT.code}}'::text[] else '{}' end,
              chr(65 + cast(trade % 20 as int)) || lpad(cast(1 + trade * 4 as text), 2, '0') || lpad(cast(r5 % 30 as text), 2, '0'),
              case when r5 % 97 = 0 then now() end
         from made m join entity_kinds k using (region_code, draw_class, tags)
        order by n % 5 = 0, credit_code`,
    );
    for (const { definition } of indexes) await trx.raw(definition);
  });
  await db.raw('vacuum (analyze) entities');
}

/**
 * Numbers that look like chance and are the same in each run; powers make few things common. The offsets keep PostgreSQL
 * from computing them anew wherever they are named.
 */
const MADE = `
  select n, trade, r5, region_code, '92' || region_code || 'MA' || upper(lpad(to_hex(n * 2654435761 % 4294967296), 8, '0'))
           collate "C" as credit_code,
         (${quoted(CITIES)})[cast(substr(region_code, 3, 2) as int)]
           || substr('鑫隆福盛源祥泰和兴旺宏达顺发永安康宁嘉美佳德诚信义华丰茂荣昌', 1 + cast(r3 % 32 as int), 1)
           || substr('瑞吉庆恒升腾飞鸿运金玉银海山川林森春秋雨晴明月星辰天地人文', 1 + cast(r3 / 32 % 30 as int), 1)
           || substr('记轩阁居坊园庄苑楼堂馆亭里村家屋城门桥岭泉湖河溪', 1 + cast(r3 / 960 % 24 as int), 1)
           || (${quoted(TRADES)})[trade] || (${quoted(['有限公司', '经营部', '店', '商行', '服务中心', '有限责任公司'])})[1 + r3 % 6] as name,
         (${quoted(SCOPES)})[trade] || '。（依法须经批准的项目，经相关部门批准后方可开展经营活动）' as scope,
         (array['A', 'A', 'B', 'B', 'B', 'B', 'B', 'C', 'C', 'D'])[1 + r4 % 10] as draw_class,
         case when r4 / 10 % 10 > 2 then tag[trade:trade] else all_tags(tag[trade:trade],
           array[tag[1 + r4 / 100 % 22], tag[1 + case when r4 / 10 % 10 > 0 then r4 / 100 % 22 else r4 / 2200 % 22 end]])
         end as tags
    from (select n, r3, r4, r5, 1 + cast(floor(22 * power(r2 / 2147483648.0, 1.5)) as int) as trade,
                 '69' || lpad(cast(1 + floor(11 * power(r1 / 2147483648.0, 1.3)) as text), 2, '0')
                      || lpad(cast(1 + r2 % 12 as text), 2, '0') as region_code,
                 ${quoted(DEFAULT_TAG_RULES.map(({ tag }) => tag))} as tag
            from (select cast(n as bigint) as n, ${[1, 2, 3, 4, 5]
              .map((seed) => `hashint8extended(n, ${seed}) & 2147483647 as r${seed}`)
              .join(
                ', ',
              )} from generate_series(1, cast(:size as bigint)) n offset 0) chance offset 0) chosen`;

async function addDepartment(db: Knex): Promise<void> {
  await db('regions').insert({ code: PROVINCE, name: '云溪省', parent_code: null });
  await db('departments').insert({
    ...{ code: DEPARTMENT.code, name: '市场监管局', short_name: '市场监管局' },
    ...{ region_code: PROVINCE, kind: 'inspecting' },
  });
  await db('items').insert({ code: 'SCJG-001', department_code: DEPARTMENT.code });
  await db('item_versions').insert({
    ...{ item_code: 'SCJG-001', version: 1, status: 'published', name: '住宿', category: 'general' },
    ...{ methods: ['on-site'], object_tags: DEPARTMENT.tags, published_at: new Date() },
    legal_bases: JSON.stringify([{ law: '旅馆业治安管理办法', article: '第四条', text: '' }]),
  });
}
