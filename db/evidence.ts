/** What is known of photos and files of visits; the files themselves lie in the store of evidence. */
import type { Knex } from 'knex';
import type { Stage } from '../domain/campaigns';
import type { EvidenceType } from '../domain/evidence/types';
import type { VisitScope } from '../domain/permissions/rules';

export interface EvidenceRow {
  id: number;
  visit_id: number;
  item_code: string;
  question_key: string | null;
  object_key: string;
  sha256: string;
  size: number;
  type: EvidenceType;
  file_name: string;
  uploaded_by: number;
  uploaded_by_name: string;
  uploaded_at: Date;
}

const standing = (db: Knex) =>
  db('evidence as e')
    .join('users as u', 'u.id', 'e.uploaded_by')
    .whereNull('e.removed_at')
    .orderBy('e.id')
    .select('e.*', { uploaded_by_name: 'u.name' });

/** What was not taken back. */
export const readEvidenceOf = (db: Knex, visitId: number): Promise<EvidenceRow[]> =>
  standing(db).where('e.visit_id', visitId);

export const readEvidence = (db: Knex, visitId: number, id: number): Promise<EvidenceRow | undefined> =>
  standing(db).where({ 'e.visit_id': visitId, 'e.id': id }).first();

export interface NewEvidence {
  visitId: number;
  item: string;
  question: string | null;
  objectKey: string;
  sha256: string;
  size: number;
  type: EvidenceType;
  fileName: string;
  actorId: number;
  at: Date;
}

export async function insertEvidence(trx: Knex, added: NewEvidence): Promise<number> {
  const [row] = await trx('evidence')
    .insert({
      visit_id: added.visitId,
      item_code: added.item,
      question_key: added.question,
      object_key: added.objectKey,
      sha256: added.sha256,
      size: added.size,
      type: added.type,
      file_name: added.fileName,
      uploaded_by: added.actorId,
      uploaded_at: added.at,
    })
    .returning<{ id: number }[]>('id');
  if (!row) throw new Error('the evidence was not recorded');
  return row.id;
}

/** Takes a piece of evidence back; gives whether its file is needed no more. */
export async function removeEvidence(
  trx: Knex,
  { id, object_key }: Pick<EvidenceRow, 'id' | 'object_key'>,
  actorId: number,
  at: Date,
): Promise<boolean> {
  await trx('evidence').where({ id }).update({ removed_by: actorId, removed_at: at });
  return (await unneeded(trx, [object_key])).length > 0;
}

/** Which of these files no evidence stands on. */
export async function unneeded(db: Knex, objectKeys: readonly string[]): Promise<string[]> {
  const { rows } = await db.raw<{ rows: { key: string }[] }>(
    `select k.key from unnest(cast(? as text[])) as k(key)
      where not exists (select 1 from evidence e where e.object_key = k.key and e.removed_at is null)`,
    [[...objectKeys]],
  );
  return rows.map((row) => row.key);
}

/** Who is concerned with a visit beside its departments: for permissions. */
export async function readVisitScope(
  db: Knex,
  visitId: number,
): Promise<(Omit<VisitScope, 'department' | 'isOfTeam'> & { stage: Stage }) | null> {
  const { rows } = await db.raw<{
    rows: (Omit<VisitScope, 'department' | 'isOfTeam'> & { stage: Stage })[];
  }>(
    `select c.stage, c.lead_department as "leadDepartment", e.region_code as region,
            array(select code from departments where kind = 'leading-group' or code = c.lead_department
                   order by code) as "approvingDepartments"
       from visits v join campaigns c on c.id = v.campaign_id join entities e on e.id = v.entity_id
      where v.id = ?`,
    [visitId],
  );
  return rows[0] ?? null;
}
