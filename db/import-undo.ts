/** Takes back what the last import of a registry did: each entity or inspector gets the state it had before, as a new one. */
import type { Knex } from 'knex';
import { ENTITY_STATE, presenceOf } from './entity-changes';
import { stateOf } from './import-inspectors';
import type { ImportRow } from './import-views';
import type { MergeCounts } from './registry-merge';

/** Null where another undo of it is there. */
export async function insertUndo(
  trx: Knex,
  undone: ImportRow,
  { startedBy, reason }: { startedBy: number | null; reason: string },
): Promise<number | null> {
  const [row] = await trx('imports')
    .insert({
      kind: undone.kind,
      mode: 'undo',
      dry_run: false,
      file_name: undone.file_name,
      started_by: startedBy,
      undo_of: undone.id,
      reason,
      status: 'waiting',
    })
    .onConflict()
    .ignore()
    .returning<{ id: number }[]>('id');
  return row?.id ?? null;
}

const REGISTRIES = {
  entities: { table: 'entities', versions: 'entity_versions', key: 'entity_id' },
  inspectors: { table: 'inspectors', versions: 'inspector_versions', key: 'inspector_id' },
} as const;

export type Undoable = keyof typeof REGISTRIES;

/** How many were changed again since, by anything but an import. */
export async function countChangedSince(trx: Knex, kind: Undoable, importId: number): Promise<number> {
  const { versions, key } = REGISTRIES[kind];
  const { rows } = await trx.raw<{ rows: [{ count: number }] }>(
    `select count(*) from ${versions} v
      where v.import_id = :importId
        and exists (select 1 from ${versions} l where l.${key} = v.${key} and l.id > v.id)`,
    { importId },
  );
  return rows[0].count;
}

/**
 * Each that the import touched, with its state before; null where it was not there. Tags are what the rules of today give:
 * a rule that changed since may not have met what the import ended or gave another scope of business.
 */
export async function gatherUndone(trx: Knex, kind: Undoable, importId: number): Promise<MergeCounts> {
  const { table, versions, key } = REGISTRIES[kind];
  await trx.raw(
    `create temp table import_undone on commit drop as
     select v.${key} as id, before.state
       from ${versions} v
       left join lateral (select p.state from ${versions} p where p.${key} = v.${key} and p.id < v.id
                           order by p.valid_from desc, p.id desc limit 1) before on true
      where v.import_id = :importId`,
    { importId },
  );
  if (kind === 'entities') await tagAsToday(trx, importId);
  await trx.raw('analyze import_undone');
  const { rows } = await trx.raw<{ rows: [MergeCounts] }>(
    `select count(*) filter (where is_in and not was_in) as ended, count(*) filter (where was_in and not is_in) as added,
            count(*) filter (where was_in = is_in) as changed, 0 as unchanged
       from (select t.ended_at is null as is_in,
                    u.state is not null and u.state ->> 'ended_at' is null as was_in
               from import_undone u join ${table} t on t.id = u.id) one`,
  );
  return rows[0];
}

/** States from before declared tags were apart: what no rule gives was declared. */
async function tagAsToday(trx: Knex, importId: number): Promise<void> {
  await trx.raw(`
    update import_undone u
       set state = u.state || jsonb_build_object('declared_tags',
             array(select t from jsonb_array_elements_text(u.state -> 'tags') t
                    where t <> all (tags_of_scope(u.state ->> 'business_scope')) order by t collate "C"))
     where u.state -> 'declared_tags' is null and u.state is not null`);
  await trx.raw(
    `update import_undone u
        set state = u.state || jsonb_build_object('tags', all_tags(
              tags_of_scope(u.state ->> 'business_scope'),
              array(select jsonb_array_elements_text(u.state -> 'declared_tags'))))
      where u.state is not null
        and exists (select 1 from tag_rule_versions v join imports i on i.id = :importId
                     where v.changed_at > i.finished_at)`,
    { importId },
  );
}

const ENTITY_BEFORE = `lateral jsonb_populate_record(cast(null as entities), u.state) b`;

/** Gives back what `gatherUndone` found. States of former times lack what was not known then. */
export async function undoEntities(trx: Knex, undoId: number): Promise<void> {
  await trx.raw(
    `insert into entity_changes (entity_id, import_id, presence_before, region_before, class_before, tags_before,
                                 presence, region, class, tags)
     select * from (
       select e.id, cast(:undoId as bigint), ${presenceOf('e')} as was, e.region_code as region_was,
              e.draw_class as class_was, e.tags as tags_was,
              case when u.state is null then 'ended' else ${presenceOf('b')} end as presence,
              coalesce(b.region_code, e.region_code) as region, coalesce(b.draw_class, e.draw_class) as class,
              coalesce(b.tags, e.tags) as tags
         from import_undone u join entities e on e.id = u.id, ${ENTITY_BEFORE}) c
      where (was, region_was, class_was, tags_was) is distinct from (presence, region, class, tags)`,
    { undoId },
  );
  await trx.raw(
    `update entities e
        set name = b.name, status = b.status, region_code = b.region_code, entity_type = b.entity_type,
            business_scope = b.business_scope, address = b.address, established_on = b.established_on, tags = b.tags,
            declared_tags = b.declared_tags, risk_class = b.risk_class, draw_class = b.draw_class, flags = b.flags, complaints = b.complaints,
            industry_code = coalesce(b.industry_code, ''), contact_name = coalesce(b.contact_name, ''),
            contact_phone = coalesce(b.contact_phone, ''), listed_by = coalesce(b.listed_by, '{}'),
            ended_at = b.ended_at, updated_at = now()
       from import_undone u, ${ENTITY_BEFORE}
      where e.id = u.id and u.state is not null`,
  );
  await endNew(trx, 'entities');
  await trx.raw(
    `insert into entity_versions (entity_id, import_id, state)
     select e.id, :undoId, ${ENTITY_STATE}
       from import_undone u join entities e on e.id = u.id`,
    { undoId },
  );
}

export async function undoInspectors(trx: Knex, undoId: number): Promise<void> {
  await trx.raw(
    `update inspectors i
        set name = b.name, department_code = b.department_code, certificate_number = b.certificate_number,
            certificate_valid_until = b.certificate_valid_until, regions = b.regions,
            qualifications = b.qualifications, capacity = b.capacity, status = b.status, email = b.email,
            phone = coalesce(b.phone, ''), ended_at = b.ended_at, updated_at = now()
       from import_undone u, lateral jsonb_populate_record(cast(null as inspectors), u.state) b
      where i.id = u.id and u.state is not null`,
  );
  await endNew(trx, 'inspectors');
  await trx.raw(
    `insert into inspector_versions (inspector_id, import_id, state)
     select i.id, :undoId,
            ${stateOf('i')} || case when i.ended_at is null then '{}' else jsonb_build_object('ended_at', i.ended_at) end
       from import_undone u join inspectors i on i.id = u.id`,
    { undoId },
  );
}

async function endNew(trx: Knex, table: Undoable): Promise<void> {
  await trx.raw(
    `update ${table} t set ended_at = now(), updated_at = now() from import_undone u
      where t.id = u.id and u.state is null`,
  );
}
