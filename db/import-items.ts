/** Turns a file's items into drafts: the office that keeps the lists publishes them, an import does not. */
import type { Knex } from 'knex';
import type { ItemRow as ItemFileRow } from '../domain/registry/item-row';
import { insertItem, insertVersion, updateVersion, type ItemContent, type ItemStatus } from './items';
import type { MergeCounts, StagedRow } from './registry-merge';

export async function createItemStaging(trx: Knex): Promise<void> {
  await trx.raw(`
    create temp table import_rows (
      row_number bigint not null, key text collate "C" not null, department text not null, state jsonb not null
    ) on commit drop
  `);
}

export async function stageItems(trx: Knex, rows: readonly StagedRow<ItemFileRow>[]): Promise<void> {
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
          state: row,
        })),
      ),
    },
  );
}

export interface BlockedItem {
  rowNumber: number;
  department: string;
  why: 'other-department' | 'submitted';
}

/** Takes rows out that no draft may be made of: the item is another department's, or lies with the list office. */
export async function takeBlockedItems(trx: Knex): Promise<BlockedItem[]> {
  const { rows } = await trx.raw<{ rows: BlockedItem[] }>(`
    delete from import_rows r using items i
     where i.code = r.key
       and (i.department_code <> r.department
            or exists (select 1 from item_versions v where v.item_code = i.code and v.status = 'submitted'))
    returning r.row_number as "rowNumber", i.department_code as department,
              case when i.department_code <> r.department then 'other-department' else 'submitted' end as why
  `);
  return rows;
}

export async function planItems(trx: Knex): Promise<MergeCounts> {
  await trx.raw(`
    create temp table import_merged on commit drop as
    select r.key as code, r.department, r.state, v.id as version_id, v.version, v.status,
           -- A file says nothing of them: they stay.
           coalesce(f.opinions, '{}') as opinions,
           case when v.id is null then 'added'
                when (v.name, v.content, v.category, to_jsonb(v.methods), v.legal_bases, to_jsonb(v.object_tags),
                      to_jsonb(v.object_regions), to_jsonb(v.qualifications), to_jsonb(v.ratio_ppm),
                      to_jsonb(v.statutory_ratio_ppm), v.frequency,
                      v.statutory_frequency, nullif(f.sections, '[]'))
                     is distinct from
                     (r.state ->> 'name', r.state ->> 'content', r.state ->> 'category', r.state -> 'methods',
                      r.state -> 'legalBases', r.state -> 'objectTags', r.state -> 'objectRegions',
                      r.state -> 'qualifications', nullif(r.state -> 'ratioPpm', 'null'),
                      nullif(r.state -> 'statutoryRatioPpm', 'null'), r.state ->> 'frequency',
                      r.state ->> 'statutoryFrequency',                       nullif(r.state -> 'checkForm', '[]'))
                     then 'changed'
                when v.status = 'withdrawn' then 'changed' else 'unchanged' end as action
      from import_rows r
      left join lateral (select * from item_versions where item_code = r.key order by version desc limit 1) v on true
      left join check_forms f on f.id = v.check_form_id
  `);
  const { rows } = await trx.raw<{ rows: [MergeCounts] }>(`
    select count(*) filter (where action = 'added') as added, count(*) filter (where action = 'changed') as changed,
           count(*) filter (where action = 'unchanged') as unchanged, 0 as ended
      from import_merged
  `);
  return rows[0];
}

interface MergedItem {
  code: string;
  department: string;
  state: ItemFileRow;
  version_id: number | null;
  version: number | null;
  status: ItemStatus | null;
  opinions: string[];
}

/** A list has hundreds of items, not millions: one by one, through the same statements as the pages use. */
export async function applyItems(trx: Knex, fileName: string, startedBy: number | null): Promise<void> {
  const { rows } = await trx.raw<{ rows: MergedItem[] }>(
    `select code, department, state, version_id, version, status, opinions from import_merged where action <> 'unchanged' order by code`,
  );
  for (const { code, department, state, version_id: versionId, version, status, opinions } of rows) {
    const content: ItemContent = { ...state, opinions, changeReason: `导入 ${fileName}`.slice(0, 500) };
    await insertItem(trx, code, department);
    if (versionId !== null && status === 'draft')
      await updateVersion(trx, { version_id: versionId, code }, content);
    else await insertVersion(trx, code, (version ?? 0) + 1, content, startedBy);
  }
}
