/** Who was trained in what, and until when it counts. */
import type { Knex } from 'knex';

export interface TrainingRow {
  id: number;
  inspector_id: number;
  inspector: string;
  department: string;
  topic: string;
  held_on: string;
  hours: number;
  valid_until: string;
  /** null: an import from the console. */
  entered_by: string | null;
  entered_at: Date;
  withdrawn_by: string | null;
  withdrawn_at: Date | null;
  withdrawal_reason: string | null;
}

/** The newest first; also those that were withdrawn. */
export async function listTrainings(
  db: Knex,
  filter: { inspectorId: number } | { id: number },
): Promise<TrainingRow[]> {
  return db('inspector_trainings as t')
    .join('inspectors as i', 'i.id', 't.inspector_id')
    .leftJoin('users as e', 'e.id', 't.entered_by')
    .leftJoin('users as w', 'w.id', 't.withdrawn_by')
    .where('id' in filter ? { 't.id': filter.id } : { 't.inspector_id': filter.inspectorId })
    .orderBy([
      { column: 't.held_on', order: 'desc' },
      { column: 't.id', order: 'desc' },
    ])
    .select({
      id: 't.id',
      inspector_id: 't.inspector_id',
      inspector: 'i.code',
      department: 'i.department_code',
      topic: 't.topic',
      held_on: 't.held_on',
      hours: db.raw('cast(t.hours as double precision)'),
      valid_until: 't.valid_until',
      entered_by: 'e.name',
      entered_at: 't.entered_at',
      withdrawn_by: 'w.name',
      withdrawn_at: 't.withdrawn_at',
      withdrawal_reason: 't.withdrawal_reason',
    });
}

/** Its id; null where the same training of that day is on record. */
export async function addTraining(
  trx: Knex,
  training: Pick<TrainingRow, 'inspector_id' | 'topic' | 'held_on' | 'hours' | 'valid_until'> & {
    actorId: number;
    at: Date;
  },
): Promise<number | null> {
  const { actorId, at, ...facts } = training;
  const inserted = await trx('inspector_trainings')
    .insert({ ...facts, entered_by: actorId, entered_at: at })
    .onConflict(trx.raw('(inspector_id, topic, held_on) where withdrawn_at is null'))
    .ignore()
    .returning<{ id: number }[]>('id');
  return inserted[0]?.id ?? null;
}

/** False where it was withdrawn before. */
export async function withdrawTraining(
  trx: Knex,
  id: number,
  withdrawal: { actorId: number; reason: string; at: Date },
): Promise<boolean> {
  const changed = await trx('inspector_trainings').where({ id }).whereNull('withdrawn_at').update({
    withdrawn_by: withdrawal.actorId,
    withdrawn_at: withdrawal.at,
    withdrawal_reason: withdrawal.reason,
  });
  return changed > 0;
}
