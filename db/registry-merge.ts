/** Merges a file's entities into the registry: a few statements over all rows, whatever their number. */
import type { Knex } from 'knex';
import type { EntityRow } from '../domain/registry/entity-row';
import { drawClass, type RiskClass } from '../domain/registry/risk';
import { recordAdded, recordChanged } from './entity-changes';
import type { ImportMode } from './imports';

export interface StagedRow<T> {
  rowNumber: number;
  key: string;
  row: T;
}

export interface MergeCounts {
  added: number;
  changed: number;
  ended: number;
  unchanged: number;
}

export async function createEntityStaging(trx: Knex): Promise<void> {
  await trx.raw(`
    create temp table import_rows (
      row_number bigint not null, key text collate "C" not null, name text not null, region_code text not null,
      status text, entity_type text, business_scope text, address text, established_on date, tags text[],
      risk_class text, flags text[], complaints int, industry_code text, contact_name text, contact_phone text,
      listed_by text[]
    ) on commit drop
  `);
}

export async function stageEntities(trx: Knex, rows: readonly StagedRow<EntityRow>[]): Promise<void> {
  await trx.raw(
    `insert into import_rows
     select * from jsonb_to_recordset(cast(:rows as jsonb))
       as r(row_number bigint, key text, name text, region_code text, status text, entity_type text,
            business_scope text, address text, established_on date, tags text[], risk_class text, flags text[],
            complaints int, industry_code text, contact_name text, contact_phone text, listed_by text[])`,
    {
      rows: JSON.stringify(
        rows.map(({ rowNumber, key, row }) => ({
          row_number: rowNumber,
          key,
          name: row.name,
          region_code: row.regionCode,
          status: row.status,
          entity_type: row.entityType,
          business_scope: row.businessScope,
          address: row.address,
          established_on: row.establishedOn,
          tags: row.tags,
          risk_class: row.riskClass,
          flags: row.flags,
          complaints: row.complaints,
          industry_code: row.industryCode,
          contact_name: row.contactName,
          contact_phone: row.contactPhone,
          listed_by: row.listedBy,
        })),
      ),
    },
  );
}

/** What the merge would do with `import_rows`; changes nothing yet. `departments`: whose listing it may change; null: all. */
export async function planEntities(
  trx: Knex,
  mode: ImportMode,
  departments: readonly string[] | null,
): Promise<MergeCounts> {
  await trx.raw('analyze import_rows');
  await createMerged(trx, departments);
  await trx.raw('analyze import_merged');
  const { rows } = await trx.raw<{ rows: [MergeCounts] }>(
    `select count(*) filter (where action = 'added') as added, count(*) filter (where action = 'changed') as changed,
            count(*) filter (where action = 'unchanged') as unchanged,
            case when :full then (select count(*) from entities e where ${MISSING_IN_FILE}) else 0 end as ended
       from import_merged`,
    { full: mode === 'full' },
  );
  return rows[0];
}

/** Neither in the file nor named by a row that was refused. */
const MISSING_IN_FILE = `e.ended_at is null
  and not exists (select 1 from import_merged m where m.credit_code = e.credit_code)
  and not exists (select 1 from import_refused_keys k where k.key = e.credit_code)`;

interface Combination {
  risk_class: RiskClass;
  flags: string[];
  complaints: number;
}

/** Each row with what is already known where the file says nothing, and its class for the draw. */
async function createMerged(trx: Knex, departments: readonly string[] | null): Promise<void> {
  // Others' listings stay as they are.
  const listedBy =
    departments === null
      ? `coalesce(r.listed_by, e.listed_by, '{}')`
      : `case when r.listed_by is null then coalesce(e.listed_by, '{}') else array(
           select unnest(e.listed_by) except select unnest(cast(:departments as text[]))
            union select unnest(r.listed_by) order by 1) end`;
  const known = `coalesce(r.risk_class, e.risk_class, 'B') as risk_class, coalesce(r.flags, e.flags, '{}') as flags,
                 coalesce(r.complaints, e.complaints, 0) as complaints`;
  const { rows: combinations } = await trx.raw<{ rows: Combination[] }>(
    `select distinct ${known} from import_rows r left join entities e on e.credit_code = r.key`,
  );
  await trx.raw(
    `create temp table import_merged on commit drop as
     with merged as (
       select r.key as credit_code, e.id as entity_id, r.name, coalesce(r.status, e.status, 'active') as status,
              r.region_code, coalesce(r.entity_type, e.entity_type, '') as entity_type,
              coalesce(r.business_scope, e.business_scope, '') as business_scope,
              coalesce(r.address, e.address, '') as address,
              coalesce(r.established_on, e.established_on) as established_on,
              coalesce(r.tags, e.tags, '{}') as tags, ${known},
              coalesce(r.industry_code, e.industry_code, '') as industry_code,
              coalesce(r.contact_name, e.contact_name, '') as contact_name,
              coalesce(r.contact_phone, e.contact_phone, '') as contact_phone, ${listedBy} as listed_by
         from import_rows r left join entities e on e.credit_code = r.key
     ), classes as (
       select * from jsonb_to_recordset(cast(:classes as jsonb))
         as c(risk_class text, flags text[], complaints int, draw_class text)
     )
     select m.*, c.draw_class,
            case when e.id is null or e.ended_at is not null then 'added'
                 when (e.name, e.status, e.region_code, e.entity_type, e.business_scope, e.address, e.established_on,
                       e.tags, e.risk_class, e.draw_class, e.flags, e.complaints, e.industry_code, e.contact_name,
                       e.contact_phone, e.listed_by)
                      is distinct from
                      (m.name, m.status, m.region_code, m.entity_type, m.business_scope, m.address, m.established_on,
                       m.tags, cast(m.risk_class as char(1)), cast(c.draw_class as char(1)), m.flags, m.complaints,
                       m.industry_code, m.contact_name, m.contact_phone, m.listed_by)
                 then 'changed' else 'unchanged' end as action
       from merged m
       join classes c on c.risk_class = m.risk_class and c.flags = m.flags and c.complaints = m.complaints
       left join entities e on e.id = m.entity_id`,
    {
      departments,
      classes: JSON.stringify(
        combinations.map((each) => ({
          ...each,
          draw_class: drawClass(each.risk_class, each.flags, each.complaints),
        })),
      ),
    },
  );
}

/** Carries out what `planEntities` counted, with a version for each entity that it touches. */
export async function applyEntities(trx: Knex, importId: number, mode: ImportMode): Promise<void> {
  const isFirst = await isEmpty(trx);
  await recordChanged(trx, importId);
  await trx.raw(`
    update entities e
       set name = m.name, status = m.status, region_code = m.region_code, entity_type = m.entity_type,
           business_scope = m.business_scope, address = m.address, established_on = m.established_on, tags = m.tags,
           risk_class = m.risk_class, draw_class = m.draw_class, flags = m.flags, complaints = m.complaints,
           industry_code = m.industry_code, contact_name = m.contact_name, contact_phone = m.contact_phone,
           listed_by = m.listed_by, updated_at = now(), ended_at = null
      from import_merged m
     where m.entity_id = e.id and m.action <> 'unchanged'
  `);
  await trx.raw(`
    insert into entities (credit_code, name, status, region_code, entity_type, business_scope, address, established_on,
                          tags, risk_class, draw_class, flags, complaints, industry_code, contact_name, contact_phone,
                          listed_by)
    select credit_code, name, status, region_code, entity_type, business_scope, address, established_on, tags,
           risk_class, draw_class, flags, complaints, industry_code, contact_name, contact_phone, listed_by
      from import_merged where entity_id is null
  `);
  await trx.raw(
    `insert into entity_versions (entity_id, import_id, state)
     select e.id, :importId, ${STATE} from import_merged m join entities e on e.credit_code = m.credit_code
      where m.action <> 'unchanged'`,
    { importId },
  );
  if (!isFirst) await recordAdded(trx, importId);
  if (mode === 'full') await endMissing(trx, importId);
}

async function isEmpty(trx: Knex): Promise<boolean> {
  return (await trx('entities').first('id')) === undefined;
}

/** A freeze reads the index alone only where PostgreSQL knows the rows to be seen by all. */
export async function settleEntities(db: Knex): Promise<void> {
  await db.raw('vacuum (analyze) entities');
}

const STATE = `to_jsonb(e) - 'id' - 'credit_code' - 'kind_id' - 'updated_at'`;

async function endMissing(trx: Knex, importId: number): Promise<void> {
  await trx.raw(
    `with e as (
       update entities e set ended_at = now(), updated_at = now() where ${MISSING_IN_FILE} returning *
     ), change as (
       insert into entity_changes (entity_id, import_id, presence_before, region_before, class_before, tags_before,
                                   presence, region, class, tags)
       select id, :importId, status, region_code, draw_class, tags, 'ended', region_code, draw_class, tags from e
     )
     insert into entity_versions (entity_id, import_id, state) select e.id, :importId, ${STATE} from e`,
    { importId },
  );
}
