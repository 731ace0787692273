/** Joint punishment: which departments were told of an entry on a list, what each did, and that it undid it. */
import type { Knex } from 'knex';

export interface JointNoticeRow {
  id: number;
  department: string;
  department_name: string;
  measures: string;
  issued_at: Date;
  status: 'issued' | 'answered' | 'lifting' | 'lifted' | 'withdrawn';
  taken: boolean | null;
  measure: string;
  acted_on: string | null;
  note: string;
  answered_by: string | null;
  answered_at: Date | null;
  lifted_on: string | null;
  lift_note: string;
  lifted_by: string | null;
  lifted_at: Date | null;
}

export async function listJointNotices(db: Knex, caseId: number): Promise<JointNoticeRow[]> {
  return db('joint_notices as j')
    .join('departments as d', 'd.code', 'j.department_code')
    .leftJoin('users as a', 'a.id', 'j.answered_by')
    .leftJoin('users as l', 'l.id', 'j.lifted_by')
    .where('j.case_id', caseId)
    .orderBy('j.id')
    .select({
      id: 'j.id',
      department: 'j.department_code',
      department_name: 'd.short_name',
      measures: 'j.measures',
      issued_at: 'j.issued_at',
      status: 'j.status',
      taken: 'j.taken',
      measure: 'j.measure',
      acted_on: 'j.acted_on',
      note: 'j.note',
      answered_by: 'a.name',
      answered_at: 'j.answered_at',
      lifted_on: 'j.lifted_on',
      lift_note: 'j.lift_note',
      lifted_by: 'l.name',
      lifted_at: 'j.lifted_at',
    });
}

/** One for each department of a case. */
export async function issueJointNotice(
  trx: Knex,
  notice: { caseId: number; department: string; measures: string; at: Date },
): Promise<number> {
  const [row] = await trx('joint_notices')
    .insert({
      case_id: notice.caseId,
      department_code: notice.department,
      measures: notice.measures,
      issued_at: notice.at,
    })
    .returning<{ id: number }[]>('id');
  if (!row) throw new Error('insert returned nothing');
  return row.id;
}

/** False where it is not to be answered any more. */
export async function answerJointNotice(
  trx: Knex,
  id: number,
  answer: {
    taken: boolean;
    measure: string;
    actedOn: string | null;
    note: string;
    actorId: number;
    at: Date;
  },
): Promise<boolean> {
  const changed = await trx('joint_notices').where({ id, status: 'issued' }).update({
    status: 'answered',
    taken: answer.taken,
    measure: answer.measure,
    acted_on: answer.actedOn,
    note: answer.note,
    answered_by: answer.actorId,
    answered_at: answer.at,
  });
  return changed > 0;
}

/** The entry is over: measures that were taken are to be lifted, and who has not answered need not any more. */
export async function endJointNotices(
  trx: Knex,
  caseId: number,
): Promise<{ lifting: { id: number; department: string }[]; withdrawn: number[] }> {
  const withdrawn = await trx('joint_notices')
    .where({ case_id: caseId, status: 'issued' })
    .update({ status: 'withdrawn' })
    .returning<{ id: number }[]>('id');
  const lifting = await trx('joint_notices')
    .where({ case_id: caseId, status: 'answered', taken: true })
    .update({ status: 'lifting' })
    .returning<{ id: number; department: string }[]>(['id', 'department_code as department']);
  return { lifting, withdrawn: withdrawn.map((row) => row.id) };
}

/** False where there is nothing to lift. */
export async function liftMeasure(
  trx: Knex,
  id: number,
  lifted: { on: string; note: string; actorId: number; at: Date },
): Promise<boolean> {
  const changed = await trx('joint_notices').where({ id, status: 'lifting' }).update({
    status: 'lifted',
    lifted_on: lifted.on,
    lift_note: lifted.note,
    lifted_by: lifted.actorId,
    lifted_at: lifted.at,
  });
  return changed > 0;
}

/** Measures of departments that are in force, or still to be lifted. */
export async function countToLift(trx: Knex, caseId: number): Promise<number> {
  const [row] = await trx('joint_notices')
    .where({ case_id: caseId, taken: true })
    .whereIn('status', ['answered', 'lifting'])
    .count<{ notices: number }[]>({ notices: '*' });
  return row?.notices ?? 0;
}
