/** Who watched a ceremony. */
import type { Knex } from 'knex';
import type { Witness } from '../domain/witnesses';

export interface WitnessRow extends Witness {
  id: number;
  recordedAt: Date;
}

const COLUMNS = {
  id: 'id',
  capacity: 'capacity',
  name: 'name',
  organisation: 'organisation',
  note: 'note',
  namePublic: 'name_public',
  recordedAt: 'recorded_at',
} as const;

export async function readWitnesses(db: Knex, ceremonyId: number): Promise<WitnessRow[]> {
  return db('witnesses').where({ ceremony_id: ceremonyId }).orderBy('id').select(COLUMNS);
}

export async function insertWitness(
  trx: Knex,
  ceremonyId: number,
  witness: Witness,
  recorded: { actorId: number; at: Date },
): Promise<WitnessRow> {
  const { capacity, name, organisation, note, namePublic } = witness;
  const [row] = (await trx('witnesses')
    .insert({
      ceremony_id: ceremonyId,
      capacity,
      name,
      organisation,
      note,
      name_public: namePublic,
      recorded_by: recorded.actorId,
      recorded_at: recorded.at,
    })
    .returning('id')) as [{ id: number }];
  return { ...witness, id: row.id, recordedAt: recorded.at };
}

/** False where the ceremony has no such witness. */
export async function deleteWitness(trx: Knex, ceremonyId: number, id: number): Promise<boolean> {
  return (await trx('witnesses').where({ ceremony_id: ceremonyId, id }).delete()) > 0;
}
