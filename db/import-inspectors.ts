/** Merges a file's inspectors into their registry. */
import type { Knex } from 'knex';
import type { InspectorRow } from '../domain/registry/inspector-row';
import type { ImportMode } from './imports';
import type { MergeCounts, StagedRow } from './registry-merge';

export async function createInspectorStaging(trx: Knex): Promise<void> {
  await trx.raw(`
    create temp table import_rows (
      row_number bigint not null, key text collate "C" not null, department text not null, state jsonb not null
    ) on commit drop
  `);
}

export async function stageInspectors(trx: Knex, rows: readonly StagedRow<InspectorRow>[]): Promise<void> {
  await trx.raw(
    `insert into import_rows
     select row_number, key, department, state from jsonb_to_recordset(cast(:rows as jsonb))
       as r(row_number bigint, key text, department text, state jsonb)`,
    {
      rows: JSON.stringify(
        rows.map(({ rowNumber, key, row }) => ({
          row_number: rowNumber,
          key,
          department: row.department,
          // Columns that the file lacks are not in the state, so that what is known stays.
          state: {
            name: row.name,
            department_code: row.department,
            certificate_number: row.certificateNumber,
            certificate_valid_until: row.certificateValidUntil,
            regions: row.regions,
            qualifications: row.qualifications,
            capacity: row.capacity,
            status: row.status,
            email: row.email,
            phone: row.phone,
          },
        })),
      ),
    },
  );
}

/** Takes rows out whose code belongs to an inspector of a department that this import may not touch. */
export async function takeForeignInspectors(
  trx: Knex,
  departments: readonly string[],
): Promise<{ rowNumber: number; department: string }[]> {
  const { rows } = await trx.raw<{ rows: { rowNumber: number; department: string }[] }>(
    `delete from import_rows r using inspectors i
      where i.code = r.key and not i.department_code = any (cast(:departments as text[]))
     returning r.row_number as "rowNumber", i.department_code as department`,
    { departments: [...departments] },
  );
  return rows;
}

/** `departments`: whose inspectors a full import may end; null: everyone's. */
export async function planInspectors(
  trx: Knex,
  mode: ImportMode,
  departments: readonly string[] | null,
): Promise<MergeCounts> {
  await trx.raw(`
    create temp table import_merged on commit drop as
    with merged as (
      select r.key as code, i.id as inspector_id, i.ended_at,
             ${stateOf('i')} as known,
             jsonb_build_object('regions', jsonb_build_array(), 'qualifications', jsonb_build_array(),
                                'capacity', null, 'status', 'active', 'email', null, 'phone', '')
               || coalesce(${stateOf('i')}, '{}') || r.state as state
        from import_rows r left join inspectors i on i.code = r.key
    )
    select code, inspector_id, state,
           case when inspector_id is null or ended_at is not null then 'added'
                when known is distinct from state then 'changed' else 'unchanged' end as action
      from merged
  `);
  const { rows } = await trx.raw<{ rows: [MergeCounts] }>(
    `select count(*) filter (where action = 'added') as added, count(*) filter (where action = 'changed') as changed,
            count(*) filter (where action = 'unchanged') as unchanged,
            case when :full then (select count(*) from inspectors i where ${MISSING_IN_FILE}) else 0 end as ended
       from import_merged`,
    { full: mode === 'full', departments },
  );
  return rows[0];
}

/** What a version keeps of an inspector. */
export const stateOf = (alias: string): string => `case when ${alias}.id is not null then jsonb_build_object(
  'name', ${alias}.name, 'department_code', ${alias}.department_code, 'certificate_number', ${alias}.certificate_number,
  'certificate_valid_until', ${alias}.certificate_valid_until, 'regions', ${alias}.regions,
  'qualifications', ${alias}.qualifications, 'capacity', ${alias}.capacity, 'status', ${alias}.status,
  'email', ${alias}.email, 'phone', ${alias}.phone) end`;

const MISSING_IN_FILE = `i.ended_at is null
  and (cast(:departments as text[]) is null or i.department_code = any (cast(:departments as text[])))
  and not exists (select 1 from import_merged m where m.code = i.code)
  and not exists (select 1 from import_refused_keys k where k.key = i.code)`;

/** Carries out what `planInspectors` counted. An inspector's login is the user of the department whose name is the code. */
export async function applyInspectors(
  trx: Knex,
  importId: number,
  mode: ImportMode,
  departments: readonly string[] | null,
): Promise<void> {
  await trx.raw(`
    insert into inspectors (code, department_code, name, certificate_number, certificate_valid_until, regions,
                            qualifications, capacity, status, email, phone)
    select m.code, s.department_code, s.name, s.certificate_number, s.certificate_valid_until, s.regions,
           s.qualifications, s.capacity, s.status, s.email, s.phone
      from import_merged m,
           jsonb_to_record(m.state) as s(department_code text, name text, certificate_number text,
             certificate_valid_until date, regions text[], qualifications text[], capacity int, status text, email text,
             phone text)
     where m.action <> 'unchanged'
    on conflict (code) do update
       set department_code = excluded.department_code, name = excluded.name,
           certificate_number = excluded.certificate_number, certificate_valid_until = excluded.certificate_valid_until,
           regions = excluded.regions, qualifications = excluded.qualifications, capacity = excluded.capacity,
           status = excluded.status, email = excluded.email, phone = excluded.phone, updated_at = now(), ended_at = null
  `);
  await trx.raw(`
    update inspectors i set user_id = u.id
      from import_merged m, users u
     where m.code = i.code and i.user_id is null and u.username = lower(i.code)
       and exists (select 1 from user_roles r where r.user_id = u.id and r.role = 'inspector'
                      and r.department_code = i.department_code)
       and not exists (select 1 from inspectors other where other.user_id = u.id)
  `);
  await trx.raw(
    `insert into inspector_versions (inspector_id, import_id, state)
     select i.id, :importId, m.state from import_merged m join inspectors i on i.code = m.code
      where m.action <> 'unchanged'`,
    { importId },
  );
  if (mode === 'full') {
    await trx.raw(
      `with ended as (
         update inspectors i set ended_at = now(), updated_at = now() where ${MISSING_IN_FILE} returning *
       )
       insert into inspector_versions (inspector_id, import_id, state)
       select id, :importId, ${stateOf('ended')} || jsonb_build_object('ended_at', ended_at) from ended`,
      { importId, departments },
    );
  }
}
