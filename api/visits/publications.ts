/** What the public reads of a visit, and how it comes to read something else. */
import type { Knex } from 'knex';
import type { CorrectionRow } from '../../db/corrections';
import { publishVersion, readPublications, type PublicationRow } from '../../db/publication';
import { conflict } from '../../domain/errors';
import { maskProblem } from '../../domain/visits/mask';
import {
  nextVersion,
  publicNameProblem,
  type NextVersion,
  type PublicContent,
} from '../../domain/visits/publications';

export const publicationOf = (row: PublicationRow) => ({
  item: row.item_code,
  version: row.version,
  status: row.status,
  entityName: row.entity_name,
  resultCode: row.result_code,
  visitOn: row.visit_on,
  publishedAt: row.published_at.toISOString(),
  changedAt: row.changed_at?.toISOString() ?? null,
  reason: row.reason,
});

/** What an approval would have the public read; null: nothing else than now. */
export function versionOf(
  { kind, entity_name: name }: Pick<CorrectionRow, 'kind' | 'entity_name'>,
  row: PublicationRow,
): NextVersion | null {
  const content: PublicContent = {
    entityName: row.entity_name,
    resultCode: row.result_code,
    method: row.method,
    visitOn: row.visit_on,
  };
  const wanted = {
    ...{ entityName: name ?? row.entity_name, resultCode: row.recorded_code },
    ...{ method: row.recorded_method, visitOn: row.recorded_day },
  };
  return nextVersion(kind, { status: row.status, content }, wanted);
}

/** Has the public read what was approved, once the record says so: unmasked personal data stop it, in the reason too. */
export async function publishCorrected(trx: Knex, correction: CorrectionRow, at: Date): Promise<void> {
  const { visit_id: visitId, item_code: item, reason } = correction;
  const row = (await readPublications(trx, visitId)).find((one) => one.item_code === item);
  const next = row && versionOf(correction, row);
  if (!row || !next) return;
  const isShown = next.status === 'corrected';
  const problem =
    maskProblem(reason) ?? (isShown ? publicNameProblem(next.content.entityName, row.entity_type) : null);
  if (problem !== null) throw conflict('personal-data', problem);
  await publishVersion(trx, { visitId, item }, { ...next, reason, at });
}
