/** Merges a file's entities into the registry: a few statements over all rows, whatever their number. */
import type { Knex } from 'knex';
import type { EntityRow } from '../domain/registry/entity-row';
import { drawClass, type RiskClass } from '../domain/registry/risk';
import { ENTITY_STATE, recordAdded, recordChanged } from './entity-changes';
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
      status text, entity_type text, business_scope text, address text, established_on date, scope_tags text[],
      declared_tags text[], risk_class text, flags text[], complaints int, industry_code text,
      contact_name text, contact_phone text, listed_by text[]
    ) on commit drop
  `);
}

/** Column of `import_rows`, its type, and what is in it. */
const STAGED: readonly (readonly [
  string,
  string,
  (staged: StagedRow<EntityRow>) => string | number | null,
])[] = [
  ['row_number', 'bigint', ({ rowNumber }) => rowNumber],
  ['key', 'text', ({ key }) => key],
  ['name', 'text', ({ row }) => row.name],
  ['region_code', 'text', ({ row }) => row.regionCode],
  ['status', 'text', ({ row }) => row.status],
  ['entity_type', 'text', ({ row }) => row.entityType],
  ['business_scope', 'text', ({ row }) => row.businessScope],
  ['address', 'text', ({ row }) => row.address],
  ['established_on', 'date', ({ row }) => row.establishedOn],
  ['scope_tags', 'text[]', ({ row }) => arrayText(row.scopeTags)],
  ['declared_tags', 'text[]', ({ row }) => arrayText(row.declaredTags)],
  ['risk_class', 'text', ({ row }) => row.riskClass],
  ['flags', 'text[]', ({ row }) => arrayText(row.flags)],
  ['complaints', 'int', ({ row }) => row.complaints],
  ['industry_code', 'text', ({ row }) => row.industryCode],
  ['contact_name', 'text', ({ row }) => row.contactName],
  ['contact_phone', 'text', ({ row }) => row.contactPhone],
  ['listed_by', 'text[]', ({ row }) => arrayText(row.listedBy)],
];

const STAGE = `insert into import_rows (${STAGED.map(([column]) => column).join(', ')})
  select ${STAGED.map(([column, type]) => `cast(${column} as ${type})`).join(', ')}
    from unnest(${STAGED.map(() => 'cast(? as text[])').join(', ')})
      as r(${STAGED.map(([column]) => column).join(', ')})`;

/** Column by column, so that no JSON is built and taken apart again. */
export async function stageEntities(trx: Knex, rows: readonly StagedRow<EntityRow>[]): Promise<void> {
  await trx.raw(
    STAGE,
    STAGED.map(([, , valueOf]) => listText(rows.map(valueOf))),
  );
}

/** Lists as PostgreSQL writes them. */
const listText = (values: readonly (string | number | null)[]): string =>
  // `unnest` fills shorter lists up.
  values.every((value) => value === null) ? '{}' : `{${values.map(elementText).join(',')}}`;

function elementText(value: string | number | null): string {
  if (value === null || typeof value === 'number') return String(value);
  return `"${/["\\]/.test(value) ? value.replace(/["\\]/g, '\\$&') : value}"`;
}

/** In a list: lists of lists would all have to be equally long. */
const arrayText = (values: readonly string[] | null): string | null => values && listText(values);

/** What the merge would do with `import_rows`; changes nothing yet. `departments`: whose listing it may change; null: all. */
export async function planEntities(
  trx: Knex,
  mode: ImportMode,
  departments: readonly string[] | null,
): Promise<MergeCounts> {
  // Only what rows are found by: texts as long as scopes of business take long to sample.
  await trx.raw('analyze import_rows (key)');
  await createMerged(trx, departments);
  await trx.raw('analyze import_merged (credit_code, entity_id, action)');
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

/**
 * Of the row `r` and the entity `e`, where there is one. What has ended may have missed changes of the rules: they are asked
 * again, as where the file only tells what is declared.
 */
const TAGS = `case
  when r.scope_tags is null and r.declared_tags is null and e.ended_at is null then coalesce(e.tags, '{}')
  when r.scope_tags is not null and coalesce(r.declared_tags, e.declared_tags, '{}') = '{}' then r.scope_tags
  else all_tags(coalesce(r.scope_tags, tags_of_scope(coalesce(e.business_scope, ''))),
                coalesce(r.declared_tags, e.declared_tags, '{}')) end`;

/** Of the row `r`, the entity `e`, and the flags `l` that it has by decisions on lists, which no file takes off. */
const FLAGS = `case
  when l.flags is null or l.flags <@ coalesce(r.flags, e.flags, '{}') then coalesce(r.flags, e.flags, '{}')
  else array(select unnest(coalesce(r.flags, e.flags, '{}')) union select unnest(l.flags) order by 1) end`;
const KNOWN = `left join entities e on e.credit_code = r.key left join listed_flags l on l.entity_id = e.id`;

/** Each row with what is already known where the file says nothing, and its class for the draw. */
async function createMerged(trx: Knex, departments: readonly string[] | null): Promise<void> {
  // Others' listings stay as they are.
  const listedBy =
    departments === null
      ? `coalesce(r.listed_by, e.listed_by, '{}')`
      : `case when r.listed_by is null then coalesce(e.listed_by, '{}') else array(
           select unnest(e.listed_by) except select unnest(cast(:departments as text[]))
            union select unnest(r.listed_by) order by 1) end`;
  const known = `coalesce(r.risk_class, e.risk_class, 'B') as risk_class, ${FLAGS} as flags,
                 coalesce(r.complaints, e.complaints, 0) as complaints`;
  const { rows: combinations } = await trx.raw<{ rows: Combination[] }>(
    `select distinct ${known} from import_rows r ${KNOWN}`,
  );
  // `offset 0`: what is computed of a row is computed once, however often it is asked for.
  await trx.raw(
    `create temp table import_merged on commit drop as
     with classes as (
       select * from jsonb_to_recordset(cast(:classes as jsonb))
         as c(risk_class text, flags text[], complaints int, draw_class text)
     )
     select m.*, c.draw_class,
            case when e.id is null or e.ended_at is not null then 'added'
                 when (e.name, e.status, e.region_code, e.entity_type, e.business_scope, e.address, e.established_on,
                       e.tags, e.declared_tags, e.risk_class, e.draw_class, e.flags, e.complaints, e.industry_code,
                       e.contact_name, e.contact_phone, e.listed_by)
                      is distinct from
                      (m.name, m.status, m.region_code, m.entity_type, m.business_scope, m.address, m.established_on,
                       m.tags, m.declared_tags, cast(m.risk_class as char(1)), cast(c.draw_class as char(1)), m.flags,
                       m.complaints, m.industry_code, m.contact_name, m.contact_phone, m.listed_by)
                 then 'changed' else 'unchanged' end as action
       from import_rows r ${KNOWN}
      cross join lateral (
        select r.key as credit_code, e.id as entity_id, r.name, coalesce(r.status, e.status, 'active') as status,
               r.region_code, coalesce(r.entity_type, e.entity_type, '') as entity_type,
               coalesce(r.business_scope, e.business_scope, '') as business_scope,
               coalesce(r.address, e.address, '') as address,
               coalesce(r.established_on, e.established_on) as established_on,
               ${TAGS} as tags, coalesce(r.declared_tags, e.declared_tags, '{}') as declared_tags, ${known},
               coalesce(r.industry_code, e.industry_code, '') as industry_code,
               coalesce(r.contact_name, e.contact_name, '') as contact_name,
               coalesce(r.contact_phone, e.contact_phone, '') as contact_phone, ${listedBy} as listed_by
        offset 0) m
       join classes c on c.risk_class = m.risk_class and c.flags = m.flags and c.complaints = m.complaints`,
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
  if (await isEmpty(trx)) {
    await insertAdded(trx, importId);
    return;
  }
  await recordChanged(trx, importId);
  await updateChanged(trx, importId);
  await insertAdded(trx, importId);
  await recordAdded(trx, importId);
  if (mode === 'full') await endMissing(trx, importId);
}

async function updateChanged(trx: Knex, importId: number): Promise<void> {
  await trx.raw(
    `with e as (
       update entities e
          set name = m.name, status = m.status, region_code = m.region_code, entity_type = m.entity_type,
              business_scope = m.business_scope, address = m.address, established_on = m.established_on, tags = m.tags,
              declared_tags = m.declared_tags, risk_class = m.risk_class, draw_class = m.draw_class,
              flags = m.flags, complaints = m.complaints, industry_code = m.industry_code,
              contact_name = m.contact_name, contact_phone = m.contact_phone,
              listed_by = m.listed_by, updated_at = now(), ended_at = null
         from import_merged m
        where m.entity_id = e.id and m.action <> 'unchanged'
       returning e.*
     )
     insert into entity_versions (entity_id, import_id, state) select e.id, :importId, ${ENTITY_STATE} from e`,
    { importId },
  );
}

async function insertAdded(trx: Knex, importId: number): Promise<void> {
  await nameKinds(trx);
  // Codes in order: what is added at a time lies together in the index. The first state is written with its row.
  await trx.raw(
    `with e as (
       insert into entities (${COLUMNS}, kind_id)
       select ${COLUMNS.split(', ')
         .map((column) => `m.${column}`)
         .join(', ')}, k.id
         from import_merged m
         join entity_kinds k on k.region_code = m.region_code and k.draw_class = m.draw_class and k.tags = m.tags
        where m.entity_id is null
        order by m.credit_code
       returning *
     )
     insert into entity_versions (entity_id, import_id, state) select e.id, :importId, ${ENTITY_STATE} from e`,
    { importId },
  );
}

/** All at once, in place of once for each row (the trigger `entity_kind_of_new`). */
async function nameKinds(trx: Knex): Promise<void> {
  await trx.raw(`
    insert into entity_kinds (region_code, draw_class, tags)
    select distinct region_code, draw_class, tags from import_merged where entity_id is null
    on conflict do nothing
  `);
}

async function isEmpty(trx: Knex): Promise<boolean> {
  return (await trx('entities').first('id')) === undefined;
}

/**
 * A freeze reads the index alone only where PostgreSQL knows the rows to be seen by all. Statistics hold where few were
 * `touched`: sampling takes as long as writing ten thousand rows.
 */
export async function settleEntities(db: Knex, touched: number): Promise<void> {
  const { rows } = await db.raw<{ rows: [{ known: number }] }>(
    `select reltuples as known from pg_class where oid = 'entities'::regclass`,
  );
  await db.raw(touched > rows[0].known / 20 ? 'vacuum (analyze) entities' : 'vacuum entities');
}

const COLUMNS =
  `credit_code, name, status, region_code, entity_type, business_scope, address, established_on, tags,
  declared_tags, risk_class, draw_class, flags, complaints, industry_code, contact_name, contact_phone, listed_by`.replace(
    /\s+/g,
    ' ',
  );

async function endMissing(trx: Knex, importId: number): Promise<void> {
  await trx.raw(
    `with e as (
       update entities e set ended_at = now(), updated_at = now() where ${MISSING_IN_FILE} returning *
     ), change as (
       insert into entity_changes (entity_id, import_id, presence_before, region_before, class_before, tags_before,
                                   presence, region, class, tags)
       select id, :importId, status, region_code, draw_class, tags, 'ended', region_code, draw_class, tags from e
     )
     insert into entity_versions (entity_id, import_id, state) select e.id, :importId, ${ENTITY_STATE} from e`,
    { importId },
  );
}
