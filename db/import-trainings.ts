/** Brings trainings of a file onto the inspectors' records, and takes them back. */
import type { Knex } from 'knex';
import type { TrainingFacts } from '../domain/registry/training-row';
import type { MergeCounts, StagedRow } from './registry-merge';

export async function createTrainingStaging(trx: Knex): Promise<void> {
  await trx.raw(`
    create temp table import_rows (
      row_number bigint not null, key text collate "C" not null, inspector_id bigint, department text, problem text,
      topic text not null, held_on date not null, hours numeric(4, 1) not null, valid_until date not null
    ) on commit drop
  `);
}

/** With the inspector that the row means, and what speaks against it; `key` is then the same for whoever is named in two ways. */
export async function stageTrainings(trx: Knex, rows: readonly StagedRow<TrainingFacts>[]): Promise<void> {
  await trx.raw(
    `insert into import_rows
     select r.row_number, coalesce(jsonb_build_array(i.code, r.topic, r.held_on)::text, r.key), i.id, i.department_code,
            case when f.found = 0 then 'unknown-inspector'
                 when f.found > 1 then 'ambiguous-certificate'
                 when r.certificate <> i.certificate_number then 'other-certificate'
                 when r.name <> i.name then 'other-name' end,
            r.topic, r.held_on, r.hours, r.valid_until
       from jsonb_to_recordset(cast(:rows as jsonb))
         as r(row_number bigint, key text, code text, certificate text, name text, topic text, held_on date,
              hours numeric, valid_until date)
       cross join lateral (
         select count(*) as found, min(i.id) as id from inspectors i
          where i.ended_at is null
            and case when r.code is not null then i.code = r.code else i.certificate_number = r.certificate end) f
       left join inspectors i on i.id = f.id`,
    {
      rows: JSON.stringify(
        rows.map(({ rowNumber, key, row }) => ({
          ...{
            row_number: rowNumber,
            key,
            code: row.code,
            certificate: row.certificateNumber,
            name: row.name,
          },
          ...{ topic: row.topic, held_on: row.heldOn, hours: row.hours, valid_until: row.validUntil },
        })),
      ),
    },
  );
}

export type TrainingProblem =
  'unknown-inspector' | 'ambiguous-certificate' | 'foreign-department' | 'other-certificate' | 'other-name';

/** Takes out the rows that mean nobody, or somebody of another department. */
export async function takeBlockedTrainings(
  trx: Knex,
  departments: readonly string[] | null,
): Promise<{ rowNumber: number; problem: TrainingProblem }[]> {
  const { rows } = await trx.raw<{ rows: { rowNumber: number; problem: TrainingProblem }[] }>(
    `with judged as (
       select row_number,
              case when department <> all (cast(:departments as text[])) then 'foreign-department'
                   else problem end as problem
         from import_rows
     )
     delete from import_rows r using judged j
      where j.row_number = r.row_number and j.problem is not null
     returning r.row_number as "rowNumber", j.problem`,
    { departments: departments === null ? null : [...departments] },
  );
  return rows;
}

const ON_RECORD = `inspector_trainings t
  on t.inspector_id = r.inspector_id and t.topic = r.topic and t.held_on = r.held_on and t.withdrawn_at is null`;

export async function planTrainings(trx: Knex): Promise<MergeCounts> {
  await trx.raw('analyze import_rows');
  await trx.raw(`
    create temp table import_merged on commit drop as
    select r.inspector_id, r.topic, r.held_on, r.hours, r.valid_until, t.id as training_id,
           case when t.id is null then 'added'
                when (t.hours, t.valid_until) is distinct from (r.hours, r.valid_until) then 'changed'
                else 'unchanged' end as action
      from import_rows r left join ${ON_RECORD}`);
  const { rows } = await trx.raw<{ rows: [MergeCounts] }>(
    `select count(*) filter (where action = 'added') as added, count(*) filter (where action = 'changed') as changed,
            count(*) filter (where action = 'unchanged') as unchanged, 0 as ended
       from import_merged`,
  );
  return rows[0];
}

/** What is on record otherwise is withdrawn, and stays on record. */
export async function applyTrainings(trx: Knex, importId: number, startedBy: number | null): Promise<void> {
  await trx.raw(
    `update inspector_trainings t
        set withdrawn_at = now(), withdrawn_by = :startedBy, withdrawal_import_id = :importId,
            withdrawal_reason = '由第 ' || cast(:importId as text) || ' 次导入更正'
       from import_merged m where m.training_id = t.id and m.action = 'changed'`,
    { importId, startedBy },
  );
  await trx.raw(
    `insert into inspector_trainings (inspector_id, topic, held_on, hours, valid_until, entered_by, import_id)
     select inspector_id, topic, held_on, hours, valid_until, :startedBy, :importId
       from import_merged where action <> 'unchanged'
      order by inspector_id, held_on, topic`,
    { importId, startedBy },
  );
}

/** Trainings that the import brought and that somebody withdrew since. */
export async function countTrainingsChangedSince(trx: Knex, importId: number): Promise<number> {
  const { rows } = await trx.raw<{ rows: [{ count: number }] }>(
    `select count(*) from inspector_trainings where import_id = :importId and withdrawn_at is not null`,
    { importId },
  );
  return rows[0].count;
}

/** Withdraws what the import brought, and enters again what it withdrew. */
export async function undoTrainings(
  trx: Knex,
  undone: number,
  { undoId, startedBy, reason }: { undoId: number; startedBy: number | null; reason: string },
): Promise<MergeCounts> {
  const { rowCount: brought } = await trx.raw<{ rowCount: number }>(
    `update inspector_trainings
        set withdrawn_at = now(), withdrawn_by = :startedBy, withdrawal_import_id = :undoId, withdrawal_reason = :reason
      where import_id = :undone`,
    { undone, undoId, startedBy, reason },
  );
  const { rowCount: corrected } = await trx.raw<{ rowCount: number }>(
    `insert into inspector_trainings (inspector_id, topic, held_on, hours, valid_until, entered_by, import_id)
     select inspector_id, topic, held_on, hours, valid_until, entered_by, :undoId
       from inspector_trainings where withdrawal_import_id = :undone order by id`,
    { undone, undoId },
  );
  return { added: 0, changed: corrected, ended: brought - corrected, unchanged: 0 };
}
