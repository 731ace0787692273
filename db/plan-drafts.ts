/** Plans that are being written, each its writer's own: no decisions, and so not in the audit log. */
import type { Knex } from 'knex';

export interface PlanDraftRow {
  id: number;
  content: Record<string, unknown>;
  step: number;
  revision: number;
  saved_at: Date;
}

const COLUMNS = ['id', 'content', 'step', 'revision', 'saved_at'] as const;

/** What was worked on last comes first. */
export const listPlanDrafts = (db: Knex, userId: number): Promise<PlanDraftRow[]> =>
  db('plan_drafts')
    .where({ user_id: userId })
    .orderBy([
      { column: 'saved_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .select<PlanDraftRow[]>(COLUMNS);

export const readPlanDraft = (db: Knex, userId: number, id: number): Promise<PlanDraftRow | undefined> =>
  db('plan_drafts').where({ user_id: userId, id }).first<PlanDraftRow | undefined>(COLUMNS);

export interface SavedPlanDraft {
  content: object;
  step: number;
  at: Date;
}

export async function insertPlanDraft(
  trx: Knex,
  userId: number,
  { content, step, at }: SavedPlanDraft,
): Promise<PlanDraftRow> {
  const rows = await trx('plan_drafts')
    .insert({ user_id: userId, content: JSON.stringify(content), step, saved_at: at })
    .returning<PlanDraftRow[]>([...COLUMNS]);
  const [row] = rows;
  if (!row) throw new Error('the draft was not inserted');
  return row;
}

/** Undefined where another window has saved it meanwhile. */
export async function updatePlanDraft(
  trx: Knex,
  userId: number,
  draft: { id: number; revision: number },
  { content, step, at }: SavedPlanDraft,
): Promise<PlanDraftRow | undefined> {
  const rows = await trx('plan_drafts')
    .where({ user_id: userId, ...draft })
    .update({
      content: JSON.stringify(content),
      step,
      saved_at: at,
      revision: draft.revision + 1,
    })
    .returning<PlanDraftRow[]>([...COLUMNS]);
  return rows[0];
}

export const deletePlanDraft = (trx: Knex, userId: number, id: number): Promise<number> =>
  trx('plan_drafts').where({ user_id: userId, id }).delete();
