/** Campaigns that have just been drawn, with their visits and teams, made by set. */
import type { Knex } from 'knex';
import { buildCampaign } from '../../test/support/build-campaign';
import { buildCity, type City } from '../../test/support/build-city';
import { secondsPolicy } from '../../server/demo/demo-plan';

const DEPARTMENTS = ['SCJG', 'WJW', 'XFJ'];
/** 4,000 for 50,000 visits. */
const VISITS_PER_INSPECTOR = 12.5;
const A_DAY_IN_SECONDS = 86_400;

export async function drawnCity(db: Knex, visits: number): Promise<City> {
  const city = await buildCity(db, { entities: 1 });
  const inspectors = Math.max(6, Math.ceil(visits / VISITS_PER_INSPECTOR));
  await db.raw(
    `insert into entities (credit_code, name, region_code, entity_type, tags, risk_class, draw_class)
     select '92691100MA' || lpad(n::text, 8, '0'), '云溪餐饮' || n || '号店', '691101', '有限责任公司', '{catering,venue}', 'B', 'B'
       from generate_series(100, :visits + 98) n`,
    { visits },
  );
  await db.raw(
    `with people as (
       insert into users (username, name, email, password_hash)
       select 'inspector-' || n, '检查员' || n, 'inspector-' || n || '@yunxi.invalid', '-'
         from generate_series(1, :inspectors) n returning id, username
     )
     insert into inspectors (code, department_code, name, certificate_number, certificate_valid_until, email, user_id)
     select upper(username), (cast(:departments as text[]))[1 + id % :offices], username, 'ZF-' || username, '2099-12-31',
            username || '@yunxi.invalid', id
       from people`,
    { inspectors, departments: DEPARTMENTS, offices: DEPARTMENTS.length },
  );
  await db.raw('vacuum analyze entities');
  return city;
}

/** Every entity is visited, by its market office and by one other department, two inspectors of each. */
export async function drawnCampaign(db: Knex, city: City, visits: number): Promise<string> {
  const code = await buildCampaign(db, city, { deadlinePolicy: secondsPolicy(A_DAY_IN_SECONDS) });
  await db('campaigns').where({ code }).update({ stage: 'drawn' });
  const bindings = { code, visits };
  await db.raw(
    `insert into visits (campaign_id, number, entity_id, ticket)
     select c.id, row_number() over (order by e.id), e.id, lpad(e.id::text, 64, '0')
       from campaigns c cross join (select id from entities order by id limit :visits) e where c.code = :code`,
    bindings,
  );
  await db.raw(
    `insert into visit_items (visit_id, item_code, department_code, item_version_id, check_form_id)
     select v.id, iv.item_code, i.department_code, iv.id, iv.check_form_id
       from visits v join campaigns c on c.id = v.campaign_id
       join item_versions iv on true join items i on i.code = iv.item_code
      where c.code = :code and (i.department_code = 'SCJG' or (i.department_code = 'WJW') = (v.number % 2 = 0))`,
    bindings,
  );
  await db.raw(
    `with pool as (
       select id, department_code, row_number() over (partition by department_code order by id) - 1 as seat,
              count(*) over (partition by department_code) as size
         from inspectors
     )
     insert into assignments (visit_id, department_code, inspector_id)
     select vi.visit_id, vi.department_code, p.id
       from visit_items vi join visits v on v.id = vi.visit_id join campaigns c on c.id = v.campaign_id
       join pool p on p.department_code = vi.department_code
                  and p.seat in ((2 * v.number) % p.size, (2 * v.number + 1) % p.size)
      where c.code = :code`,
    bindings,
  );
  await db.raw('analyze visits, visit_items, assignments');
  return code;
}
