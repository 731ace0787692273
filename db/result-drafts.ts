/** Drafts of results: no decisions, and so not in the audit log; they say themselves who saved them last. */
import type { Knex } from 'knex';
import type { Method } from '../domain/visits/methods';

export interface ResultDraftContent {
  visitOn: string | null;
  resultCode: number | null;
  opinion: string;
  /** Missing in drafts from before it was kept. */
  method?: Method | null;
  answers: Record<string, unknown>;
}

export interface ResultDraftRow {
  item_code: string;
  revision: number;
  content: ResultDraftContent;
  saved_by: number;
  saved_by_name: string;
  saved_at: Date;
}

export const readDraftsOf = (db: Knex, visitId: number): Promise<ResultDraftRow[]> =>
  db('result_drafts as d')
    .join('users as u', 'u.id', 'd.saved_by')
    .where('d.visit_id', visitId)
    .orderBy('d.item_code')
    .select('d.*', { saved_by_name: 'u.name' });

export interface SavedDraft {
  visitId: number;
  item: string;
  /** That was seen before; 0: none. */
  revision: number;
  content: ResultDraftContent;
  actorId: number;
  at: Date;
}

/** Gives false where somebody else has saved another revision meanwhile. */
export async function saveDraft(trx: Knex, draft: SavedDraft): Promise<boolean> {
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    draft.revision === 0
      ? `insert into result_drafts (visit_id, item_code, revision, content, saved_by, saved_at)
         values (:visit, :item, 1, :content, :actor, :at) on conflict do nothing`
      : `update result_drafts set revision = revision + 1, content = :content, saved_by = :actor, saved_at = :at
          where visit_id = :visit and item_code = :item and revision = :revision`,
    {
      visit: draft.visitId,
      item: draft.item,
      revision: draft.revision,
      content: JSON.stringify(draft.content),
      actor: draft.actorId,
      at: draft.at,
    },
  );
  return rowCount > 0;
}

export async function dropDrafts(trx: Knex, visitId: number, items: readonly string[]): Promise<void> {
  await trx('result_drafts').where({ visit_id: visitId }).whereIn('item_code', items).delete();
}
